"""Lines of statements as they are kept when their period is closed: each with the explanation that recomputes it."""

import json
from collections.abc import Iterator
from typing import Final

from db.store import Store, UnitOfWork
from sfa.domain.commission.statement import Statement
from sfa.services.commission_book import Book
from sfa.services.commission_result import line_data
from sfa.services.commission_runs import said

COLUMNS: Final = (
    "id", "statement_id", "ordinal", "on_day", "rule", "line_key", "component_code", "event_id", "earning_period",
    "posting_period", "kind", "amount_minor", "is_memo", "explain", "prev_hash", "hash",
)  # fmt: skip


def keep_lines(store: Store, work: UnitOfWork, book: Book, one: Statement, statement_id: str) -> None:
    """Write the lines of a statement that is about to be closed."""
    work.insert_many("comp_line", COLUMNS, [(store.ids.new(), statement_id, *row) for row in _rows(book, one)])


def _rows(book: Book, one: Statement) -> Iterator[tuple[object, ...]]:
    for ordinal, (line, key, before, mark) in enumerate(
        zip(one.lines, one.keys, one.hashes, one.hashes[1:], strict=False), 1
    ):
        data = line_data(book.case, line, one.currency, book.sales.by_id)
        explain = {**data["explain"], "sentence": said(book, data["sentence"], line.event_id)}
        if label := book.label(line.event_id):
            explain["label"] = label
        yield (
            ordinal,
            data["date"],
            line.rule or None,
            key,
            line.component or None,
            line.event_id or None,
            data["earning_period"],
            data["posting_period"],
            data["kind"],
            line.amount_minor,
            int(line.is_memo),
            json.dumps(explain, ensure_ascii=False, default=str),
            before,
            mark,
        )
