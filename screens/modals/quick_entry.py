"""The + bar: one line, coloured as one types, and under it what would be saved."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rich.console import RenderableType
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.modals.confirm import ConfirmModal
from screens.modals.entry_words import about_words, example_words, names_words, seen_words, waiting_words
from screens.modals.pick import PickModal
from screens.widgets.entry_line import EntryLine
from sfa.domain.phrase.lines import LONGEST
from sfa.errors import SfaError
from sfa.services import quick_entry
from sfa.services.desk import Desk, Saved
from sfa.services.entry_about import about
from sfa.services.entry_names import Names, names_before
from sfa.services.entry_plan import UnknownCompanyError
from sfa.services.entry_preview import Preview, preview, problem_of, settle
from sfa.services.matching import AmbiguousNameError

if TYPE_CHECKING:
    from textual.timer import Timer

    from sfa.services.entry_about import About

PAUSE_S = 0.7
"""Nothing is called wrong before one has stopped typing for so long."""

MOST_PASTED = 200
HINT = "what you did, what follows"
KEYS = "enter saves · tab completes · ↑ lines before · esc keeps the draft"
KEYS_OF_NAMES = "tab next · shift+tab before · type on to take it · esc takes it back"


class Completion(NamedTuple):
    """Names that are offered, which one stands in the line, and what stood there before."""

    names: Names
    chosen: int
    text: str
    at: int


class Entered(NamedTuple):
    """What was saved, line by line, and the records written by the last one: noun, id, reference."""

    saved: tuple[Saved, ...]
    written: tuple[quick_entry.Written, ...]


class QuickEntryModal(DeskModal[Entered]):
    """Enter saves; escape keeps the draft for the next time.

    Args:
        record: noun and id of what was looked at: a line that names nobody is about it.
    """

    def __init__(self, record: tuple[str, str] | None = None) -> None:
        super().__init__()
        self._record = record
        self._about: About | None = None
        self._choices: dict[tuple[str, str], str] = {}
        self._is_creating = False
        self._is_busy = False
        self._is_closed = False
        self._agreed = ""
        self._waiting: list[str] = []
        self._saved: list[Saved] = []
        self._written: list[quick_entry.Written] = []
        self._asked = 0
        self._seen = Preview("")
        self._shown: dict[str, object] = {}
        self._completion: Completion | None = None
        self._pause: Timer | None = None
        self._is_paused = False
        self._recalled = 0
        self._newest = ""

    @property
    def is_filled(self) -> bool:
        """Tell whether the next key may come; while a line is saved it waits."""
        return not self._is_busy

    @property
    def line(self) -> EntryLine:
        """The line."""
        return self.query_one(EntryLine)

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        first, *self._waiting = self.desk_app.draft.split("\n")
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Quick entry"
            dialog.border_subtitle = KEYS
            yield EntryLine(first, placeholder=HINT)
            yield Static("", id="about")
            with VerticalScroll(id="below", can_focus=False):
                yield Static("", id="names")
                yield Static("", id="understood")
                yield Static("", id="problem", classes="problem")
                yield Static("", id="examples")
            yield Static("", id="waiting", classes="hint")

    async def on_mount(self) -> None:
        """Find what the line is about, and show what is there."""
        record = self._record
        if record is not None:
            self._about = await self.ask(lambda desk: about(desk.store, *record))
        self._read_anew()

    def on_resize(self) -> None:
        """Lay the words out for the room there is."""
        self._show_words()

    @property
    def _room(self) -> int:
        """Cells in a row of words."""
        return self.query_one("#below").content_size.width or self.size.width // 2

    def _show_words(self) -> None:
        """Show all that stands below the line, as it is now; what is so already is not laid out again."""
        is_empty, found, room = not self.line.value.strip(), self._completion, self._room
        names = found and (found.names.found, found.chosen)
        seen = None if is_empty or found else self._seen
        self._fill("#examples", is_empty and not found and room, lambda: example_words(room))
        has_own = not is_empty and bool(self._seen.records) and not self._seen.is_about
        self._fill("#about", (self._about, has_own), lambda: about_words(self._about, has_own=has_own))
        self._fill(
            "#waiting", (len(self._waiting), len(self._saved)), lambda: waiting_words(self._waiting, self._saved)
        )
        self._fill("#names", names, lambda: names_words(*names) if names else None)
        self._fill("#understood", (seen, room), lambda: seen_words(seen, self.line.style_of, room) if seen else None)

    def _fill(self, place: str, key: object, words: Callable[[], RenderableType | None]) -> None:
        """Show words, unless those of the same key are shown."""
        if place in self._shown and self._shown[place] == key:
            return
        self._shown[place] = key
        made = words() if key else None
        widget = self.query_one(place, Static)
        widget.update(made or "")
        widget.display = made is not None
        if place == "#names":
            self.query_one(".dialog").border_subtitle = KEYS_OF_NAMES if made else KEYS

    @on(Input.Changed)
    def note_line(self, event: Input.Changed) -> None:
        """Read the line as it is now."""
        if self._is_closed:
            return  # said of a line that is saved already
        if self._completion and event.value != self._completed(self._completion):
            self._completion = None
        self._choices = {key: ref for key, ref in self._choices.items() if key[1] in event.value}
        self._is_creating = False
        self._keep_draft()
        self._read_anew()

    def _keep_draft(self) -> None:
        self.desk_app.draft = "\n".join((self.line.value, *self._waiting))

    def _read_anew(self) -> None:
        self._asked += 1
        self._stop_pause()
        self._tell_problem("")
        if self.line.value.strip():
            self._pause = self.set_timer(PAUSE_S, self._notice_pause)
            self._look(self.line.value, self._asked)
        else:
            self._seen = Preview("")
        self._show_words()

    def _stop_pause(self) -> None:
        self._is_paused = False
        if self._pause is not None:
            self._pause.stop()

    @work(exit_on_error=False, group="entry")
    async def _look(self, text: str, asked: int) -> None:
        """Show what the line means; one that another key has overtaken is not read, and a late answer not shown."""
        topic, choices = self._about, dict(self._choices)

        def read(desk: Desk) -> Preview | None:
            return preview(desk.store, text, topic, choices) if asked == self._asked else None

        seen = await self.desk_app.clerk.ask(read)
        if seen is None or asked != self._asked or not self.is_attached:
            return
        self._seen = seen if seen.pieces or not seen.problem else self._dimmed(seen)
        if seen.pieces or not seen.problem:
            self.line.show_pieces(seen.pieces)
        self._show_words()
        if self._is_paused:
            self._tell_problem(seen.problem)

    def _dimmed(self, seen: Preview) -> Preview:
        """Return a preview of a line that cannot be read so far: what is still understood of it, and why not more."""
        seen.pieces = self.line.pieces
        return seen

    def _notice_pause(self) -> None:
        self._is_paused = True
        if self._seen.text == self.line.value:
            self._tell_problem(self._seen.problem)

    def _tell_problem(self, words: str, *, is_firm: bool = False) -> None:
        """Say what is wrong: quietly while one types, firmly where enter was pressed."""
        self.show_problem(words)
        self.query_one("#problem").set_class(not is_firm, "-quiet")

    def show_problem(self, words: str) -> None:
        """Show a sentence and its remedy; one that is shown already is not laid out again."""
        if self._shown.get("#problem") != words:
            self._shown["#problem"] = words
            super().show_problem(words)

    def action_leave(self) -> None:
        """Take a completion back; else close, and keep the draft."""
        found = self._completion
        if found is not None:
            self._completion = None
            self.line.put(found.text, found.at)
            self._show_words()
            return
        self._close()

    def _close(self) -> None:
        self._is_closed = True
        self.dismiss(Entered(tuple(self._saved), tuple(self._written)) if self._saved else None)

    def action_drop_about(self) -> None:
        """Let the line be about nobody in particular."""
        self._about = None
        self._read_anew()

    async def action_complete(self, step: int) -> None:
        """Complete the name before the cursor, or take the next one offered."""
        found = self._completion
        if found is None:
            text, at = self.line.value, self.line.cursor_position
            self._is_busy = True
            try:
                names = await self.ask(lambda desk: names_before(desk.store, text[:at]))
            finally:
                self._is_busy = False
            if names is None:
                if text[:at].strip():
                    self._tell_problem("No name in the book goes on like this.")
                return
            found = Completion(names, 0 if step > 0 else len(names.found) - 1, text, at)
        else:
            found = found._replace(chosen=(found.chosen + step) % len(found.names.found))
        self._take(found)

    def _take(self, found: Completion) -> None:
        """Put a name into the line; which of its namesakes it is stays known."""
        name = found.names.found[found.chosen]
        self._completion = found if len(found.names.found) > 1 else None
        self.line.put(self._completed(found), found.names.start + len(name.name))
        self._choices[name.noun, name.name] = name.ref
        self._read_anew()

    @staticmethod
    def _completed(found: Completion) -> str:
        return found.text[: found.names.start] + found.names.found[found.chosen].name + found.text[found.at :]

    async def action_recall(self, step: int) -> None:
        """Show a line that was entered before, or move among the names offered."""
        if self._completion is not None:
            await self.action_complete(-step)
            return
        entered = self.desk_app.entered
        wanted = max(0, min(self._recalled + step, len(entered)))
        if wanted == self._recalled:
            return
        if self._recalled == 0:
            self._newest = self.line.value
        self._recalled = wanted
        self.line.put(entered[-wanted] if wanted else self._newest)

    @on(EntryLine.Pasted)
    def take_pasted(self, event: EntryLine.Pasted) -> None:
        """Put one line where the cursor stands; of several, the others wait for their turn."""
        lines = [quick_entry.inert(line) for line in event.text.splitlines() if line.strip()]
        if not lines:
            return
        if len(lines) > MOST_PASTED:
            self._tell_problem(
                f"{len(lines):,} lines were pasted, and {MOST_PASTED} are the most: keep them in a file, and enter them"
                " with sfa + --file FILE.",
                is_firm=True,
            )
            return
        longest = max(len(line) for line in lines)
        if longest + len(self.line.value) > LONGEST:
            self._tell_problem(
                f"The pasted line has {longest:,} characters, and {LONGEST:,} are the most of a whole line:"
                " keep what was said for a note.",
                is_firm=True,
            )
            return
        self._waiting[:0] = [line.strip() for line in lines[1:]]
        self.line.replace(lines[0], *sorted(self.line.selection))
        self._keep_draft()
        self._show_words()

    @on(Input.Submitted)
    async def save(self) -> None:
        """Save the line, and those that wait behind it; where one cannot be saved it stays with the reason."""
        self._stop_pause()
        if not self.line.value.strip() and self._waiting:
            self.line.put(self._waiting.pop(0))
        while self.line.value.strip():
            self._is_busy = True
            try:
                is_saved = await self._save_one(self.line.value)
            finally:
                self._is_busy = False
            if not is_saved:
                return
            if not self._waiting:
                self.desk_app.draft = ""
                self._close()
                return
            self._choices, self._is_creating = {}, False
            self.line.put(self._waiting.pop(0))

    async def _save_one(self, text: str) -> bool:
        """Save a line; tell, or ask, why it could not be saved."""
        try:
            done = await self.desk_app.clerk.ask(partial(self._write, text=text))
        except AmbiguousNameError as error:
            pick = PickModal(error.message, error.choices)
            self.app.push_screen(pick, partial(self._picked, (error.noun, error.name)))
        except UnknownCompanyError as error:
            if error.is_new:
                question = ConfirmModal(f"Make the account {error.name}?", [problem_of(error).partition(" Write @")[0]])
                self.app.push_screen(question, self._confirmed)
            else:
                self._tell_problem(problem_of(error), is_firm=True)
        except SfaError as error:
            self._tell_problem(problem_of(error), is_firm=True)
        except Exception as error:  # noqa: BLE001 - what was typed must not be lost; it is told and logged
            self.desk_app.report_defect(error)
        else:
            if not isinstance(done, Preview):
                self._saved.append(done[0])
                self._written = done[1]
                self.desk_app.entered.append(text)
                return True
            self._show_guess(done)
        return False

    def _write(self, desk: Desk, text: str) -> tuple[Saved, list[quick_entry.Written]] | Preview:
        """Save a line; where a name is only like one of the book, return what it is taken as, to be agreed to."""
        plan, is_guess = settle(desk.store, text, self._about, self._choices, is_creating=self._is_creating)
        if is_guess and text != self._agreed:
            seen = Preview(text)
            seen.take(plan)
            return seen
        return quick_entry.write(desk, plan)

    def _show_guess(self, seen: Preview) -> None:
        self._agreed = seen.text
        seen.pieces = self.line.pieces
        self._seen = seen
        self._asked += 1
        self._show_words()
        self._tell_problem("A name is only like one in the book: enter once more saves it so.", is_firm=True)

    async def _picked(self, name: tuple[str, str], ref: str | None) -> None:
        if ref is not None:
            self._choices[name] = ref
            await self.save()

    async def _confirmed(self, is_agreed: bool | None) -> None:  # noqa: FBT001 - the answer of a dialog
        if is_agreed:
            self._is_creating = True
            await self.save()
