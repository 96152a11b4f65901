"""`sfa forecast`: what a period will bring by each method, how sure that is, and how the methods did before."""

from collections.abc import Sequence
from typing import Any

from typer._click.types import IntRange
from typer.core import TyperCommand

from sfa.cli.building import LazyGroup, argument, command, flag, form, lazily, option, output_options
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_rows, emit_table, is_terminal, say, tell
from sfa.domain.forecast.backtest import Score, Trial
from sfa.domain.forecast.book import DAY
from sfa.domain.forecast.interval import Interval
from sfa.domain.forecast.methods import METHODS, Forecast
from sfa.domain.forecast.submissions import Submission
from sfa.domain.money import Money
from sfa.services import forecast as service
from sfa.services.desk import Desk
from sfa.services.forecast import Record, Sheet

WIDEST_CHART = 100
SHARE_PLACES = 6
MARK = "*"
METHOD_COLUMNS = (
    "method", "is_baseline", "is_trusted", "point", "won", "open_deals", "new_deals", "p10", "p50", "p90", "interval",
    "reach_quota", "past_error", "currency",
)  # fmt: skip
SCORE_COLUMNS = (
    "method", "is_baseline", "trials", "wape", "mape", "bias", "coverage", "first_day_wape", "open_deals_wape",
    "currency",
)  # fmt: skip


class ForecastGroup(LazyGroup):
    """`sfa forecast` with its verbs; words that are no verb are a period: `sfa forecast 2026-Q3`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Put the verb `show` before anything that is neither a verb nor a call for help."""
        is_period = not args or args[0] not in (*self.makers, "-h", "--help")
        return super().parse_args(ctx, ["show", *args] if is_period else args)


def forecast() -> LazyGroup:
    """Return `sfa forecast`."""
    return ForecastGroup(
        "forecast",
        "What a period will bring (sfa forecast this quarter), how well the methods did (backtest), what you say (submit).",
        {"show": _show_command, "backtest": _backtest_command}
        | lazily({name: f"sfa.cli.forecast_submissions:{name}_command" for name in ("submit", "submissions")}),
    )


def _options() -> list[Any]:
    return [
        argument("words", is_required=False, is_many=True, shown="PERIOD", help="2026-Q1, 2026-03, this quarter (so if empty)."),
        option("--as-of", "as_of", help="With what was known at the end of that day."),
        option("--owner", "-o", "owner", help="Whose deals; with --roll-up everybody's below too."),
        flag("--roll-up", "is_rolled_up", help="With everybody below the owner."),
        option("--currency", "currency", default="", help="Which deals; those in others are left out."),
        option("--segment", "segment", default="", help="Tell conversion apart by owner, team, product, industry or size."),
    ]  # fmt: skip


def _show_command() -> TyperCommand:
    methods = option("--method", "-m", "method", default="all", help=f"all, or of: {', '.join(METHODS)}.")
    params = [*_options(), methods, *output_options()]
    return command("show", _show, params, "The forecast of a period: won so far, what open deals and new ones bring.")


def _backtest_command() -> TyperCommand:
    count = option("--periods", "periods", type=IntRange(min=1, max=20), default=service.TESTED, help="How many (4).")
    params = [*_options(), count, *output_options()]
    words = "How each method did in past periods with what was known then, beside baselines that need no method."
    return command("backtest", _backtest, params, words)


def _asked(desk: Desk, words: tuple[str, ...] | None, **more: Any) -> service.Asked:  # noqa: ANN401 - see service.ask
    return service.ask(desk, period=" ".join(words or ()), **more)


def _show(*, is_json: bool, is_csv: bool, **words: Any) -> None:  # noqa: ANN401 - see service.ask
    shape = form(is_json=is_json, is_csv=is_csv)
    desk = open_desk()
    try:
        found = service.sheet(desk, _asked(desk, **words))
    finally:
        desk.close()
    if shape == "json":
        emit_json(as_json(found))
    elif shape == "csv":
        code = found.asked.currency
        _emit_csv(METHOD_COLUMNS, [_method_json(item, code, found) for item in found.forecasts], code)
    else:
        _tell_sheet(found)


def _emit_csv(names: Sequence[str], rows: Sequence[dict[str, Any]], code: str) -> None:
    """Print one line for each method, with what its JSON says."""
    emit_rows([(name, name, "text") for name in names], [row | {"currency": code} for row in rows], "csv")


def money(minor: int | None, currency: str) -> str | None:
    """Return an amount as JSON has it."""
    return None if minor is None else Money(minor, currency).decimal_string()


def as_json(found: Sheet) -> dict[str, Any]:
    """Return a forecast as JSON: amounts as decimal strings of one currency."""
    code = found.asked.currency
    trusted = found.trusted
    return {
        "period": found.label,
        "from": found.asked.period.start.isoformat(),
        "to": (found.asked.period.end - DAY).isoformat(),
        "as_of": found.asked.day.isoformat(),
        "currency": code,
        "won": money(found.won_minor, code),
        "point": money(trusted.estimate.point_minor, code) if trusted else None,
        "trusted": {"method": found.trust.method, "reason": found.trust.reason},
        "categories": {name: money(minor, code) for name, minor in found.rolled_up.items()},
        "submitted": {name: _said_json(said, code) for name, said in found.submitted.items()},
        "quota": money(found.quota_minor, code),
        "attainment": _share(found.won_minor / found.quota_minor) if found.quota_minor else None,
        "open": money(found.open_minor, code),
        "coverage": _share(found.coverage),
        "methods": [_method_json(item, code, found) for item in found.forecasts],
        "left_out": [{"currency": other, "open_deals": count} for other, count in found.left_out],
    }


def _said_json(said: Submission, code: str) -> dict[str, Any]:
    amounts = {"amount": said.point_minor, "p10": said.low_minor, "p90": said.high_minor}
    return {name: money(minor, code) for name, minor in amounts.items()} | {"on": said.on.isoformat()}


def _method_json(found: Forecast, code: str, sheet: Sheet) -> dict[str, Any]:
    estimate, spread = found.estimate, found.interval
    return {
        "method": found.method.name,
        "is_baseline": found.method.is_naive,
        "is_trusted": found.method.name == sheet.trust.method,
        "point": money(estimate.point_minor, code),
        "won": money(estimate.won_minor, code),
        "open_deals": money(estimate.open_minor, code),
        "new_deals": money(estimate.new_minor, code),
        **_interval_json(spread, code),
        "reach_quota": _share(spread.reach),
        "past_error": _share(sheet.errors.get(found.method.name)),
        "what": found.method.words,
        "notes": list(estimate.notes),
    }


def _interval_json(spread: Interval, code: str) -> dict[str, Any]:
    told = {name: money(value, code) for name, value in (("p10", spread.p10), ("p50", spread.p50), ("p90", spread.p90))}
    return {**told, "interval": spread.how}


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, SHARE_PLACES)


def _tell_sheet(found: Sheet) -> None:
    code = found.asked.currency
    if found.is_empty:
        tell(f"No deals in {code} were known on {found.asked.day}: there is nothing to forecast from.")
        _tell_left_out(found)
        return
    say(f"{found.label}, as known on {found.asked.day}: {Money(found.won_minor, code)} won so far.")
    if (trusted := found.trusted) is not None:
        spread = trusted.interval
        say(
            f"{trusted.method.title}: {Money(trusted.estimate.point_minor, code)};"
            f" eight times in ten between {Money(spread.p10, code)} and {Money(spread.p90, code)}."
        )
        say(f"It is trusted because {found.trust.reason}.")
    say("")
    titles = ("", "Method", "Forecast", "P10", "P90", "Open deals", "New deals", "Past error")
    rows = [_row(item, found) for item in found.forecasts]
    emit_table(titles, rows, [False, False, True, True, True, True, True, True])
    say("")
    _tell_quota(found)
    _tell_left_out(found)
    if is_terminal():
        _draw(found)


def _tell_left_out(found: Sheet) -> None:
    for code, count in found.left_out:
        tell(f"{count:,} open deals in {code} are left out. See them: --currency {code}")


def _row(found: Forecast, sheet: Sheet) -> list[str]:
    code = sheet.asked.currency
    error = sheet.errors.get(found.method.name)
    amounts = (
        found.estimate.point_minor,
        found.interval.p10,
        found.interval.p90,
        found.estimate.open_minor,
        found.estimate.new_minor,
    )
    mark = MARK if found.method.name == sheet.trust.method else ""
    told = [str(Money(minor, code)) for minor in amounts]
    return [mark, found.method.title, *told, "" if error is None else f"{error:.0%}"]


def _tell_quota(found: Sheet) -> None:
    code = found.asked.currency
    rolled = ", ".join(f"{name} {Money(found.rolled_up[name], code)}" for name in service.ROLLED)
    say(f"Dated into the period: {rolled}.")
    if found.submitted:
        said = (
            f"{name.replace('_', ' ')} {Money(one.point_minor, code)} ({one.on})"
            for name, one in found.submitted.items()
        )
        say(f"Submitted: {', '.join(said)}.")
    if found.quota_minor is None:
        tell(f"No quota is set for it. Set one: sfa quota set NAME {found.label} 300k")
        return
    reach = found.trusted.interval.reach if found.trusted else None
    told = f"Quota {Money(found.quota_minor, code)}"
    told += f", {found.won_minor / found.quota_minor:.0%} reached: " if found.quota_minor else ": "
    told += "met." if found.coverage is None else f"open deals cover what is missing {found.coverage:.1f} times."
    say(told + (f" The chance to reach it: {reach:.0%}." if reach is not None else ""))


def _draw(found: Sheet) -> None:
    from rich.console import Console  # noqa: PLC0415 - for people alone

    from screens.widgets.chart import Bar, bar_lines  # noqa: PLC0415 - as above

    console, code = Console(highlight=False), found.asked.currency
    bars = [
        Bar(item.method.title, item.estimate.point_minor, str(Money(item.estimate.point_minor, code)))
        for item in found.forecasts
    ]
    console.print()
    for line in bar_lines(bars, min(console.width, WIDEST_CHART)):
        console.print(line)


def _backtest(*, is_json: bool, is_csv: bool, periods: int, **words: Any) -> None:  # noqa: ANN401 - see service.ask
    shape = form(is_json=is_json, is_csv=is_csv)
    desk = open_desk()
    try:
        found = service.backtest(desk, _asked(desk, **words), periods)
    finally:
        desk.close()
    if shape == "json":
        emit_json(record_json(found))
    elif shape == "csv":
        _emit_csv(SCORE_COLUMNS, [_score_json(score) for score in found.scores], found.asked.currency)
    else:
        _tell_record(found)


def record_json(found: Record) -> dict[str, Any]:
    """Return a backtest as JSON."""
    code = found.asked.currency
    return {
        "as_of": found.asked.day.isoformat(),
        "currency": code,
        "periods": list(found.labels),
        "trusted": {"method": found.trust.method, "reason": found.trust.reason},
        "methods": [_score_json(score) for score in found.scores],
        "trials": [_trial_json(trial, code) for trial in found.trials],
    }


def _score_json(score: Score) -> dict[str, Any]:
    return {
        "method": score.method,
        "is_baseline": METHODS[score.method].is_naive,
        "trials": score.trials,
        "wape": _share(score.wape),
        "mape": _share(score.mape),
        "bias": _share(score.bias),
        "coverage": _share(score.coverage),
        "first_day_wape": _share(score.first_wape),
        "open_deals_wape": _share(score.open_wape),
    }


def _trial_json(trial: Trial, code: str) -> dict[str, Any]:
    return {
        "from": trial.period.start.isoformat(),
        "to": (trial.period.end - DAY).isoformat(),
        "as_of": trial.seen_on.isoformat(),
        "days_over": trial.horizon,
        "actual": money(trial.actual_minor, code),
        "actual_open_deals": money(trial.actual_open_minor, code),
        "methods": [
            {
                "method": item.method,
                "point": money(item.point_minor, code),
                "open_deals": money(item.open_minor, code),
                **_interval_json(trial.intervals[item.method], code),
            }
            for item in trial.estimates
        ],
    }


def _tell_record(found: Record) -> None:
    if not found.trials:
        tell("There is no past period with closed deals to try methods on.")
        return
    say(f"{len(found.trials)} forecasts of {', '.join(found.labels)}, each with what was known on its day.")
    titles = ("", "Method", "Tried", "Error", "First day", "Bias", "In P10-P90", "")
    rows = [
        [
            MARK if score.method == found.trust.method else "",
            METHODS[score.method].title,
            str(score.trials),
            *(_percent(value) for value in (score.wape, score.first_wape, score.bias, score.coverage)),
            "baseline" if METHODS[score.method].is_naive else "",
        ]
        for score in found.scores
    ]
    emit_table(titles, rows, [False, False, True, True, True, True, True, False])
    say("")
    say(f"{METHODS[found.trust.method].title} is trusted because {found.trust.reason}.")


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"
