"""Forecasts of a period: what each method says, how sure it is, how it did before, and what is missing to the quota."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from db.queries import forecast as queries
from sfa.domain.forecast.backtest import PATHS, Score, Trial, Trust, run, scores, trusted
from sfa.domain.forecast.book import Deal, Period, Snapshot, owned, take
from sfa.domain.forecast.estimate import PPM, Task
from sfa.domain.forecast.methods import METHODS, Forecast, forecast
from sfa.domain.forecast.submissions import CATEGORIES, EVERYBODY, Scope, Submission, Submissions
from sfa.domain.forecast.totals import categories
from sfa.domain.near import near_words
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.forecast_book import known_until
from sfa.services.forecast_periods import MOST_PAST, day_of, label_of, past_of, period_of
from sfa.services.forecast_submissions import currency_named, said_until, scope_of

ALL = "all"
MOST_TRIED = 20
NOTHING_TRIED = trusted(())
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
        scope: whose deals count.
        segment: what conversion is told apart by; "": not at all.
    """

    period: Period
    day: date
    currency: str
    scope: Scope = EVERYBODY
    methods: tuple[str, ...] = tuple(METHODS)
    segment: str = ""

    @property
    def owners(self) -> Collection[str]:
        """Return the ids of the people whose deals count; none: everybody's."""
        return self.scope.owners


@dataclass(frozen=True, slots=True)
class Material:
    """What a forecast is made of, read from the book; everything after it needs no book.

    Attributes:
        label: what the period is called.
        everybody: all deals on the day.
        seen: those whose forecast it is.
        past: earlier periods of the same kind, the newest first, with what they are called.
        left_out: currency and number of open deals in other currencies.
    """

    asked: Asked
    label: str
    deals: Sequence[Deal] = field(repr=False)
    everybody: Snapshot
    seen: Snapshot
    past: Mapping[Period, str]
    said: Submissions
    quota_minor: int | None
    left_out: tuple[tuple[str, int], ...]

    @property
    def task(self) -> Task:
        """Return the question."""
        period, day = self.asked.period, self.asked.day
        past = tuple(self.past)[:MOST_PAST]
        return Task(self.seen, period, past, self.everybody, self.said.standing(period, day))


@dataclass(frozen=True, slots=True)
class Record:
    """How the methods did over past periods.

    Attributes:
        labels: what those periods are called.
        scores: the best method first.
    """

    asked: Asked
    labels: tuple[str, ...]
    trials: tuple[Trial, ...]
    scores: tuple[Score, ...]
    trust: Trust


@dataclass(frozen=True, slots=True)
class Sheet:
    """A forecast whole.

    Attributes:
        label: what the period is called.
        rolled_up: closed, commit, best and total of the deals dated into it, each holding the one before.
        quota_minor: what is to be reached, None where there is no quota.
        open_minor: open deals dated into the period.
        coverage: open deals over what is missing to the quota; None without a quota, or where it is met.
        submitted: by category, the number that people stand for.
        record: how the methods did over past periods; None while they are still compared.
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
    submitted: Mapping[str, Submission]
    record: Record | None
    left_out: tuple[tuple[str, int], ...]
    is_empty: bool = False

    @property
    def trust(self) -> Trust:
        """Return which method is trusted, and why."""
        return self.record.trust if self.record else NOTHING_TRIED

    @property
    def errors(self) -> dict[str, float | None]:
        """Return the error of each method over past periods."""
        return {score.method: score.wape for score in self.record.scores} if self.record else {}

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
    code = currency_named(desk, currency)
    scope = scope_of(desk, owner, is_rolled_up=is_rolled_up)
    return Asked(period_of(desk, period, day), day, code, scope, _methods(method), segment)


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


def read(desk: Desk, asked: Asked) -> Material:
    """Return everything that a forecast with its record is made of: nothing but what was known at the end of a day."""
    known = known_until(desk, asked.day, asked.currency, asked.segment)
    everybody = take(known.deals, asked.day)
    past = past_of(asked.period, asked.day, MOST_TRIED * 3)
    return Material(
        asked,
        label_of(desk, asked.period),
        known.deals,
        everybody,
        owned(everybody, asked.owners) if asked.owners else everybody,
        {period: label_of(desk, period) for period in past},
        said_until(desk, asked.day, asked.currency, asked.scope),
        quota_of(desk, asked),
        tuple((code, count) for code, count in known.others.most_common() if count),
    )


def compare(material: Material, count: int = TESTED, *, has_intervals: bool = False) -> Record:
    """Return how each method would have done in the last periods, as far back as anything was known.

    Args:
        material: what was read.
        count: how many periods.
        has_intervals: also tell how often outcomes lay in the intervals, which takes twice as long.
    """
    asked, past = material.asked, tuple(material.past)[: count * 3]
    first = min((deal.created_on for deal in material.deals), default=asked.day)
    tried = [period for period in past[:count] if period.end > first]
    earlier = {period: tuple(other for other in past if other.end <= period.start) for period in tried}
    trials = run(material.deals, tried, earlier, asked.day, material.said, PATHS if has_intervals else 0)
    found = scores(trials)
    labels = tuple(material.past[period] for period in dict.fromkeys(trial.period for trial in trials))
    return Record(asked, labels, tuple(trials), tuple(found), trusted(found))


def sheet_of(material: Material, record: Record | None) -> Sheet:
    """Return the forecast that material makes, with its record once that is known."""
    names = material.asked.methods
    if record and record.trust.method not in names:
        names = (*names, record.trust.method)
    return replace(_plain(material, names), record=record)


def sheet(desk: Desk, asked: Asked) -> Sheet:
    """Return the forecast of a period with nothing but what was known at the end of a day."""
    material = read(desk, asked)
    return sheet_of(material, compare(material))


def backtest(desk: Desk, asked: Asked, periods: int = TESTED) -> Record:
    """Return how each method would have done in the last periods before the one asked for, intervals too."""
    return compare(read(desk, asked), periods, has_intervals=True)


def outlook(desk: Desk, periods: Sequence[Asked]) -> list[Sheet]:
    """Return sheets of several periods by the deals' own probabilities alone, which is quick."""
    first = read(desk, periods[0])
    found = []
    for asked in periods:
        quota = first.quota_minor if asked is periods[0] else quota_of(desk, asked)
        found.append(_plain(replace(first, asked=asked, label=label_of(desk, asked.period), quota_minor=quota)))
    return found


def _plain(material: Material, methods: Sequence[str] = ("weighted",)) -> Sheet:
    asked, task, quota = material.asked, material.task, material.quota_minor
    open_minor = sum(deal.value_minor or 0 for deal in task.seen.due(asked.period))
    missing = max((quota or 0) - task.won_minor, 0)
    standing = {name: material.said.standing(asked.period, asked.day, name) for name in CATEGORIES}
    return Sheet(
        asked,
        material.label,
        tuple(forecast(task, methods, quota)),
        categories(task),
        task.won_minor,
        quota,
        open_minor,
        open_minor / missing if missing else None,
        {name: found for name, found in standing.items() if found is not None},
        None,
        material.left_out,
        not material.deals,
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
