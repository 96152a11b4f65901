"""What the forecast screen draws: intervals on one scale, and the rows of its lists."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from screens.widgets.columns import fit
from screens.widgets.paging import Row
from screens.words import short_money
from sfa.domain.forecast.backtest import Score
from sfa.domain.forecast.bridge import ADDED, BESIDE, TAKEN
from sfa.domain.forecast.methods import METHODS, Forecast
from sfa.domain.forecast.submissions import COMMIT
from sfa.domain.money import Money
from sfa.services.forecast import Sheet
from sfa.services.forecast_moves import TITLES, BridgeSheet

LINE, POINT, LEFT, RIGHT, QUOTA = "─", "●", "├", "┤", "┊"
WON, COMMITTED, BEST, OPEN = "█", "▓", "▒", "░"
STACKED = (
    ("closed", WON, "won"),
    ("commit", COMMITTED, "commit"),
    ("best", BEST, "best case"),
    ("total", OPEN, "pipeline"),
)
LEAST_BAR = 10
TRUSTED = "★"


def interval_lines(found: Sheet, width: int) -> list[Text]:
    """Draw P10, point and P90 of each method on one scale, with the quota as a line."""
    shown = [item for item in _trusted_first(found) if item.interval.p90 or item.estimate.point_minor]
    if not shown or found.is_empty:
        return []
    texts = [short_money(Money(item.estimate.point_minor, found.asked.currency)) for item in shown]
    label = max(cell_len(item.method.title) for item in shown)
    room = max(width - label - max(map(cell_len, texts)) - 3, LEAST_BAR)
    most = max(max(item.interval.p90, item.estimate.point_minor) for item in shown)
    most = max(most, found.quota_minor or 0, 1)
    lines = []
    for item, text in zip(shown, texts, strict=True):
        bar = _bar(item, room, most, found.quota_minor)
        style = "bold" if _is_trusted(item, found) else ""
        line = Text(f"{fit(item.method.title, label)} {bar} {text}", style, no_wrap=True)
        line.truncate(width)
        lines.append(line)
    return lines


def _is_trusted(item: Forecast, found: Sheet) -> bool:
    """Tell whether this is the trusted method; none is while the methods are still compared."""
    return found.record is not None and item.method.name == found.trust.method


def _trusted_first(found: Sheet) -> list[Forecast]:
    return sorted(found.forecasts, key=lambda item: not _is_trusted(item, found))


def _bar(item: Forecast, room: int, most: int, quota: int | None) -> str:
    def place(minor: int) -> int:
        return min(max(minor, 0) * (room - 1) // most, room - 1)

    cells = [" "] * room
    if quota:
        cells[place(quota)] = QUOTA
    low, high = place(item.interval.p10), place(item.interval.p90)
    for at in range(low, high + 1):
        cells[at] = LINE
    cells[low], cells[high] = LEFT, RIGHT
    cells[place(item.estimate.point_minor)] = POINT
    return "".join(cells)


def method_rows(found: Sheet) -> list[Row]:
    """Return a row for each method, the trusted one first; none where there are no deals."""
    errors = found.errors
    shown = [] if found.is_empty else _trusted_first(found)
    return [_method_row(item, found, errors.get(item.method.name)) for item in shown]


def _method_row(item: Forecast, found: Sheet, error: float | None) -> Row:
    code = found.asked.currency
    is_trusted = _is_trusted(item, found)
    amounts = (item.estimate.point_minor, item.interval.p10, item.interval.p90)
    cells = (
        f"{TRUSTED} {item.method.title}" if is_trusted else f"  {item.method.title}",
        *(short_money(Money(minor, code)) for minor in amounts),
        "" if error is None else f"{error:.0%}",
        item.method.words,
    )
    return Row(item.method.name, cells, ("accent" if is_trusted else "", "", "", "", "", "muted"))


def score_rows(found: Sheet) -> list[Row]:
    """Return a row for each method with its record; none while the methods are still compared."""
    return [_score_row(score, found) for score in found.record.scores] if found.record else []


def _score_row(score: Score, found: Sheet) -> Row:
    is_trusted, method = score.method == found.trust.method, METHODS[score.method]
    shares = (
        "" if share is None else f"{share:.0%}" for share in (score.wape, score.first_wape, score.bias, score.coverage)
    )
    title = f"{TRUSTED if is_trusted else ' '} {method.title}"
    cells = (title, str(score.trials), *shares, "baseline" if method.is_naive else "")
    return Row(score.method, cells, ("accent" if is_trusted else "", "", "", "", "", "", "muted"))


def grid_rows(sheets: Sequence[Sheet]) -> list[Row]:
    """Return a row for each period: won, commit, best, total, what was submitted, quota, attainment and coverage."""
    rows = []
    for found in sheets if not sheets[0].is_empty else ():
        code = found.asked.currency
        amounts = [short_money(Money(minor, code)) for minor in found.rolled_up.values()]
        quota = "" if found.quota_minor is None else short_money(Money(found.quota_minor, code))
        covered = "" if found.quota_minor is None else "met" if found.coverage is None else f"{found.coverage:.1f}x"
        said = found.submitted.get(COMMIT)
        submitted = "" if said is None else short_money(Money(said.point_minor, code))
        reached = f"{found.won_minor / found.quota_minor:.0%}" if found.quota_minor else ""
        cells = (found.label, *amounts, submitted, quota, reached, covered)
        rows.append(Row(found.label, cells, payload=found.asked.period))
    return rows


def grid_lines(sheets: Sequence[Sheet], width: int) -> list[Text]:
    """Draw a bar for each period: won, commit, best case and pipeline one behind the other, with the quota as a line."""
    most = max(max(found.rolled_up["total"], found.quota_minor or 0) for found in sheets)
    if most <= 0:
        return []
    texts = [short_money(Money(found.rolled_up["total"], found.asked.currency)) for found in sheets]
    label = max(cell_len(found.label) for found in sheets)
    room = max(width - label - max(map(cell_len, texts)) - 2, LEAST_BAR)
    lines = [
        Text(f"{fit(found.label, label)} {_stack(found, room, most)} {text}", no_wrap=True)
        for found, text in zip(sheets, texts, strict=True)
    ]
    quota = f"  {QUOTA} quota" if any(found.quota_minor for found in sheets) else ""
    lines.append(Text("  ".join(f"{sign} {words}" for _, sign, words in STACKED) + quota, "dim"))
    for line in lines:
        line.truncate(width)
    return lines


def _stack(found: Sheet, room: int, most: int) -> str:
    bar = ""
    for name, sign, _ in STACKED:
        bar += sign * (max(found.rolled_up[name], 0) * room // most - len(bar))
    cells = list(bar.ljust(room))
    if found.quota_minor:
        cells[min(found.quota_minor * room // most, room - 1)] = QUOTA
    return "".join(cells)


def bridge_rows(found: BridgeSheet) -> list[Row]:
    """Return a row for each step of a bridge; none where no deal was or is dated into the period."""
    shown, code = found.bridge, found.currency
    if not (shown.begin_minor or shown.end_minor or any(shown.deals[name] for name in (*ADDED, *TAKEN, *BESIDE))):
        return []
    rows = [Row("begin", ("Open before", str(Money(shown.begin_minor, code)), ""))]
    for names, sign in ((ADDED, 1), (TAKEN, -1), (BESIDE, 1)):
        for name in names:
            title = f"({TITLES[name]})" if name in BESIDE else TITLES[name]
            amount = str(Money(sign * shown.amounts[name], code))
            rows.append(Row(name, (title, amount, str(len(shown.deals[name])))))
    rows.insert(1 + len(ADDED) + len(TAKEN), Row("end", ("Open after", str(Money(shown.end_minor, code)), "")))
    return rows
