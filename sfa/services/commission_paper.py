"""A statement of commission as a document."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfa.errors import StorageError
from sfa.services.commission_periods import last_day
from sfa.services.commission_statements import StatementView
from sfa.services.desk import Desk
from sfa.services.quote_page import seller_of
from sfa.services.quote_papers import TEMPLATES

if TYPE_CHECKING:
    from sfa.documents.statement import EntryGroup, Statement

SETTLEMENT: Final = "Settlement"
NOTES: Final = "Nothing paid for"
TOTALS: Final = (
    ("earned_minor", "Earned"),
    ("clawed_back_minor", "Taken back"),
    ("withheld_and_released_minor", "Held back and released"),
    ("recovered_and_carried_minor", "Overpaid, carried or recovered"),
    ("draws_minor", "Draws"),
)


def paper_of(desk: Desk, view: StatementView) -> "Statement":
    """Return a statement as a document; memos stand at its end with the reason why nothing was paid."""
    from sfa.documents import statement  # noqa: PLC0415 - documents alone
    from sfa.documents.paper import Language, PageSize, Party  # noqa: PLC0415 - as above

    totals = view.totals
    balances = [
        statement.Balance(label, -totals[name] if name == "clawed_back_minor" else totals[name])
        for name, label in TOTALS
        if totals[name] or name == "earned_minor"
    ]
    return statement.Statement(
        language=Language(desk.config.text("company.language")),
        number=f"{view.period.id} {view.hash[:8]}",
        issued_on=desk.today,
        currency=view.currency,
        seller=seller_of(desk),
        buyer=Party(view.person),
        first_day=view.period.start,
        last_day=last_day(view.period),
        groups=tuple(_groups(view)),
        balances=(*balances, statement.Balance("Payable", view.payable_minor, is_total=True)),
        subject="Commission",
        page_size=PageSize(desk.config.text("company.page_size")),
        is_draft=view.status not in ("closed", "paid"),
    )


def _groups(view: StatementView) -> Iterator["EntryGroup"]:
    from datetime import date  # noqa: PLC0415 - beside its only use

    from sfa.documents.statement import Entry, EntryGroup  # noqa: PLC0415 - documents alone

    names = dict.fromkeys(NOTES if line.is_memo else line.component or SETTLEMENT for line in view.lines)
    for name in sorted(names, key=lambda one: (one == NOTES, one == SETTLEMENT)):
        own = [line for line in view.lines if (NOTES if line.is_memo else line.component or SETTLEMENT) == name]
        entries = tuple(
            Entry(
                date.fromisoformat(line.on),
                line.ref,
                line.event or line.kind.replace("_", " "),
                0 if line.is_memo else line.amount_minor,
                line.explain.get("commission_credit_minor"),
                why=line.sentence,
            )
            for line in own
        )
        yield EntryGroup(name, entries, None if name == NOTES else sum(entry.amount_minor for entry in entries))


def write_pdf(desk: Desk, view: StatementView, path: str) -> str:
    """Write a statement as PDF, and return where.

    Raises:
        StorageError: it cannot be written there.
    """
    from sfa.documents.render import render  # noqa: PLC0415 - typst, only for a PDF

    made = render(paper_of(desk, view), "pdf", desk.store.workspace.folder / TEMPLATES)
    try:
        Path(path).write_bytes(made.data)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.", hint="Name another file.") from error
    return path
