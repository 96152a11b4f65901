"""Makes the text of the schema from the tables; the text is shipped (`schema.sql`) so that a start needs no SQLModel.

`python -m db.schema` writes it; a test holds both equal.
"""

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteDDLCompiler
from sqlalchemy.schema import CreateIndex, CreateTable

from db.seeds import seed_statements
from db.tables import metadata, rule_of
from db.triggers import TableShape, all_triggers
from sfa.domain.sharing.homes import LAPTOPS_OWN

SCHEMA_FILE = Path(__file__).with_name("schema.sql")
TRIGGERS_FILE = Path(__file__).with_name("triggers.sql")
MODEL_FILE = Path(__file__).parent.parent / "docs" / "data-model.md"
# Words come folded and cut (`db.search_terms`): the tokenizer that leaves them alone is the quickest.
SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3', tokenize='ascii')"
)


class TableWords(SQLiteDDLCompiler):
    """Writes a column's references and rule behind it: SQLite reads them in less time there, and needs no names."""

    def get_column_specification(self, column: Column[Any], **kwargs: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
        """Return the column, whether it is this laptop's short reference, the table to which it refers, and its rule."""
        text = super().get_column_specification(column, **kwargs)  # type: ignore[no-untyped-call]
        unique = " UNIQUE" if column.name == "ref" else ""
        references = "".join(f" REFERENCES {key.column.table.name}" for key in column.foreign_keys)
        rule = rule_of(column)
        return f"{text}{unique}{references}{f' CHECK ({rule})' if rule else ''}"

    def visit_foreign_key_constraint(self, constraint: Any, **kw: Any) -> Any:  # noqa: ANN401 - as above
        """Write nothing behind the columns."""


def journaled_tables() -> list[Table]:
    """Return the business tables in an order in which parents come first."""
    return [table for table in metadata.sorted_tables if table.name not in LAPTOPS_OWN]


def shapes() -> list[TableShape]:
    """Return what the trigger generator needs to know of each journaled table."""
    return [
        TableShape(
            table.name,
            tuple(column.name for column in table.columns),
            frozenset(column.name for column in table.columns if column.info.get("local")),
        )
        for table in journaled_tables()
    ]


def table_statements() -> list[str]:
    """Return CREATE TABLE and CREATE INDEX statements, parents first."""
    dialect = sqlite.dialect()
    dialect.ddl_compiler = TableWords
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        statements += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    return [*statements, SEARCH_INDEX]


def trigger_statements() -> list[str]:
    """Return the CREATE TRIGGER statements."""
    return list(all_triggers(shapes()))


def schema_text() -> str:
    """Return the whole schema with its first rows, as a script without transaction."""
    return _script([*table_statements(), *seed_statements()])


def trigger_text() -> str:
    """Return the triggers, as a script; they are made anew after every migration."""
    return _script(trigger_statements())


def _script(statements: list[str]) -> str:
    return ";\n\n".join(statements) + ";\n"


def shipped() -> dict[Path, str]:
    """Return what each shipped file must hold."""
    from db.describe import page  # noqa: PLC0415 - it reads the journaled tables from here

    return {SCHEMA_FILE: schema_text(), TRIGGERS_FILE: trigger_text(), MODEL_FILE: page()}


def main(arguments: list[str]) -> int:
    """Write the shipped files, or with --check tell whether they are current."""
    if "--check" not in arguments:
        for path, text in shipped().items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path.name for path, text in shipped().items() if path.read_text(encoding="utf-8") != text]
    if stale:
        sys.stderr.write(f"{', '.join(stale)} does not fit the tables: make schema\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
