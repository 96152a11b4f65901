"""Forecasts of a period: what each method says, how sure it is, how it did before, and what is missing to the quota."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.queries import forecast as queries
from sfa.domain.forecast.backtest import Score, Trial, Trust, run, scores, trusted
from sfa.domain.forecast.book import Deal, Period, Snapshot, owned, take
from sfa.domain.forecast.estimate import PPM, Task
from sfa.domain.forecast.methods import METHODS, Forecast, forecast
from sfa.domain.forecast.totals import categories
from sfa.domain.near import near_words
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.forecast_book import deals_until
from sfa.services.forecast_periods import day_of, label_of, past_of, period_of
from sfa.services.report_request import owners_of

ALL = "all"
TESTED = 4
"""Past periods that methods are compared by, of those on record."""
DRILLED = 500
"""Deals that a method's number opens into at most, the weightiest first."""
ROLLED = ("closed", "commit", "best", "total")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a forecast is asked for.

    Attributes:
        day: what was known at its end counts.
        owners: ids of the people whose deals count; none: everybody's.
        segment: what conversion is told apart by; "": not at all.
    """

    period: Period
    day: date
    currency: str
    owners: tuple[str, ...] = ()
    owner_name: str = ""
    methods: tuple[str, ...] = tuple(METHODS)
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A forecast whole.

    Attributes:
        label: what the period is called.
        rolled_up: closed, commit, best and total of the deals dated into it, each holding the one before.
        quota_minor: what is to be reached, None where there is no quota.
        open_minor: open deals dated into the period.
        coverage: open deals over what is missing to the quota; None without a quota, or where it is met.
        scores: how the methods did over past periods, the best first.
        left_out: currency and number of open deals in other currencies.
    """

    asked: Asked
    label: str
    forecasts: tuple[Forecast, ...]
    rolled_up: dict[str, int]
    won_minor: int
    quota_minor: int | None
    open_minor: int
    coverage: float | None
    trust: Trust
    scores: tuple[Score, ...]
    left_out: tuple[tuple[str, int], ...]

    @property
    def trusted(self) -> Forecast | None:
        """Return what the trusted method says."""
        return next((found for found in self.forecasts if found.method.name == self.trust.method), None)


def ask(
    desk: Desk,
    *,
    period: str = "",
    as_of: str | None = None,
    method: str = ALL,
    owner: str | None = None,
    is_rolled_up: bool = False,
    currency: str = "",
    segment: str = "",
) -> Asked:
    """Return what words ask for.

    Raises:
        UsageError: words that are no period, day, method or segment.
        NotFoundError: nobody is called like the owner.
    """
    day = day_of(desk, as_of)
    if day > desk.today:
        raise UsageError(f"Nothing is known yet of {day}.", hint="Give --as-of a day that has passed, or leave it out.")
    owners = owners_of(desk, owner, is_rolled_up=is_rolled_up) if owner else ()
    return Asked(
        period_of(desk, period, day),
        day,
        currency.upper() or desk.currency,
        tuple(found for found, _ in owners),
        owner or "",
        _methods(method),
        segment,
    )


def _methods(text: str) -> tuple[str, ...]:
    names = [name.strip().lower().replace("-", "_") for name in text.split(",") if name.strip()]
    if not names or names == [ALL]:
        return tuple(METHODS)
    for name in names:
        if name not in METHODS:
            near = near_words(name, list(METHODS))
            hint = f"Did you mean {' or '.join(near)}?" if near else f"One of: {ALL}, {', '.join(METHODS)}."
            raise UsageError(f"There is no method {name}.", hint=hint)
    return tuple(names)


def sheet(desk: Desk, asked: Asked) -> Sheet:
    """Return the forecast of a period with nothing but what was known at the end of a day."""
    deals = deals_until(desk, asked.day, asked.currency, asked.segment)
    everybody = take(deals, asked.day)
    task = Task(_part(everybody, asked), asked.period, past_of(asked.period, asked.day), everybody)
    quota = quota_of(desk, asked)
    found = scores(trials_of(deals, asked))
    trust = trusted(found)
    names = asked.methods if trust.method in asked.methods else (*asked.methods, trust.method)
    made = forecast(task, names, quota)
    others = queries.other_currencies(desk.store, asked.currency, desk.currency)
    return replace(
        _plain(desk, asked, everybody),
        forecasts=tuple(made),
        trust=trust,
        scores=tuple(found),
        left_out=tuple((str(code), int(count)) for code, count in others),
    )


def outlook(desk: Desk, periods: Sequence[Asked]) -> list[Sheet]:
    """Return sheets of several periods by the deals' own probabilities alone, which is quick."""
    first = periods[0]
    deals = deals_until(desk, first.day, first.currency)
    everybody = take(deals, first.day)
    return [_plain(desk, asked, everybody) for asked in periods]


def _plain(desk: Desk, asked: Asked, everybody: Snapshot) -> Sheet:
    task = Task(_part(everybody, asked), asked.period, (), everybody)
    quota = quota_of(desk, asked)
    open_minor = sum(deal.value_minor or 0 for deal in task.seen.open if deal.is_due(asked.period))
    missing = max((quota or 0) - task.won_minor, 0)
    return Sheet(
        asked,
        label_of(desk, asked.period),
        tuple(forecast(task, ("weighted",), quota)),
        categories(task),
        task.won_minor,
        quota,
        open_minor,
        open_minor / missing if missing else None,
        trusted(()),
        (),
        (),
    )


def currencies(desk: Desk, *, is_mine: bool) -> list[str]:
    """Return the currencies of one's own deals, or of everybody's: the desk's own first, then the most frequent."""
    if is_mine and desk.user_id is None:
        return []
    found = [str(row[0]) for row in queries.currencies(desk.store, desk.currency, desk.user_id if is_mine else None)]
    return sorted(found, key=lambda code: code != desk.currency)


def deal_names(desk: Desk, ids: Sequence[str]) -> dict[str, tuple[str, str, str | None, str | None]]:
    """Return name, reference, account and owner of deals by id."""
    return queries.names(desk.store, ids)


def _part(seen: Snapshot, asked: Asked) -> Snapshot:
    return owned(seen, asked.owners) if asked.owners else seen


@dataclass(frozen=True, slots=True)
class Record:
    """How the methods did over past periods."""

    asked: Asked
    labels: tuple[str, ...]
    trials: tuple[Trial, ...]
    scores: tuple[Score, ...]
    trust: Trust


def backtest(desk: Desk, asked: Asked, periods: int = TESTED) -> Record:
    """Return how each method would have done in the last periods before the one asked for."""
    deals = deals_until(desk, asked.day, asked.currency, asked.segment)
    trials = trials_of(deals, asked, periods)
    found = scores(trials)
    told = dict.fromkeys(trial.period for trial in trials)
    labels = tuple(label_of(desk, period) for period in told)
    return Record(asked, labels, tuple(trials), tuple(found), trusted(found))


def trials_of(deals: Sequence[Deal], asked: Asked, count: int = TESTED) -> list[Trial]:
    """Return forecasts of the last periods that were over on the day, as far back as anything was closed."""
    first = min((deal.created_on for deal in deals), default=asked.day)
    past = past_of(asked.period, asked.day, count * 3)
    tried = [period for period in past[:count] if period.end > first]
    earlier = {period: tuple(other for other in past if other.end <= period.start) for period in tried}
    return run(deals, tried, earlier, asked.day, asked.owners)


def quota_of(desk: Desk, asked: Asked) -> int | None:
    """Return the quota of the people asked for in minor units, as known on the day; None where nobody has one.

    Of several quotas of a person the one without a component counts, else the largest.
    """
    after = (asked.day + timedelta(days=1)).isoformat()
    label = label_of(desk, asked.period)
    rows = queries.quotas(desk.store, label, asked.currency, after)
    whole: dict[str, list[tuple[bool, int]]] = {}
    for participant, component, amount, ramp in rows:
        if not asked.owners or participant in asked.owners:
            whole.setdefault(participant, []).append((component is None, amount * ramp // PPM))
    return sum(max(found)[1] for found in whole.values()) if whole else None
