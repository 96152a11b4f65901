"""What somebody is measured by in a window: quota, ramp, and the part of it that they were active (domain.md 1.5)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sfa.domain.commission.case import Case, CaseError, QuotaRow
from sfa.domain.commission.earnings import Quota
from sfa.domain.commission.period import PeriodError, Target, prorate
from sfa.domain.commission.periods import Span
from sfa.domain.commission.plan import Component, OnChange, Plan, Proration
from sfa.domain.commission.rules import Rule

MIDDLE = 15
SATURDAY = 5


class Targets:
    """Quotas by participant, component and window, prorated."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows = {_key(row): row for row in case.quotas}
        if len(self._rows) < len(case.quotas):
            counts = Counter(map(_key, case.quotas))
            person, component, window = next(key for key, count in counts.items() if count > 1)
            raise CaseError(f"Two quotas are given for {person} {component} in {window}.")
        self._made: dict[tuple[str, str, int, str, str], Rule] = {}

    def rule(self, participant: str, plan: Plan, component: Component, span: Span) -> Rule:
        """Return how a component applies to a participant in a window."""
        key = (participant, plan.code, plan.version, component.code, span.id)
        if key not in self._made:
            said = {
                "plan": plan.code,
                "plan_version": plan.version,
                "currency": plan.currency,
                "window": span.id,
                "window_start": span.start.isoformat(),
                "window_end": span.end.isoformat(),
            }
            quota = self.quota(participant, plan, component, span)
            self._made[key] = Rule(participant, f"{plan.code}/{plan.version}", component, quota, said)
        return self._made[key]

    def quota(self, participant: str, plan: Plan, component: Component, span: Span) -> Quota:
        """Return the prorated quota of a participant in a window."""
        row = self._rows.get((participant, component.code, span.id)) or self._rows.get((participant, "", span.id))
        target = row.target_minor if row else None
        whole = Target(
            row.amount_minor if row else 0,
            component.target_minor if target is None else target,
            row.ramp_ppm if row else 1_000_000,
            component.period_cap_minor,
        )
        active, days = self._active(participant, plan, span)
        facts: tuple[tuple[str, object], ...] = (
            ("whole_quota_minor", whole.quota_minor),
            ("active", active),
            ("of", days),
            ("counted_in", plan.proration.value),
            ("ramp_ppm", whole.ramp_ppm),
        )
        return replace(prorate(whole, active, days), facts=facts)

    def _active(self, participant: str, plan: Plan, span: Span) -> tuple[int, int]:
        """Return the active days, months or working days of a window, and all of them."""
        counted = list(self._counted(plan.proration, span))
        if not counted:
            raise PeriodError(f"Window {span.id} has no day that {plan.proration} counts.")
        spells = [
            (max(row.starts, plan.valid_from), min(row.ends, plan.valid_to))
            if plan.on_change == OnChange.RESET
            else (row.starts, row.ends)
            for row in self._case.assignments
            if row.participant == participant and row.plan == plan.code
        ]
        away = [(row.starts, row.ends) for row in self._case.leaves if row.participant == participant]
        active = sum(1 for day in counted if _within(day, spells) and not _within(day, away))
        return active, len(counted)

    def _counted(self, kind: Proration, span: Span) -> Iterator[date]:
        for number in range((span.end - span.start).days):
            day = span.start + timedelta(number)
            is_working = day.weekday() < SATURDAY and day not in self._case.holidays
            if kind == Proration.DAYS or (day.day == MIDDLE if kind == Proration.FULL_MONTHS else is_working):
                yield day


def _key(row: QuotaRow) -> tuple[str, str, str]:
    return (row.participant, row.component, row.window)


def _within(day: date, spells: list[tuple[date, date]]) -> bool:
    return any(start <= day < end for start, end in spells)
