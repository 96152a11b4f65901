"""`sfa +` alone: a line is typed, and below it stands what is understood so far.

Plain escape sequences on the screen as it is, nothing full-screen: enter saves, esc leaves, tab completes a name.
"""

import os
import sys

from sfa.errors import SfaError
from sfa.quick.keys import Keys
from sfa.quick.printing import columns, cut, width
from sfa.services import quick_entry
from sfa.services.matching import AmbiguousNameError, IndexMatcher, is_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.store import Store

MARK = "+ "
HINT = "enter saves · tab completes a name · esc leaves"
ROWS_BELOW = 8
LEAST = 2
_KILLS = {"ctrl+u": "all", "ctrl+w": "word", "ctrl+k": "rest"}


class Editor:
    """A line that is being typed: its text, and where the next character goes."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.at = len(text)

    def press(self, key: str) -> None:
        """Take a key; one that means nothing here changes nothing."""
        if len(key) == 1:
            self._put(self.at, self.at, key)
        elif key == "backspace" and self.at:
            self._put(self.at - 1, self.at, "")
        elif key == "delete":
            self._put(self.at, self.at + 1, "")
        elif key in ("left", "right"):
            self.at = max(0, min(len(self.text), self.at + (1 if key == "right" else -1)))
        elif key in ("home", "end"):
            self.at = 0 if key == "home" else len(self.text)
        elif key in _KILLS:
            self._kill(_KILLS[key])

    def complete(self, beginning: str, name: str) -> None:
        """Put a whole name in the place of its beginning before the cursor."""
        self._put(self.at - len(beginning), self.at, name)

    def _kill(self, what: str) -> None:
        if what == "rest":
            self._put(self.at, len(self.text), "")
        elif what == "all":
            self._put(0, self.at, "")
        else:
            self._put(self.text[: self.at].rstrip().rfind(" ") + 1, self.at, "")

    def _put(self, start: int, end: int, words: str) -> None:
        self.text = self.text[:start] + words + self.text[end:]
        self.at = start + len(words)


def ask_line(store: "Store", language: str, *, is_creating: bool) -> str | None:
    """Return the line that was typed and saved with enter, or None where the user left."""
    editor = Editor()
    asked = Preview(store, language, is_creating=is_creating)
    if sys.platform == "win32":
        os.system("")  # noqa: S605, S607 - makes the console take escape sequences
    with Keys() as keys:
        while True:
            if not keys.is_waiting:
                _draw(editor, asked.lines(editor.text))
            key = keys.next()
            if key in ("escape", "ctrl+c") or (key == "ctrl+d" and not editor.text):
                _close(editor)
                return None
            if key == "enter" and editor.text.strip():
                _close(editor)
                return editor.text
            if key == "tab":
                complete(store, editor)
            editor.press(key)


class Preview:
    """What a line means so far, in words."""

    def __init__(self, store: "Store", language: str, *, is_creating: bool) -> None:
        self._store = store
        self._language = language
        self._is_creating = is_creating

    def lines(self, text: str) -> list[str]:
        """Return lines for people; a sentence where nothing is understood yet."""
        if not text.strip():
            return [HINT]
        matcher = IndexMatcher(self._store)
        try:
            line = quick_entry.read(self._store, text, matcher, language=self._language)
            return list(quick_entry.plan(self._store, line, matcher, is_creating=self._is_creating).lines())
        except AmbiguousNameError as error:
            return [f"{error.message} Enter asks which one:", *(f"  {line}" for _, line in error.choices)]
        except SfaError as error:
            return [error.message, *([error.hint] if error.hint else [])]


def complete(store: "Store", editor: Editor) -> None:
    """Complete the name before the cursor, as far as the names that begin so agree."""
    from db.queries import whom  # noqa: PLC0415 - on tab

    before = editor.text[: editor.at]
    for start in _starts(before):
        beginning = before[start:]
        rows = [row for noun in ("account", "contact") for row in whom.beginning(store, noun, beginning)]
        if rows:
            agreed = _agreed([row[2] for row in rows])
            if len(agreed) > len(beginning) or agreed != beginning:
                editor.complete(beginning, agreed if len(agreed) >= len(beginning) else beginning)
            return


def _agreed(names: list[str]) -> str:
    """Return the beginning that all names have."""
    first, last = min(names), max(names)
    return first[: next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))]


def _starts(before: str) -> list[int]:
    """Return where a name that ends at the end may begin: words, or Chinese characters; the longest first."""
    words = [at for at in range(len(before)) if at == 0 or before[at - 1] in " @,;" or is_han(before[at])]
    return [at for at in words if len(before) - at >= (1 if is_han(before[at:]) else LEAST)][-6:]


def _visible(editor: Editor, room: int) -> tuple[str, int]:
    """Return the part of the line that fits, with the cursor in it, and the cells before the cursor."""
    start = 0
    while width(editor.text[start : editor.at]) > room - 1:
        start += 1
    return cut(editor.text[start:], room), width(editor.text[start : editor.at])


def _draw(editor: Editor, below: list[str]) -> None:
    """Draw the line and what is below it, and leave the cursor in the line."""
    room = columns()
    shown, cursor = _visible(editor, room - len(MARK) - 1)
    rows = [cut(quick_entry.inert(line), room - 1) for line in below[:ROWS_BELOW]]
    painted = f"\r\x1b[J{MARK}{shown}" + "".join(f"\r\n\x1b[2m{row}\x1b[22m" for row in rows)
    sys.stdout.write(f"{painted}\x1b[{len(rows)}A\r\x1b[{len(MARK) + cursor}C")
    sys.stdout.flush()


def _close(editor: Editor) -> None:
    """Leave the line as it was typed, and nothing below it."""
    sys.stdout.write(f"\r\x1b[J{MARK}{editor.text}\r\n")
    sys.stdout.flush()
