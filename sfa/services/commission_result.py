"""Statements of commission as plain data, each line with the explanation that recomputes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sfa.domain.commission.case import Case
from sfa.domain.commission.disputes import Dispute, check_disputes, obstacles
from sfa.domain.commission.events import Event, Line, LineKind
from sfa.domain.commission.run import ENGINE, Run, input_hash, output_hash
from sfa.domain.commission.statement import HOLDING, Statement
from sfa.domain.commission.whatif import Deal, Estimate, Estimator
from sfa.domain.commission.wording import sentence
from sfa.domain.money import Money

Plain = dict[str, Any]


def simulate(case: Case, disputes: Sequence[Dispute] = (), participant: str = "", deals: Sequence[Deal] = ()) -> Plain:
    """Run a case and return all that comes of it as plain data.

    Raises:
        CaseError, CreditError, PeriodError: the case does not fit together; the sentence says where.
    """
    events = list(case.events)
    by_id = {event.id: event for event in events}
    case = replace(case, events=events)
    ready = Run(case)
    statements = list(ready.statements())
    check_disputes(disputes, frozenset(key for statement in statements for key in statement.keys))
    found: Plain = {
        "engine": ENGINE,
        "statements": [_statement(case, statement, by_id) for statement in statements],
        "totals": _totals(statements),
        "periods": _periods(case, statements, disputes),
        "input_hash": input_hash(case),
        "output_hash": output_hash(statements),
    }
    if deals:
        estimator = Estimator(ready, participant)
        found["whatif"] = _estimate(estimator.estimate(deals), deals, participant, ready.currency(participant))
    return found


def _money(amount_minor: int, currency: str) -> str:
    return Money(amount_minor, currency).decimal_string()


def _statement(case: Case, statement: Statement, by_id: Mapping[str, Event]) -> Plain:
    currency = statement.currency
    rows = zip(statement.lines, statement.keys, statement.hashes[1:], strict=True)
    return {
        "participant": statement.participant,
        "period": statement.period.id,
        "status": statement.period.status.value,
        "currency": currency,
        "payable": _money(statement.payable_minor, currency),
        "payable_minor": statement.payable_minor,
        "totals": {
            "earned_minor": statement.earned_minor,
            "clawed_back_minor": statement.clawed_back_minor,
            "withheld_and_released_minor": statement.total(HOLDING),
            "recovered_and_carried_minor": statement.total([LineKind.OVERPAY_BALANCE]),
            "draws_minor": statement.total([LineKind.DRAW_ADVANCE, LineKind.DRAW_RECOVERY]),
            "forgiven_minor": statement.forgiven_minor,
        },
        "balances": [
            {
                "kind": balance.kind,
                "opening_minor": balance.opening,
                "increase_minor": balance.increase,
                "decrease_minor": balance.decrease,
                "closing_minor": balance.closing,
            }
            for balance in statement.balances
        ],
        "lines": [line_data(case, line, currency, by_id) | {"line_key": key, "hash": mark} for line, key, mark in rows],
        "hash": statement.hash,
    }


def line_data(case: Case, line: Line, currency: str, by_id: Mapping[str, Event]) -> Plain:
    """Return a line as plain data; `explain.sum` alone comes to its amount."""
    periods = case.calendar.periods
    explain = line.explain
    event = by_id.get(line.event_id)
    if event is not None:
        explain |= {
            "event_kind": event.kind.value,
            "net_minor": event.net_minor,
            "cost_minor": event.cost_minor,
            "event_currency": event.currency or currency,
        }
    return {
        "plan": line.rule,
        "component": line.component,
        "event": line.event_id,
        "kind": line.kind.value,
        "date": line.on.isoformat(),
        "earning_period": periods[line.earning].id,
        "posting_period": periods[line.posting].id,
        "amount": _money(line.amount_minor, currency),
        "amount_minor": line.amount_minor,
        "currency": currency,
        "is_memo": line.is_memo,
        "sentence": sentence(line, currency),
        "explain": explain,
    }


def _totals(statements: Iterable[Statement]) -> list[Plain]:
    """Return what each participant is paid over all periods, and what is left owed and held."""
    found: dict[str, Plain] = {}
    for statement in statements:
        row = found.setdefault(
            statement.participant,
            {
                "participant": statement.participant,
                "currency": statement.currency,
                "earned_minor": 0,
                "clawed_back_minor": 0,
                "payable_minor": 0,
            },
        )
        row["earned_minor"] += statement.earned_minor
        row["clawed_back_minor"] += statement.clawed_back_minor
        row["payable_minor"] += statement.payable_minor
        row["payable"] = _money(row["payable_minor"], statement.currency)
        row |= {f"{balance.kind}_minor": balance.closing for balance in statement.balances}
    return list(found.values())


def _periods(case: Case, statements: Sequence[Statement], disputes: Sequence[Dispute]) -> list[Plain]:
    """Return each statement period, and what keeps it from being closed."""
    found = []
    for period in case.calendar.periods:
        own = [statement for statement in statements if statement.period is period]
        against = [] if period.is_closed else obstacles(own, disputes)
        row = {"id": period.id, "from": period.start.isoformat(), "to": period.end.isoformat()}
        found.append({**row, "status": period.status.value, "obstacles": against})
    return found


def _estimate(estimate: Estimate, deals: Sequence[Deal], participant: str, currency: str) -> Plain:
    return {
        "participant": participant,
        "currency": currency,
        "deals": [
            {"id": deal.event.id, "alone_minor": alone, "probability_ppm": deal.probability_ppm}
            for deal, alone in zip(deals, estimate.alone_minor, strict=True)
        ],
        **estimate_json(estimate),
    }


def estimate_json(estimate: Estimate) -> dict[str, Any]:
    """Return what several sales would bring together, and how far the next tiers are."""
    return {
        "together_minor": estimate.together_minor,
        "expected_minor": estimate.expected_minor,
        "marginal_ppm": estimate.marginal_ppm,
        "next_tiers": [
            {
                "component": tier.component,
                "window": tier.window,
                "distance_minor": tier.distance_minor,
                "pays_minor": tier.pays_minor,
                "rate_ppm": tier.rate_ppm,
                "next_rate_ppm": tier.next_rate_ppm,
            }
            for tier in estimate.next_tiers
        ],
    }
