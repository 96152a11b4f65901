"""The verbs that read: `sfa commission statement`, `explain`, `whatif`, `attainment`."""

from collections.abc import Sequence
from typing import Any, Final

from typer.core import TyperCommand, TyperOption

from sfa.cli.building import argument, command, form, json_option, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_facts, emit_json, emit_rows, say, tell
from sfa.domain.figures import PPM, from_dec6
from sfa.domain.money import Money
from sfa.services import commission_explained, commission_quotas, commission_statements, commission_whatif
from sfa.services.commission_result import estimate_json
from sfa.services.commission_statements import LineView, StatementView
from sfa.services.commission_whatif import WhatIf

COLUMNS: Final = [
    ("no", "#", "integer"),
    ("line", "Line", "text"),
    ("date", "Date", "text"),
    ("component", "Component", "text"),
    ("sale", "Sale", "text"),
    ("kind", "Kind", "text"),
    ("amount", "Amount", "money"),
]
USER: Final[TyperOption] = option("--user", "-u", "user", help="Whose; your own where none is named.", shown="NAME")


def statement() -> TyperCommand:
    """Return `sfa commission statement`."""
    params = [
        argument("period", is_required=False, help="Such as 2026-Q1; the present one where none is named."),
        USER,
        option("--pdf", "pdf", help="Write it as PDF.", shown="FILE"),
        *output_options(),
    ]
    return command("statement", _statement, params, "What is paid for a period, line by line, and what is not and why.")


def _statement(*, period: str | None, user: str | None, pdf: str | None, is_json: bool, is_csv: bool) -> None:
    shape = form(is_json=is_json, is_csv=is_csv)
    desk = open_desk()
    view = commission_statements.statement(desk, period or "", user)
    if pdf:
        from sfa.services.commission_paper import write_pdf  # noqa: PLC0415 - typst, only for a PDF

        tell(f"Wrote {write_pdf(desk, view, pdf)}.")
        if shape == "table":
            return
    if shape == "json":
        emit_json(statement_json(view))
    elif shape == "csv":
        columns = [
            *COLUMNS,
            ("is_memo", "Memo", "bool"),
            ("earning_period", "Earned in", "text"),
            ("why", "Why", "text"),
        ]
        emit_rows(columns, [_row(view, line) | {"why": line.sentence} for line in view.lines], "csv")
    else:
        _show(view)


def _row(view: StatementView, line: LineView) -> dict[str, Any]:
    return {
        "no": line.ordinal,
        "line": line.ref,
        "date": line.on,
        "component": line.component,
        "sale": line.event or ("" if line.earning_period == view.period.id else f"of {line.earning_period}"),
        "kind": f"({line.kind})" if line.is_memo else line.kind,
        "amount": Money(line.amount_minor, view.currency),
        "is_memo": line.is_memo,
        "earning_period": line.earning_period,
    }


def _show(view: StatementView) -> None:
    say(f"{view.person} · {view.period.id} · {view.status}")
    paid = [line for line in view.lines if not line.is_memo]
    if paid:
        emit_rows(COLUMNS, [_row(view, line) for line in paid], "table")
    else:
        tell("Nothing is earned yet.")
    memos = [line for line in view.lines if line.is_memo]
    if memos:
        say("Not paid, and why:")
        for line in memos:
            say(f"  {line.ordinal}  {line.ref}  {line.sentence}")
    facts = [
        (name.removesuffix("_minor").replace("_", " ").capitalize(), str(Money(amount, view.currency)))
        for name, amount in view.totals.items()
        if amount or name in ("earned_minor", "payable_minor")
    ]
    for balance in view.balances:
        if balance.opening_minor or balance.closing_minor or balance.increase_minor:
            ends = (balance.opening_minor, balance.closing_minor)
            moved = " → ".join(str(Money(amount, view.currency)) for amount in ends)
            facts.append((f"{balance.kind.capitalize()} balance", moved))
    emit_facts(facts)
    if view.lines:
        tell(f"Why a line: sfa commission explain {view.lines[0].ref}")


def line_json(view: StatementView, line: LineView) -> dict[str, Any]:
    """Return a line as programs read it."""
    return {
        "no": line.ordinal,
        "line_key": line.key,
        "date": line.on,
        "component": line.component,
        "plan": line.plan,
        "event": line.event_id,
        "sale": line.event or ("" if line.earning_period == view.period.id else f"of {line.earning_period}"),
        "kind": line.kind,
        "amount": Money(line.amount_minor, view.currency).decimal_string(),
        "amount_minor": line.amount_minor,
        "currency": view.currency,
        "is_memo": line.is_memo,
        "earning_period": line.earning_period,
        "posting_period": line.posting_period,
        "sentence": line.sentence,
        "explain": dict(line.explain),
        "hash": line.hash,
    }


def statement_json(view: StatementView) -> dict[str, Any]:
    """Return a statement as programs read it."""
    return {
        "user": view.person,
        "period": view.period.id,
        "from": view.period.start.isoformat(),
        "to": view.period.end.isoformat(),
        "status": view.status,
        "currency": view.currency,
        "payable": Money(view.payable_minor, view.currency).decimal_string(),
        "totals": view.totals,
        "balances": [
            {
                "kind": one.kind,
                "opening_minor": one.opening_minor,
                "increase_minor": one.increase_minor,
                "decrease_minor": one.decrease_minor,
                "closing_minor": one.closing_minor,
            }
            for one in view.balances
        ],
        "lines": [line_json(view, line) for line in view.lines],
        "hash": view.hash,
    }


def explain() -> TyperCommand:
    """Return `sfa commission explain`."""
    params = [
        argument("line", help="Its number in the present statement, or the beginning of its key."),
        USER,
        json_option("The line with all that it was calculated from."),
    ]
    return command("explain", _explain, params, "How a line comes about: the sum that makes it, and its facts.")


def _explain(*, line: str, user: str | None, is_json: bool) -> None:
    desk = open_desk()
    view, found = commission_statements.line(desk, line, user)
    if is_json:
        emit_json(line_json(view, found))
        return
    say(found.sentence)
    emit_facts(
        [
            ("Amount", str(Money(found.amount_minor, view.currency))),
            *commission_explained.tiers(found.explain, view.currency),
            ("Statement", f"{view.period.id} line {found.ordinal}"),
            ("Sale", found.event),
            ("Component", found.component),
            ("Plan", found.plan),
            *commission_explained.facts(found.explain, view.currency),
        ]
    )


def whatif() -> TyperCommand:
    """Return `sfa commission whatif`."""
    params = [
        argument("words", is_many=True, shown="SALE", help='"win Acme in march at 40k", or the name of an open deal.'),
        USER,
        json_option("Values, distances and rates."),
    ]
    return command(
        "whatif", _whatif, params, "What sales would be worth to you, alone and together; nothing is written."
    )


def _whatif(*, words: Sequence[str], user: str | None, is_json: bool) -> None:
    found = commission_whatif.whatif(open_desk(), words, user)
    if is_json:
        emit_json(whatif_json(found))
        return
    columns = [("deal", "Deal", "text"), ("on", "Won on", "text"), ("amount", "Amount", "money")]
    columns += [("chance", "Chance", "percent"), ("worth", "Worth to you", "money")]
    rows = [
        {
            "deal": wish.label,
            "on": wish.on.isoformat(),
            "amount": wish.amount,
            "chance": wish.probability_ppm,
            "worth": Money(alone, found.currency),
        }
        for wish, alone in zip(found.wishes, found.estimate.alone_minor, strict=True)
    ]
    emit_rows(columns, rows, "table")
    for sentence in told(found):
        say(sentence)


def told(found: WhatIf) -> list[str]:
    """Return what deals are worth together and how far the next tier is, in sentences."""
    estimate, currency = found.estimate, found.currency
    lines = [*found.notes]
    if len(found.wishes) > 1:
        lines.append(f"All of them: {Money(estimate.together_minor, currency)}")
    if any(wish.probability_ppm < PPM for wish in found.wishes):
        lines.append(f"Expected, by their chances: {Money(estimate.expected_minor, currency)}")
    lines.append(f"That is {estimate.marginal_ppm / 10_000:g} % of what is credited to you")
    lines += [
        f"{tier.component} {tier.window}: {Money(tier.distance_minor, currency)} more reaches"
        f" {tier.next_rate_ppm / 10_000:g} % (now {tier.rate_ppm / 10_000:g} %), and pays {Money(tier.pays_minor, currency)}"
        for tier in estimate.next_tiers
    ]
    return lines


def whatif_json(found: WhatIf) -> dict[str, Any]:
    """Return an estimate as programs read it."""
    estimate = found.estimate
    return {
        "user": found.person,
        "currency": found.currency,
        "deals": [
            {
                "deal": wish.label,
                "on": wish.on.isoformat(),
                "amount": wish.amount.decimal_string(),
                "amount_currency": wish.amount.currency,
                "probability_ppm": wish.probability_ppm,
                "alone_minor": alone,
            }
            for wish, alone in zip(found.wishes, estimate.alone_minor, strict=True)
        ],
        **estimate_json(estimate),
    }


def attainment() -> TyperCommand:
    """Return `sfa commission attainment`."""
    params = [argument("period", is_required=False, help="The present one where none is named."), *output_options()]
    return command(
        "attainment", _attainment, params, "How far people, teams and territories have come with their quotas."
    )


def _attainment(*, period: str | None, is_json: bool, is_csv: bool) -> None:
    shape = form(is_json=is_json, is_csv=is_csv)
    figure = _shown if shape == "table" else _figure
    columns = [
        ("who", "Who", "text"),
        ("of", "Of", "text"),
        ("window", "Window", "text"),
        ("component", "Component", "text"),
    ]
    columns += [("reached", "Reached", "number"), ("quota", "Quota", "number"), ("share", "Share", "percent")]
    columns += [] if shape == "table" else [("currency", "", "text")]
    rows = [
        {
            "who": one.name,
            "of": one.of,
            "window": one.window,
            "component": one.component,
            "reached": figure(one.reached_minor, one.currency, is_money=one.is_money),
            "quota": figure(one.quota_minor, one.currency, is_money=one.is_money) if one.quota_minor else None,
            "share": one.reached_ppm,
            "currency": one.currency if one.is_money else "",
        }
        for one in commission_quotas.attainment(open_desk(), period or "")
    ]
    emit_rows(columns, rows, shape)


def _figure(amount: int, currency: str, *, is_money: bool) -> str:
    return Money(amount, currency).decimal_string() if is_money else from_dec6(amount)


def _shown(amount: int, currency: str, *, is_money: bool) -> str:
    return str(Money(amount, currency)) if is_money else from_dec6(amount)
