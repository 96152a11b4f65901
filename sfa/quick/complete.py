"""Completion at the speed of a key: a static table for verbs and options, the bare driver for names of the book."""

import sys

from sfa.quick.completion_table import ALIASES, OPTIONS, VERBS

LIMIT = 30
TABLES = {
    "account": ("account", "name"),
    "contact": ("contact", "name"),
    "lead": ("lead", "name"),
    "opportunity": ("opportunity", "name"),
    "product": ("product", "name"),
    "user": ("app_user", "name"),
    "task": ("task", "subject"),
    "stage": ("stage", "name"),
    "team": ("team", "name"),
    "territory": ("territory", "name"),
}
REFERENCES = {"--account": "account", "--contact": "contact", "--owner": "user", "--parent": "account", "--product": "product",
              "--manager": "user", "--opportunity": "opportunity", "--stage": "stage", "--team": "team"}  # fmt: skip


def complete(words: list[str]) -> int:
    """Print what may stand in the place of the last word, one per line."""
    *before, last = words or [""]
    for text in _choices([ALIASES.get(word, word) if not index else word for index, word in enumerate(before)], last):
        sys.stdout.write(text + "\n")
    return 0


def _choices(before: list[str], last: str) -> list[str]:
    command = _command(before)
    if last.startswith("-"):
        return _fitting(OPTIONS.get(command, "--help --version --install-completion").split(), last)
    if before and before[-1] in REFERENCES:
        return _names(REFERENCES[before[-1]], last)
    if command in VERBS:
        return _fitting(VERBS[command].split(), last)
    noun = "account" if command == "brief" else command.split(" ")[0]
    return _names(noun, last) if noun in TABLES and not command.endswith((" add", " list")) else []


def _command(before: list[str]) -> str:
    """Return the command that the words name: the longest one known."""
    words = [word for word in before if not word.startswith("-")]
    for length in (2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and (name in OPTIONS or name in VERBS):
            return name
    return "" if not before else " ".join(words[:2])


def _fitting(choices: list[str], beginning: str) -> list[str]:
    return [choice for choice in choices if choice.startswith(beginning)]


def _names(noun: str, beginning: str) -> list[str]:
    """Return names of the book that begin so; nothing where there is no book, or it cannot be read."""
    from os import environ, path  # noqa: PLC0415 - only where names are asked for

    folder = environ.get("SFA_HOME")
    if not folder:
        from sfa.paths import home  # noqa: PLC0415 - as above

        folder = str(home())
    file = path.join(path.expanduser(folder), "sales.db")  # noqa: PTH111, PTH118 - pathlib costs 5 ms
    if not path.exists(file):  # noqa: PTH110 - as above
        return []
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - as above

    table, column = TABLES[noun]
    escaped = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    try:
        connection = dbapi2.connect(f"file:{file}?mode=ro", uri=True)
        rows = connection.execute(
            f"SELECT {column} FROM {table} WHERE deleted_at IS NULL AND {column} LIKE ? ESCAPE '\\'"  # noqa: S608 - our own names
            f" ORDER BY {column} LIMIT ?",
            (escaped + "%", LIMIT),
        ).fetchall()
    except dbapi2.Error:
        return []
    return ["".join(sign for sign in str(row[0]) if sign.isprintable()) for row in rows]
