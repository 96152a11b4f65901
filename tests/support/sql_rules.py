"""Rules that let the server's tables be spread by company; and a database that writes down what it is asked."""

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sfa.server.catalog import statements
from sfa.server.database import Database, Rows

OF_A_SESSION = ("SET", "LISTEN", "PREPARE", "DECLARE", "DISCARD", "LOCK", "CREATE TEMP", "CREATE TEMPORARY")
"""What a pool in transaction mode loses with the next transaction: no statement begins so."""
FIRST_WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", *OF_A_SESSION)
FORBIDDEN = (
    "nextval",
    "create sequence",
    "serial",
    "listen",
    "notify",
    "advisory",
    "trigger",
    "deferrable",
    "for share",
    "pg_advisory",
    "pg_temp",
    "with hold",
    "set_config",
)
# Whoever brings a code has no company yet: the code names it. Once in a laptop's life.
BEFORE_THE_COMPANY_IS_KNOWN = re.compile(r"FROM s_code c JOIN .* WHERE c\.code_hash = \?")
# A restored book begins a new epoch for every company in it, from the server's own shell.
OF_THE_WHOLE_BOOK = re.compile(
    r"^SELECT org FROM s_org ORDER BY org$|^SELECT max\((epoch|schema_no)\) FROM s_org$|^SELECT 1$"
)
OF_ONE_CONNECTION = re.compile(
    r"^(SAVEPOINT|RELEASE|ROLLBACK TO|CREATE|ALTER|DROP INDEX|BEGIN|COMMIT|ROLLBACK|PRAGMA)\b"
)


def keys() -> dict[str, set[str]]:
    """Return the columns of each table's primary key."""
    found = {}
    for text in statements():
        made = re.match(r"CREATE TABLE (\w+) \(", text)
        if made:
            key = re.search(r"PRIMARY KEY \(([^)]+)\)", text)
            found[made[1]] = {one.strip() for one in key[1].split(",")} if key else {"org"}
    return found


def fault(sql: str) -> str | None:
    """Return what keeps a statement from a table that is spread by company, or None."""
    text = " ".join(sql.split())
    if text.startswith(tuple(f"{word} " for word in OF_A_SESSION)):
        return "outlives its transaction"
    if OF_ONE_CONNECTION.match(text) or OF_THE_WHOLE_BOOK.match(text) or BEFORE_THE_COMPANY_IS_KNOWN.search(text):
        return None
    word = next((word for word in FORBIDDEN if re.search(rf"\b{word}", text, re.IGNORECASE)), None)
    if word:
        return f"uses {word}"
    naming = r"^INSERT INTO \S+ \((org\b|\{)" if text.startswith("INSERT") else r"\borg = (\?|'')"
    if not re.search(naming, text):
        return "names no company"
    for join in re.split(r"\bJOIN\b", text)[1:]:
        if not re.match(r"\s*\S+ (\w+) ON \1\.org = \w+\.org\b", join):
            return "joins without the company"
    for part in re.findall(r"\(SELECT .*? FROM (?:\w+) (\w+) WHERE (.*?)\)", text):
        if not part[1].startswith(f"{part[0]}.org = "):
            return "looks up without the company"
    return _changed_key(text)


def _changed_key(text: str) -> str | None:
    target = re.match(r"(?:UPDATE|INSERT INTO) (\w+)", text)
    change = re.search(r"\bSET (.*?)(?: WHERE |$)", text)
    if not target or not change:
        return None
    columns = set(re.findall(r"(\w+) =", change[1]))
    moved = columns & keys().get(target[1], {"org", "id"})
    return f"changes the key {', '.join(sorted(moved))}" if moved else None


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Return each SQL statement that stands in source files, with its place; what is filled in shows as {}."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            text = _text(node) if id(node) not in inside else None
            if text and text.lstrip().startswith(tuple(f"{word} " for word in FIRST_WORDS)):
                yield f"{path.name}:{getattr(node, 'lineno', 0)}", text


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


class Recorder:
    """A database that writes down every statement."""

    def __init__(self, database: Database) -> None:
        self._database, self.for_update = database, database.for_update
        self.asked: set[str] = set()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        self.asked.add(sql)
        return self._database.rows(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        self.asked.add(sql)
        return self._database.execute(sql, parameters)

    def many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        self.asked.add(sql)
        self._database.many(sql, parameters)

    def writing(self) -> AbstractContextManager[None]:
        return self._database.writing()

    def reading(self) -> AbstractContextManager[None]:
        return self._database.reading()

    def trouble(self, error: BaseException) -> str:
        return self._database.trouble(error)

    def reopen(self) -> None:
        self._database.reopen()

    def close(self) -> None:
        self._database.close()
