"""`sfa today` as people read it; both doors print it here."""

import sys

from sfa.domain.currencies import shown_amount
from sfa.quick.printing import cut, say, tell, width
from sfa.services.today import DaySheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfa.services.today import Line

TITLES = ("When", "What", "Who", "Ref")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
GAP = "  "
LEAST_WHAT = 20


def main(arguments: "Sequence[str]") -> int | None:
    """Print the sheet of the person at this laptop; None where an option is for the full door."""
    if arguments:
        return None
    from db.store import open_to_the_end  # noqa: PLC0415 - not for an option

    store = open_to_the_end()
    if store.note:
        tell(store.note)
    print_sheet(DaySheet(store, store.setting("user_id")))
    return 0


def print_sheet(sheet: DaySheet) -> None:
    """Print a sheet: tables that fit the terminal, whole in a pipe."""
    say(f"{DAYS[sheet.day.weekday()]}, {sheet.day.day:02d} {MONTHS[sheet.day.month - 1]} {sheet.day.year}")
    blocks = (
        ("Appointments", sheet.appointments, len(sheet.appointments)),
        ("Tasks due", sheet.tasks, sheet.tasks_due),
        ("Next steps due", sheet.next_steps, len(sheet.next_steps)),
        ("Quotes to follow up", sheet.quotes, len(sheet.quotes)),
        ("Deals at risk", sheet.at_risk, len(sheet.at_risk)),
    )
    for title, lines, total in blocks:
        if lines:
            say(f"\n{title} ({total})")
            for row in _table(lines):
                say(row)
    won = " + ".join(f"{count} for {shown_amount(minor, currency)}" for count, minor, currency in sheet.sums_won)
    without = f"{sheet.without_next_step} without a next step, {sheet.overdue_deals} past their close date"
    say(f"\n{sheet.open_deals} open deal{'' if sheet.open_deals == 1 else 's'}, {without}.")
    say(f"Won this quarter: {won or 'nothing yet'}.")
    if sheet.is_empty_book:
        tell('The book is empty. Bring your data in: sfa import FILE; or begin: sfa account add "Acme"')


def _table(lines: "Sequence[Line]") -> list[str]:
    """Return aligned rows; on a terminal what it is about is cut, so that the reference can be read."""
    told = [TITLES, *((line.when, line.title, line.detail, line.ref) for line in lines)]
    rows = [[" ".join(cell.split()) for cell in row] for row in told]
    widths = [max(width(row[at]) for row in rows) for at in range(len(TITLES))]
    columns = _columns()
    if columns:
        for at in (2, 1):
            over = sum(widths) + len(GAP) * (len(TITLES) - 1) - columns
            widths[at] -= max(min(over, widths[at] - LEAST_WHAT), 0)
    return [GAP.join(_padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(cell: str, size: int) -> str:
    shown = cell if width(cell) <= size else f"{cut(cell, size - 1)}…"
    return shown + " " * (size - width(shown))


def _columns() -> int:
    """Return the width of the terminal, 0 in a pipe."""
    if not sys.stdout.isatty():
        return 0
    from sfa.quick.printing import columns  # noqa: PLC0415 - not in a pipe

    return columns()
