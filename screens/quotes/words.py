"""What the screens of quotes write: rows of lines, totals, approvals, the story of one price."""

from collections.abc import Sequence

from rich.text import Text

from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from sfa.domain.figures import dec6, from_dec6
from sfa.domain.money import Money
from sfa.services.prices_explained import price_text
from sfa.services.quote_aside import Aside
from sfa.services.quote_reading import ApprovalView, LineView, QuoteView

JOINT = "  ·  "
HUNDREDTH = 100
LEAST_PPM = 500
LINES = (
    ColumnSpec("position", "#", 3, 0, 1, "right"),
    ColumnSpec("what", "Product", 20, 4, 1),
    ColumnSpec("quantity", "Qty", 7, 0, 1, "right"),
    ColumnSpec("price", "Price", 11, 0, 1, "right"),
    ColumnSpec("off", "Off", 6, 0, 2, "right"),
    ColumnSpec("net", "Net", 13, 0, 1, "right"),
    ColumnSpec("unit", "Unit", 8, 0, 4),
    ColumnSpec("margin", "Margin", 6, 0, 3, "right"),
    ColumnSpec("delivery", "Delivery", 10, 0, 5),
)
STATE_TONES = {"accepted": "good", "expired": "bad", "rejected": "bad", "in_approval": "warning", "sent": "accent"}


def state_words(state: str) -> str:
    """Return a state as people say it."""
    return state.replace("_", " ")


def percent(share_ppm: int | None) -> str:
    """Return a share with one decimal at most: `12.5%`; nothing of None."""
    if share_ppm is None:
        return ""
    tenths = (abs(share_ppm) + 500) // 1000
    sign = "-" if share_ppm < 0 else ""
    return f"{sign}{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{sign}{tenths // 10}%"


def line_columns(found: QuoteView) -> tuple[ColumnSpec, ...]:
    """Return the columns that tell something: no margin for who may not see it, no days of delivery where none is said."""
    empty = set() if any(line.margin_ppm is not None for line in found.lines) else {"margin"}
    empty |= set() if any(line.delivery for line in found.lines) else {"delivery"}
    return tuple(column for column in LINES if column.id not in empty)


def line_rows(found: QuoteView) -> list[Row]:
    """Return the lines as rows with cells for `line_columns`; the keys are their ids."""
    columns = line_columns(found)
    kept = [at for at, column in enumerate(LINES) if column in columns]
    rows = []
    for line in found.lines:
        cells, tones = _cells(line, found.currency)
        rows.append(Row(line.id, tuple(cells[at] for at in kept), tuple(tones[at] for at in kept)))
    return rows


def _cells(line: LineView, currency: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cells of all columns, and their tones."""
    cells = (
        str(line.position),
        line_name(line),
        _quantity(line),
        _unit_price(line, currency),
        f"{'!' if line.is_below_floor else ''}{_off(line.discount_ppm)}",
        _net(line),
        line.unit,
        percent(line.margin_ppm),
        line.delivery or "",
    )
    tone = "strong" if line.kind == "section" else "muted" if not _is_worth(line) else ""
    off = "warning" if line.is_below_floor else tone
    return cells, ("muted", tone, tone, tone, off, tone, "muted", "muted", "muted")


def _off(share_ppm: int | None) -> str:
    """Return what is off the list price; nothing of less than half a tenth of a percent."""
    return percent(share_ppm) if abs(share_ppm or 0) >= LEAST_PPM else ""


def _is_worth(line: LineView) -> bool:
    return line.kind == "section" or line.is_counted


def line_name(line: LineView) -> str:
    """Return what a line offers, a part behind a dash, with its role."""
    name = line.product or line.description.split("\n")[0]
    lead = "- " if line.part_of else ""
    role = ""
    if line.role != "normal":
        role = f" ({line.role}{f' for {line.choice}' if line.choice else ''}{', chosen' if line.is_chosen else ''})"
    return f"{lead}{name}{role}"


def _is_bundle(line: LineView) -> bool:
    """Tell whether a line stands for a configured bundle whose worth is that of its parts."""
    return isinstance(line.options, dict) and "bundle" in line.options and line.net_price == "0"


def _quantity(line: LineView) -> str:
    return f"{line.quantity}×{line.periods}" if line.periods not in (None, 1) else line.quantity


def _unit_price(line: LineView, currency: str) -> str:
    if not line.net_price or _is_bundle(line):
        return ""
    per = "" if line.base in ("", "1") else f"/{line.base}"
    return f"{'~' if line.is_blended else ''}{price_text(dec6(line.net_price), currency)}{per}"


def _net(line: LineView) -> str:
    amount = line.subtotal if line.kind == "section" else line.net
    shown = "" if _is_bundle(line) else _bare(amount)
    return shown if _is_worth(line) or not shown else f"({shown})"


def _bare(amount: Money | None) -> str:
    """Return an amount without its currency, which stands in the totals."""
    return "" if amount is None else str(amount).removesuffix(amount.currency).strip()


def head_words(found: QuoteView) -> Text:
    """Return for whom a quote is, and where it stands."""
    until = f"valid until {found.valid_until}" if found.valid_until else ""
    parts = (state_words(found.state), found.account, found.contact, found.opportunity, until)
    return safe(JOINT.join(part for part in parts if part))


def totals_words(found: QuoteView) -> Text:
    """Return the totals: net, discounts and charges of the whole, tax, gross; what is off the list, the margin, the pay."""
    totals = found.totals

    def shown(minor: int) -> str:
        return _bare(Money(minor, found.currency))

    records: dict[str, int] = {}
    for record in totals.records:
        records[record.reason] = records.get(record.reason, 0) + record.signed_minor
    first = [f"Lines {shown(totals.lines_minor)}"] if records else []
    first += [f"{reason} {shown(minor)}" for reason, minor in records.items()]
    worth = f"Net {Money(totals.net_minor, found.currency)}"
    more = [f"tax {shown(totals.tax_minor)}", f"gross {shown(totals.gross_minor)}"]
    if totals.payable_minor != totals.gross_minor:
        more += [f"prepaid {shown(totals.prepaid_minor)}"] if totals.prepaid_minor else []
        more += [f"to pay {shown(totals.payable_minor)}"]
    off = _off(found.discount_ppm)
    more += [f"{off} off list"] if off else []
    more += [f"margin {percent(found.margin_ppm)} (cost {_bare(found.cost)})"] if found.cost is not None else []
    more += [f"you earn {found.estimate}"] if found.estimate is not None else []
    text = safe(JOINT.join(first) + JOINT if first else "")
    return text.append_text(safe(worth, "bold")).append_text(safe(JOINT + JOINT.join(more)))


def approval_words(found: QuoteView) -> tuple[str, bool]:
    """Return what stands between a quote and being sent, and whether it does."""
    open_ones = [one for one in found.approvals if one.status in ("needed", "waiting")]
    refused = [one for one in found.approvals if (one.status, one.revision) == ("refused", found.revision)]
    told = [_asked(open_ones)] if open_ones else []
    if refused and found.state == "draft":
        last = refused[-1]
        told.append(f"Refused by {last.decided_by or last.approver}: {last.note or 'without a reason'}.")
    return f"! {' '.join(told)}" if told else "", bool(told)


def _asked(wanted: Sequence[ApprovalView]) -> str:
    words = "; ".join(f"{one.approver}: {one.why}" for one in wanted)
    approvers = list(dict.fromkeys(one.approver for one in wanted))
    asked = "is asked to approve" if len(approvers) == 1 else "are asked to approve"
    verb, who = "must approve" if wanted[0].status == "needed" else asked, " and ".join(approvers)
    return f"The {who} {verb} ({words})." if len(wanted) > 1 else f"The {who} {verb}: {wanted[0].why}."


def line_story(found: QuoteView, line: LineView, beside: Aside) -> list[str]:
    """Return how the price of a line came about, step by step, and what else is known of it."""
    told = [f"{line.code}  {line_name(line)}".strip()]
    told += [row for row in line.description.split("\n") if row and row != line_name(line)]
    if line.kind == "product":
        told += ["", *_steps(line, found.currency), "", _amount(line, found.currency)]
    told += [word for word in (beside.next_break, beside.last_price) if word]
    if line.tax is not None and line.tax_rate_ppm is not None:
        told.append(f"Tax {from_dec6(line.tax_rate_ppm * HUNDREDTH)} %: {line.tax}.")
    if line.margin_ppm is not None:
        told.append(f"Margin {percent(line.margin_ppm)}: it costs us {line.cost}.")
    told += [f"Delivery on {line.delivery}."] if line.delivery else []
    told += [f"Note: {line.note}"] if line.note else []
    return told


def _steps(line: LineView, currency: str) -> list[str]:
    shown = []
    for step in line.steps:
        price = price_text(dec6(step.after), currency)
        shown.append(f"{step.stage:<15} {price:>14}  {step.why}")
    return shown


def _amount(line: LineView, currency: str) -> str:
    about = "about " if line.is_blended else ""
    times = f" x {line.periods} {line.period or 'period'}{'s' if line.periods != 1 else ''}" if line.periods else ""
    return f"{line.quantity} {line.unit}{times} at {about}{_unit_price(line, currency)} = {line.net}".replace("  ", " ")
