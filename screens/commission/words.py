"""What the screen of commissions says: gauges, lines, sentences."""

from collections.abc import Sequence

from rich.text import Text

from screens.safe import safe, safe_lines
from screens.widgets.paging import Row
from screens.words import short_money
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.services.commission_explained import facts, tiers
from sfa.services.commission_page import Page
from sfa.services.commission_quotas import Attainment
from sfa.services.commission_statements import LineView, StatementView
from sfa.services.commission_whatif import WhatIf

GAUGE_CELLS = 24
QUOTA = "┊"
NAMED = 4
FULL_PPM = 1_000_000
WELCOME = (
    "No plan pays you yet.",
    "",
    "A plan is a text file. Two examples to begin with: docs/plans/simple.toml and docs/plans/tiers.toml.",
    "",
    ":  commission plan publish FILE          publishes one",
    ":  commission plan assign CODE me        lets it pay you",
    ":  quota set me 2026-Q1 150k             says what you are to reach",
)


def of_others(names: Sequence[str]) -> Text:
    """Return what stands in the place of a statement for somebody whom no plan pays, but who may see others' pay."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return safe_lines(f"No plan pays you.\n\no  shows the statements of {', '.join(names[:NAMED])}{more}")


def gauge(one: Attainment) -> Text:
    """Return a bar of how much of a quota is reached, with words; a line in it is the quota where more is reached."""
    reached = _figure(one.reached_minor, one)
    head = f"{one.component} {one.window}"
    if one.reached_ppm is None:
        return safe(f"{head}: {reached}, no quota")
    whole = max(one.reached_ppm, FULL_PPM)
    full = max(one.reached_ppm, 0) * GAUGE_CELLS // whole
    cells = list("█" * full + "░" * (GAUGE_CELLS - full))
    if whole > FULL_PPM:
        cells[FULL_PPM * GAUGE_CELLS // whole] = QUOTA
    bar = "".join(cells)
    return Text.assemble(
        safe(f"{head} "),
        (bar, "bold"),
        safe(f" {one.reached_ppm // 10_000} %  {reached} of {_figure(one.quota_minor, one)}"),
    )


def _figure(amount: int, one: Attainment) -> str:
    return short_money(Money(amount, one.currency)) if one.is_money else from_dec6(amount)


def head(found: Page) -> Text:
    """Return what is paid, how much of the quota is reached, and how far the next tier is."""
    view = found.view
    lines = [safe(f"Payable {_money(view.payable_minor, view)}{_others(view)}")]
    lines += [Text(found.overdue, style="bold")] if found.overdue else []
    lines += [gauge(one) for one in found.attainment[:3]]
    lines += [
        safe(
            f"{tier.component}: {_money(tier.distance_minor, view)} more reaches {tier.next_rate_ppm / 10_000:g} %"
            f" and pays {_money(tier.pays_minor, view)}"
        )
        for tier in found.next_tiers[:2]
    ]
    return Text("\n").join(lines)


def _others(view: StatementView) -> str:
    names = {
        "clawed_back_minor": "taken back",
        "withheld_and_released_minor": "held back",
        "recovered_and_carried_minor": "carried",
        "draws_minor": "draws",
    }
    told = [f"{label} {_money(view.totals[name], view)}" for name, label in names.items() if view.totals[name]]
    told += [f"{one.kind} balance {_money(one.closing_minor, view)}" for one in view.balances if one.closing_minor]
    return f"  ·  {'  ·  '.join(told)}" if told else ""


def _money(amount: int, view: StatementView) -> str:
    return str(Money(amount, view.currency))


def rows(view: StatementView) -> list[Row]:
    """Return the lines of a statement, memos in a quiet tone with their amount in brackets."""
    return [_row(view, line) for line in view.lines]


def _row(view: StatementView, line: LineView) -> Row:
    amount = _money(line.amount_minor, view)
    cells = (
        str(line.ordinal),
        line.on,
        line.event or line.sentence,
        line.component,
        line.kind.replace("_", " "),
        f"({amount})" if line.is_memo else amount,
    )
    tone = "muted" if line.is_memo else "warning" if line.amount_minor < 0 else ""
    return Row(str(line.ordinal), cells, ("muted", "muted", tone, "muted", tone or "muted", tone))


def sentence(line: LineView | None) -> str:
    """Return a line in words."""
    return "" if line is None else line.sentence


def explanation(view: StatementView, line: LineView) -> list[str]:
    """Return a line with its sum, and with all that it was calculated from beside each other."""
    *told, (_, total) = facts(line.explain, view.currency)
    told = [("Amount", _money(line.amount_minor, view)), ("Plan", line.plan), ("Earned in", line.earning_period), *told]
    parts = [f"{label}: {text}" for label, text in tiers(line.explain, view.currency)]
    return [line.sentence, *parts, "  ·  ".join(f"{label}: {text}" for label, text in told if text), f"Sum: {total}"]


def estimate(found: WhatIf) -> list[str]:
    """Return what sales are worth, in sentences."""
    told = [
        f"{wish.label}, {wish.amount} on {wish.on}: {Money(alone, found.currency)}"
        for wish, alone in zip(found.wishes, found.estimate.alone_minor, strict=True)
    ]
    told += found.notes
    if len(found.wishes) > 1:
        told.append(f"All of them: {Money(found.estimate.together_minor, found.currency)}")
    if any(wish.probability_ppm < FULL_PPM for wish in found.wishes):
        told.append(f"Expected, by their chances: {Money(found.estimate.expected_minor, found.currency)}")
    told.append(f"That is {found.estimate.marginal_ppm / 10_000:g} % of what is credited to you")
    return told
