"""Quotas, and how far people have come: attainment of one, of those who report to somebody, of a territory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from sfa.domain.commission.boxes import Box
from sfa.domain.commission.plan import Component, Kind, Measure, Window
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import DEC6, PPM, AmountError, dec6, ppm
from sfa.errors import NotFoundError, UsageError
from sfa.services import commission_periods, commission_plans
from sfa.services.commission_access import reports_to, require_keeper, visible_people
from sfa.services.commission_book import HINT
from sfa.services.commission_runs import Calculation, calculate
from sfa.services.desk import Desk, Saved
from sfa.services.references import resolve

ALL_COMPONENTS: Final = ""


@dataclass(frozen=True, slots=True)
class QuotaView:
    """A quota that holds; amounts in minor units of the currency, quantities in millionths."""

    person_id: str
    person: str
    window: str
    component: str
    amount: int
    currency: str | None
    target_minor: int | None
    ramp_ppm: int
    score: int | None


@dataclass(frozen=True, slots=True)
class Wish:
    """A quota as it is typed; what is None stays as it was."""

    user: str
    window: str
    amount: str | None = None
    component: str = ""
    target: str | None = None
    ramp: str | None = None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far somebody has come in a window.

    Attributes:
        quota_minor: prorated by active days and ramp; 0 where none is set.
        reached_minor: what counts towards it; minor units, or millionths where a component counts units.
        is_money: whether both are amounts of money.
        of: `person`, `team` (with all beneath), or `territory`.
    """

    name: str
    of: str
    window: str
    component: str
    quota_minor: int
    reached_minor: int
    currency: str
    is_money: bool = True

    @property
    def reached_ppm(self) -> int | None:
        """Return the part of the quota that is reached; None where there is no quota."""
        return rounded(Fraction(self.reached_minor * PPM, self.quota_minor)) if self.quota_minor else None


def quotas(desk: Desk, user: str | None = None) -> list[QuotaView]:
    """Return the quotas that hold and may be seen here, of everybody or of one.

    Raises:
        NotFoundError: nobody is called so.
    """
    seen = visible_people(desk)
    wanted = resolve(desk, "user", user).id if user else None
    return [
        QuotaView(
            row["participant_id"],
            row["person"],
            row["period_code"],
            row["component_code"] or ALL_COMPONENTS,
            row["amount"],
            row["currency"],
            row["target_minor"],
            row["ramp_ppm"],
            row["score"],
        )
        for row in queries.quotas(desk.store)
        if row["participant_id"] in seen and wanted in (None, row["participant_id"])
    ]


def set_quota(desk: Desk, wish: Wish, *, is_dry_run: bool = False) -> Saved:
    """Set what somebody is to reach in a window; what was set before stays in the book behind it.

    Raises:
        NotAllowedError: somebody else sets quotas.
        NotFoundError: there is no such person, or no plan pays them.
        UsageError: the window, the component or the amount cannot be.
    """
    require_keeper(desk, "Setting a quota")
    person = resolve(desk, "user", wish.user)
    plan, component = _component(desk, person.id, person.label, wish.component)
    code = window_code(desk, wish.window)
    before: Row = next(
        (
            row
            for row in queries.quotas(desk.store)
            if (row["participant_id"], row["period_code"], row["component_code"] or "")
            == (person.id, code, wish.component)
        ),
        {},
    )
    if wish.amount is None and wish.score is None and wish.target is None and wish.ramp is None:
        raise UsageError("How much?", hint=f"sfa commission quota set {person.label} {code} 300k")
    is_money = component is None or component.measure.is_money
    amount = before.get("amount", 0)
    if wish.amount is not None:
        amount = commission_plans.money(wish.amount, plan.currency) if is_money else _figure(dec6, wish.amount)
        if amount < 0:
            raise UsageError("A quota is not below zero.")
    values: dict[str, Any] = {
        "participant_id": person.id,
        "period_code": code,
        "component_code": wish.component or None,
        "amount": amount,
        "currency": plan.currency if is_money else None,
        "target_minor": before.get("target_minor") if wish.target is None else commission_plans.money(wish.target, plan.currency),
        "ramp_ppm": before.get("ramp_ppm", PPM) if wish.ramp is None else _figure(ppm, wish.ramp),
        "score": before.get("score") if wish.score is None else _score(component, wish.score),
    }  # fmt: skip
    with desk.store.write("quota.set", is_dry_run=is_dry_run) as work:
        row_id = work.insert("comp_quota", {**values, "recorded_at": work.at})
        of = f" for {wish.component}" if wish.component else ""
        work.summary = (
            f"Set the quota of {person.label} in {code}{of} to {_told(amount, plan.currency, is_money=is_money)}"
        )
    return Saved(work.summary, None if is_dry_run else work.operation_id, row_id, is_dry_run=is_dry_run)


def _told(amount: int, currency: str, *, is_money: bool) -> str:
    from sfa.domain.money import Money  # noqa: PLC0415 - beside its only use

    return str(Money(amount, currency)) if is_money else f"{amount / DEC6:g}"


def _score(component: Component | None, text: str) -> int:
    """Return a rating in ppm, or the value of a KPI."""
    is_kpi = component is not None and component.measure == Measure.KPI
    return _figure(dec6, text) if is_kpi else _figure(ppm, text)


def _figure(read: Any, text: str) -> int:  # noqa: ANN401 - dec6 or ppm
    try:
        return int(read(text))
    except AmountError as error:
        raise UsageError(str(error)) from error


def _component(desk: Desk, person: str, label: str, code: str) -> tuple[commission_plans.PlanView, Component | None]:
    """Return the plan that pays somebody, and its component of a code."""
    codes = {row["code"] for row in queries.assignments(desk.store) if row["participant_id"] == person}
    found = [view for view in commission_plans.plans(desk) if view.code in codes]
    if not found:
        raise NotFoundError(f"{label} is paid by no plan.", hint=HINT)
    if not code:
        return found[-1], None
    for view in reversed(found):
        for component in view.plan.components:
            if component.code == code:
                return view, component
    known = ", ".join(dict.fromkeys(component.code for view in found for component in view.plan.components))
    raise UsageError(f"No plan of {label} has a component {code}.", hint=f"Components: {known}.")


def window_code(desk: Desk, text: str) -> str:
    """Return the code of a window as typed: `2026-03`, `2026-Q1`, `2026-H1`, `2026`.

    Raises:
        UsageError: it is none.
    """
    wanted = text.strip().upper()
    year = wanted[:4]
    if year.isdecimal() and len(year) == len("2026"):
        day = date(max(int(year), 2) - 1, 1, 1)
        for kind in Window:
            span = commission_periods.window(desk, kind, day)
            while span.start.year <= int(year) + 1:
                if span.id == wanted:
                    return span.id
                span = commission_periods.window(desk, kind, span.end)
    raise UsageError(f"“{text}” is no window.", hint="Write 2026-03, 2026-Q1, 2026-H1 or 2026.")


def attainment(desk: Desk, period: str = "") -> list[Attainment]:
    """Return how far everybody whose pay may be seen has come in the windows that hold a period's last day or today.

    Raises:
        NotFoundError: nobody is paid by a plan, or there is no such period.
        ConflictError: the facts do not fit together.
    """
    people = queries.people(desk.store)
    seen = visible_people(desk, people)
    found = calculate(desk, seen if len(seen) == 1 else None)
    span = commission_periods.find(found.book.case.calendar.periods, period, desk.today)
    day = min(max(desk.today, span.start), commission_periods.last_day(span))
    own = list(own_attainment(found, day, seen))
    return [*(one for _, one in own), *_teams(people, own), *_territories(desk, people, own)]


def own_attainment(found: Calculation, day: date, seen: Sequence[str]) -> list[tuple[str, Attainment]]:
    """Return how far some people have come in the windows that hold a day, by person."""
    ready, rows = found.ready, []
    for person in (one for one in ready.participants() if one in seen):
        for plan in ready.crediting.plans_of(person, day):
            for component in plan.components:
                if component.kind != Kind.EARNINGS or component.measure == Measure.KPI:
                    continue
                span = ready.case.calendar.window(component.window, day)
                quota = ready.targets.quota(person, plan, component, span).amount_minor
                boxes = [
                    box
                    for box in ready.credited.boxes.values()
                    if (box.participant, box.code, box.span.id) == (person, component.code, span.id)
                ]
                reached = sum(map(credit_of, boxes))
                is_money = component.measure.is_money
                one = Attainment(
                    found.book.name(person), "person", span.id, component.code, quota, reached, plan.currency, is_money
                )
                rows.append((person, one))
    return rows


def credit_of(box: Box) -> int:
    """Return what counts towards the quota in a window."""
    return sum(credit.quota_minor for stretch in box.stretches for credit in stretch.credits)


def _teams(people: dict[str, Row], own: Sequence[tuple[str, Attainment]]) -> list[Attainment]:
    managers = {row["manager_id"] for row in people.values() if row["manager_id"]}
    found = []
    for manager in sorted(managers, key=lambda one: people[one]["name"]):
        beneath = [one for person, one in own if person == manager or reports_to(people, person, manager)]
        found += _summed(f"{people[manager]['name']} and team", "team", beneath)
    return found


def _territories(desk: Desk, people: dict[str, Row], own: Sequence[tuple[str, Attainment]]) -> list[Attainment]:
    names = dict(desk.store.rows("SELECT id, name FROM territory WHERE deleted_at IS NULL ORDER BY name"))
    found = []
    for territory, name in names.items():
        rows = [one for person, one in own if people[person]["territory_id"] == territory]
        found += _summed(name, "territory", rows)
    return found


def _summed(name: str, of: str, rows: Sequence[Attainment]) -> list[Attainment]:
    """Add up what has the same window, component and currency; a sum of one says nothing new."""
    groups: dict[tuple[str, str, str, bool], list[Attainment]] = {}
    for row in rows:
        groups.setdefault((row.window, row.component, row.currency, row.is_money), []).append(row)
    return [
        Attainment(
            name, of, window, component, sum(row.quota_minor for row in own), sum(row.reached_minor for row in own),
            currency, is_money,
        )
        for (window, component, currency, is_money), own in groups.items()
        if len(own) > 1 or of == "territory"
    ]  # fmt: skip
