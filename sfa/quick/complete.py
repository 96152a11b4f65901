"""Completion at the speed of a key: a static table for verbs and options, the bare driver for names of the book.

A shell sends the words typed so far, the unfinished one last: `sfa --complete bash WORDS...`. Bash sends them as they
stand on the line and gets words that can stand there; the other shells unquote and quote by themselves.
"""

import sys

from sfa.quick import LINES, NOUNS
from sfa.quick.completion_table import ALIASES, CHOICES, OPTIONS, REFERENCES, VERBS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.driver import Connection

LIMIT = 30
SHELLS = ("bash", "zsh", "fish", "powershell")
CALLED = {
    "user": ("app_user", "name"),
    "quote": ("quote", "number"),
    "order": ("sales_order", "number"),
    "invoice": ("invoice", "number"),
    "task": ("task", "subject"),
    "event": ("event", "subject"),
}
NAMED = (
    "account",
    "contact",
    "lead",
    "opportunity",
    "product",
    "quote",
    "order",
    "invoice",
    "user",
    "task",
    "event",
    "stage",
    "team",
    "territory",
)
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,@%^")
GLOBAL_OPTIONS = ("--help", "--version", "--install-completion", "--show-completion")
LANGUAGES = ("auto", "en", "zh")
NO_NAMES_AFTER = ("add", "list")


def complete(words: list[str]) -> int:
    """Print what may stand in the place of the last word, one per line."""
    shell, *typed = words if words and words[0] in SHELLS else ["", *words]
    if shell == "powershell" and typed:
        typed[-1] = typed[-1][1:]  # it drops empty words, so that the last one comes with a sign in front
    quote = _open_quote(typed[-1]) if typed and shell == "bash" else ""
    if shell == "bash":
        typed = [_unquoted(word) for word in typed]
    for text in _choices(*_split(typed)):
        line = _quoted(text, quote) if shell == "bash" else text
        if line is not None:
            _print(line)
    return 0


def _print(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
    except UnicodeEncodeError:
        return  # a name that this terminal cannot show


def _split(typed: list[str]) -> tuple[list[str], str]:
    """Return the words before, and the unfinished one; `--account=Ac` is two words, however the shell cuts it."""
    words: list[str] = []
    for word in typed or [""]:
        flag, sign, value = word.partition("=")
        if sign and flag.startswith("--"):
            words += [flag, value]
        elif word != "=":
            words.append(word)
    if typed and typed[-1] == "=":
        words.append("")
    return words[:-1], words[-1]


def _choices(before: list[str], last: str) -> list[str]:
    command = _command([ALIASES.get(before[0], before[0]), *before[1:]] if before else [])
    noun = command.split(" ")[0]
    if before and before[-1].startswith("--") and not last.startswith("-"):
        option = before[-1]
        for key in (f"{command} {option}", f"{noun} {option}"):
            if key in CHOICES:
                return _fitting(CHOICES[key].split("|"), last)
        if option in REFERENCES:
            return _names(REFERENCES[option], last)
        if option == "--for" and command in LINES:
            return _whoever(last)
        if option == "--lang":
            return _fitting(LANGUAGES, last)
    if last.startswith("-"):
        return _fitting(OPTIONS[command].split() if command in OPTIONS else GLOBAL_OPTIONS, last)
    if command in VERBS:
        found = _fitting(VERBS[command].split(), last)
        more = _whoever(last) if command == "note" and last else []
        return found + (_names("product", last) if command == "price" and last else more)
    return _of_words(command, noun, before, last)


def _whoever(last: str) -> list[str]:
    """Return people and companies, in the order of the alphabet."""
    return sorted({*_names(("account", "contact"), last)}, key=str.lower)[:LIMIT]


def _of_words(command: str, noun: str, before: list[str], last: str) -> list[str]:
    if command in LINES and command not in NOUNS:
        return _whoever(last)
    if command == "activity add":
        return _fitting(CHOICES["activity --kind"].split("|"), last) if len(before) == 2 else _names("account", last)  # noqa: PLR2004 - noun and verb
    if command == "history":
        noun = ALIASES.get(before[1], before[1]) if len(before) > 1 else ""
    elif command == "export":
        return _fitting(NAMED, last)
    elif command == "brief":
        noun = "account"
    elif noun == "price":
        noun = "product"
    if command.endswith(NO_NAMES_AFTER) or noun not in NAMED:
        return []
    is_stage_next = command == "opportunity move" and len(before) > 2  # noqa: PLR2004 - as above
    return _names(("stage", noun) if is_stage_next else noun, last)


def _command(before: list[str]) -> str:
    """Return the command that the words name: the longest one known."""
    words = [word for word in before if not word.startswith("-")]
    for length in (3, 2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and (name in OPTIONS or name in VERBS):
            return name
    return "" if not before else " ".join(words[:2])


def _fitting(choices: "list[str] | tuple[str, ...]", beginning: str) -> list[str]:
    return [choice for choice in choices if choice.startswith(beginning)]


def _names(nouns: "str | tuple[str, ...]", beginning: str) -> list[str]:
    """Return names of the book that begin so; nothing where there is no book, or it cannot be read.

    All are read through one connection: opening another one means to read the whole schema again.
    """
    from os import path  # noqa: PLC0415 - only where names are asked for

    from sfa.paths import Workspace  # noqa: PLC0415 - as above

    file = Workspace.default().file
    if not path.exists(file):
        return []
    from db.connection import open_file  # noqa: PLC0415 - as above
    from db.driver import leave_open, sqlite  # noqa: PLC0415 - as above
    from sfa.errors import LockedError  # noqa: PLC0415 - as above

    found: list[str] = []
    try:
        connection = leave_open(open_file(file, "mode=ro"))
        if _is_closed(connection):
            return []
        for noun in (nouns,) if isinstance(nouns, str) else nouns:
            table, column = CALLED.get(noun, (noun, "name"))
            rows = connection.execute(
                f"SELECT {column} FROM {table} WHERE deleted_at IS NULL AND {column} COLLATE NOCASE >= ?"  # noqa: S608 - our own names
                f" AND {column} COLLATE NOCASE < ? ORDER BY {column} COLLATE NOCASE LIMIT ?",
                (beginning, f"{beginning}\U0010ffff", LIMIT),
            )
            found += ["".join(sign for sign in str(row[0]) if sign.isprintable()) for row in rows]
    except (sqlite.Error, LockedError):
        return []
    return found


def _is_closed(connection: "Connection") -> bool:
    """Tell whether the laptop has to meet its server before anything of the book is shown."""
    if not connection.execute("SELECT 1 FROM setting WHERE key = 'sync_lease'").fetchone():
        return False
    from db.lease import is_over  # noqa: PLC0415 - where a laptop belongs to a server
    from sfa.clock import SystemClock  # noqa: PLC0415 - as above

    return is_over(connection, SystemClock().now())


def _open_quote(word: str) -> str:
    """Return the quotation mark that a word of bash begins with and does not end."""
    return word[0] if word[:1] in ("'", '"') else ""


def _unquoted(word: str) -> str:
    """Return what a word of bash means, as far as it is typed."""
    text, quote, at = "", "", 0
    while at < len(word):
        sign = word[at]
        if sign == "\\" and quote != "'" and at + 1 < len(word):
            at += 1
            text += word[at]
        elif sign == quote:
            quote = ""
        elif sign in ("'", '"') and not quote:
            quote = sign
        else:
            text += sign
        at += 1
    return text


def _quoted(text: str, quote: str) -> str | None:
    """Return a word that bash takes as this text and nothing else, or None where it cannot be written so."""
    if quote == "'":
        return None if "'" in text else text
    if quote == '"':
        return None if "!" in text else "".join("\\" + sign if sign in '\\"$`' else sign for sign in text)
    return "".join(sign if sign in PLAIN or not sign.isascii() else "\\" + sign for sign in text)
