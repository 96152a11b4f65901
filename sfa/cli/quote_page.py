"""A quote as a page for people and as JSON for programs; and what two revisions differ in."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, form, json_option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import cell_text, emit_facts, emit_json, emit_rows, emit_table, json_value, local_time, say, tell
from sfa.cli.quote_verbs import QUOTE
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.errors import UsageError
from sfa.services import quote_compare
from sfa.services.quote_reading import AllowanceView, LineView, QuoteView, view
from sfa.services.quote_sheet import find

HUNDREDTH = 10_000


def show() -> TyperCommand:
    """Return `sfa quote show`."""
    params = [
        QUOTE,
        flag("--steps", "is_with_steps", help="How each price came about."),
        json_option("One JSON object."),
    ]
    return command("show", _show, params, "Show one quote whole: lines, totals, approvals, revisions.")


def _show(*, words: Sequence[str], is_with_steps: bool, is_json: bool) -> None:
    desk = open_desk()
    found = view(desk, find(desk, words))
    if is_json:
        emit_json(quote_json(found))
        return
    _say_head(found)
    _say_lines(found, is_with_steps=is_with_steps)
    _say_totals(found)
    _say_approvals(found)
    if len(found.versions) > 1:
        say("")
        rows = [
            (
                one.number,
                _words(one.state),
                str(one.net or ""),
                one.valid_until or "",
                local_time(one.sent_at) if one.sent_at else "",
            )
            for one in found.versions
        ]
        emit_table(("Revision", "State", "Net", "Valid until", "Sent"), rows, (False, False, True, False, False))


def _say_head(found: QuoteView) -> None:
    marks = [word for word, holds in (("primary", found.is_primary), ("template", found.is_template)) if holds]
    emit_facts(
        [
            ("Quote", f"{found.number}  {found.name}"),
            ("State", ", ".join([_words(found.state), *marks])),
            ("Account", found.account),
            ("Contact", found.contact or ""),
            ("Deal", found.opportunity or ""),
            ("Owner", found.owner or ""),
            ("Date", found.quoted_on),
            ("Prices of", found.priced_on if found.priced_on != found.quoted_on else ""),
            ("Valid until", found.valid_until or ""),
            ("Price book", found.book or ""),
            ("Payment", f"{found.payment_terms_days} days" if found.payment_terms_days is not None else ""),
            (
                "Sent",
                f"{local_time(found.sent_at)}{f' to {found.sent_to}' if found.sent_to else ''}"
                if found.sent_at
                else "",
            ),
            ("Decided", ", ".join(filter(None, (found.decided_on, found.signer, found.reason)))),
            ("Cover", found.cover or ""),
        ]
    )


def _words(state: str) -> str:
    return state.replace("_", " ")


def _say_lines(found: QuoteView, *, is_with_steps: bool) -> None:
    say("")
    if not found.lines:
        say(f"No lines yet. Add one: sfa quote line add {found.number} PRODUCT")
        return
    titles = ["", "Product", "Qty", "Unit", "Price", "Off", "Net"]
    rights = [True, False, True, False, True, True, True]
    has_margin = any(line.margin_ppm is not None for line in found.lines)
    if has_margin:
        titles, rights = [*titles, "Margin"], [*rights, True]
    rows = [_line_cells(line, has_margin=has_margin) for line in found.lines]
    emit_table(titles, rows, rights)
    if is_with_steps:
        for line in found.lines:
            for step in line.steps:
                say(f"  {line.position}. {step.stage}: {step.after} ({step.why})")


def _line_cells(line: LineView, *, has_margin: bool) -> list[str]:
    name = line.product or line.description.split("\n")[0]
    if line.code:
        name = f"{line.code} {name}"
    if line.part_of:
        name = f"- {name}"
    net = str(line.subtotal if line.kind == "section" else line.net or "")
    if line.role != "normal":
        name += f" ({line.role}{f' for {line.choice}' if line.choice else ''}{', chosen' if line.is_chosen else ''})"
        net = net if line.is_chosen else f"({net})"
    periods = f" x {line.periods} {line.period or 'period'}s" if line.periods is not None else ""
    price = f"{'about ' if line.is_blended else ''}{line.net_price}"
    if line.base not in ("", "1"):
        price += f" per {line.base}"
    off = _percent(line.discount_ppm) if line.discount_ppm else ""
    cells = [str(line.position), name, f"{line.quantity}{periods}", line.unit, price, off, net]
    return [*cells, _percent(line.margin_ppm)] if has_margin else cells


def _percent(value: int | None) -> str:
    return "" if value is None else cell_text("percent", value)


def _say_totals(found: QuoteView) -> None:
    totals, currency = found.totals, found.currency

    def shown(minor: int) -> str:
        return str(Money(minor, currency))

    records: dict[tuple[str, bool], int] = {}
    for record in totals.records:
        key = (record.reason, record.is_charge)
        records[key] = records.get(key, 0) + record.signed_minor
    taxes = [
        (
            f"Tax {group.tax.category} {from_dec6(group.tax.rate_ppm * 100)} %",
            f"{shown(group.tax_minor)} of {shown(group.taxable_minor)}",
        )
        for group in totals.tax_subtotals
        if group.tax_minor or group.tax.reason
    ]
    say("")
    emit_facts(
        [
            ("Lines", shown(totals.lines_minor) if records else ""),
            *((reason, shown(minor)) for (reason, _), minor in records.items()),
            ("Net", shown(totals.net_minor)),
            *taxes,
            ("Gross", shown(totals.gross_minor)),
            ("Prepaid", shown(-totals.prepaid_minor) if totals.prepaid_minor else ""),
            ("Rounding", shown(totals.rounding_minor) if totals.rounding_minor else ""),
            ("Payable", shown(totals.payable_minor) if totals.payable_minor != totals.gross_minor else ""),
            ("Off list", _percent(found.discount_ppm) if found.discount_ppm else ""),
            ("Margin", f"{_percent(found.margin_ppm)}, cost {found.cost}" if found.cost is not None else ""),
            ("You earn", str(found.estimate or "")),
            ("Terms", found.terms or ""),
        ]
    )


def _say_approvals(found: QuoteView) -> None:
    if found.approvals:
        say("")
    for one in found.approvals:
        who = f" by {one.decided_by}" if one.decided_by else ""
        note = f": {one.note}" if one.note else ""
        say(f"Approval of {one.approver} {_words(one.status)}{who}{note} ({one.why})")
    if any(one.status == "needed" for one in found.approvals):
        tell(f"Ask for it: sfa quote submit {found.number}")


_PLAIN = (
    "id", "ref", "number", "revision", "name", "state", "account", "account_id", "contact", "opportunity",
    "opportunity_id", "owner", "currency", "book", "is_primary", "is_template", "quoted_on", "priced_on", "valid_until",
    "payment_terms_days", "is_tax_inclusive", "cover", "terms", "content_hash", "sent_at", "sent_to", "decided_on",
    "reason", "signer",
)  # fmt: skip


def quote_json(found: QuoteView) -> dict[str, object]:
    """Return a quote as JSON has it: money as decimal strings in the currency of the quote, shares as numbers."""
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        "possible": list(found.possible),
        "lines": [_line_json(line) for line in found.lines],
        "allowances": [_allowance_json(one) for one in found.allowances],
        **_totals_json(found),
        "discount": json_value("percent", found.discount_ppm),
        "cost": json_value("money", found.cost),
        "margin": json_value("percent", found.margin_ppm),
        "estimate": json_value("money", found.estimate),
        "approvals": [_slots(one) for one in found.approvals],
        "versions": [_slots(one) for one in found.versions],
    }


def _totals_json(found: QuoteView) -> dict[str, object]:
    totals = found.totals

    def money(minor: int) -> str:
        return Money(minor, found.currency).decimal_string()

    groups = [
        {
            "category": group.tax.category,
            "rate": json_value("percent", group.tax.rate_ppm),
            "taxable": money(group.taxable_minor),
            "tax": money(group.tax_minor),
        }
        for group in totals.tax_subtotals
    ]
    names = ("lines", "allowances", "charges", "net", "tax", "gross", "prepaid", "rounding", "payable")
    sums = {name: money(getattr(totals, f"{name}_minor")) for name in names}
    return {"tax_subtotals": groups, "totals": {**sums, "list": json_value("money", found.list)}}


def _allowance_json(one: AllowanceView) -> dict[str, Any]:
    shown = _slots(one)
    return {**shown, "percent": json_value("percent", shown.pop("percent_ppm"))}


def _line_json(line: LineView) -> dict[str, Any]:
    shown = _slots(line)
    for name in ("discount", "margin", "tax_rate"):
        shown[name] = json_value("percent", shown.pop(f"{name}_ppm"))
    return {**shown, "steps": [_slots(step) for step in line.steps]}


def _slots(item: Any) -> dict[str, Any]:  # noqa: ANN401 - any frozen dataclass
    values = {one.name: getattr(item, one.name) for one in fields(item)}
    return {name: value.decimal_string() if isinstance(value, Money) else value for name, value in values.items()}


def compare() -> TyperCommand:
    """Return `sfa quote compare`."""
    params = [
        argument("quote", shown="QUOTE", help="Number, reference or name."),
        argument(
            "words", is_required=False, is_many=True, shown="REVISION", help="One or two; the newest two otherwise."
        ),
        *output_options(),
    ]
    return command("compare", _compare, params, "What two revisions differ in, line by line.")


def _compare(*, quote: str, words: Sequence[str], is_json: bool, is_csv: bool) -> None:
    desk = open_desk()
    numbers = [word.upper().removeprefix("R") for word in words]
    if not all(number.isdigit() for number in numbers):
        raise UsageError(f"“{' '.join(words)}” are no revisions.", hint="Such as: sfa quote compare Q-... 1 2")
    found = quote_compare.compare(desk, find(desk, quote).id, [int(number) for number in numbers])
    columns = [
        ("what", "What", "text"),
        ("field", "Field", "text"),
        ("before", found.before, "text"),
        ("after", found.after, "text"),
    ]
    shape = form(is_json=is_json, is_csv=is_csv)
    emit_rows(columns, [_slots(one) for one in found.differences], shape)
    if not found.differences and shape == "table":
        tell(f"{found.before} and {found.after} say the same.")
