"""What is refused before a plan is used: gaps, overlaps, cycles, bounded last tiers (domain.md 1.3)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sfa.domain.commission.plan import (
    Component,
    Function,
    Kind,
    Measure,
    Mode,
    Plan,
    PlanError,
    Threshold,
    Tier,
    Trigger,
)
from sfa.domain.figures import PPM

MOST_MONTHS = 1200


def check(plan: Plan) -> Plan:
    """Return the plan.

    Raises:
        PlanError: a component is at fault, or gates wait for each other.
    """
    if plan.valid_to <= plan.valid_from:
        raise PlanError(f"valid_to {plan.valid_to} is not after valid_from {plan.valid_from}.", part="valid_to")
    codes = [component.code for component in plan.components]
    for component in plan.components:
        if codes.count(component.code) > 1:
            raise PlanError("its code is used twice.", component.code, "code")
        _check_component(component)
    for component in in_order(plan):
        if component.gate:
            _check_gate(component, next(one for one in plan.components if one.code == component.gate))
    return plan


def _check_gate(component: Component, gate: Component) -> None:
    """A gate has an attainment, and keeps it for as long as the component behind it adds up."""
    if gate.kind not in {Kind.EARNINGS, Kind.OVERRIDE_REVENUE}:
        raise PlanError(f"its gate “{gate.code}” is a {gate.kind}, which has no attainment.", component.code, "gate")
    measured = component.gate_window or gate.window
    if measured.months < component.window.months:
        wanted = f"gate_window = “{component.window}” or longer"
        raise PlanError(
            f"its gate is measured by the {measured}, and it by the {component.window}; it needs {wanted}.",
            component.code,
            "gate_window" if component.gate_window else "gate",
        )


def in_order(plan: Plan) -> list[Component]:
    """Return the components, each behind the one that its gate waits for.

    Raises:
        PlanError: a gate names no component, or gates wait for each other.
    """
    by_code = {component.code: component for component in plan.components}
    found: dict[str, Component] = {}
    for component in plan.components:
        trail: list[str] = []
        for behind in _behind(component, by_code, trail):
            found.setdefault(behind.code, behind)
    return list(found.values())


def _behind(component: Component, by_code: dict[str, Component], trail: list[str]) -> Iterator[Component]:
    if component.code in trail:
        circle = " → ".join([*trail[trail.index(component.code) :], component.code])
        raise PlanError(f"its gate waits for itself: {circle}.", component.code, "gate")
    trail.append(component.code)
    if component.gate:
        if component.gate not in by_code:
            raise PlanError(f"its gate “{component.gate}” is no component of the plan.", component.code, "gate")
        yield from _behind(by_code[component.gate], by_code, trail)
    yield component


def _check_component(component: Component) -> None:
    _check_sizes(component)
    if component.kind == Kind.SPIFF:
        _check_campaign(component)
    elif component.kind != Kind.BONUS:
        _check_function(component)
    _check_words(component)
    for index, (before, after) in enumerate(pairwise(component.decay), 1):
        if after.until_day <= before.until_day:
            raise PlanError(
                f"decay step {index + 1} ends no later than the one before.", component.code, "decay", index
            )


def _check_function(component: Component) -> None:
    if component.function == Function.CURVE:
        _check_curve(component)
    elif component.function == Function.MATRIX:
        _check_matrix(component)
    else:
        _check_tiers(component.tiers, component.code, list(range(len(component.tiers))))


def _check_words(component: Component) -> None:
    """Refuse what does not go together."""
    above_alone = component.threshold_ppm and component.threshold_mode != Threshold.GATE
    is_amount = component.function in {Function.INTERPOLATED, Function.CURVE}
    cap = component.attainment_cap_ppm
    refused = {
        "attainment_cap_ppm": cap is not None
        and cap < component.threshold_ppm
        and "it lies below threshold_ppm, so that nothing would ever be paid.",
        "threshold_mode": above_alone
        and not component.is_joint
        and component.mode == Mode.PER_EVENT
        and "a threshold that pays above only needs mode = “cumulative”.",
        "trigger": component.measure == Measure.PAID
        and component.trigger != Trigger.PAYMENT
        and "measure = “paid” needs trigger = “payment”.",
        "rates": component.rates
        and (is_amount or any(tier.retro for tier in component.tiers))
        and "rates of products need a rate in every tier, and no retroactive one.",
        "refundable_cap": component.refundable_cap
        and component.period_cap_minor is None
        and "a refundable cap needs period_cap_minor.",
        "release": not 1 <= component.release.parts <= MOST_MONTHS and f"a release has 1 to {MOST_MONTHS} parts.",
        "after_months": not 0 <= component.release.after_months <= MOST_MONTHS
        and f"a release begins at most {MOST_MONTHS} months later.",
        "depth": component.depth < 1 and "depth is at least 1.",
        "gate_window": component.gate_window and not component.gate and "gate_window needs a gate.",
    }
    for part, sentence in refused.items():
        if sentence:
            raise PlanError(str(sentence), component.code, part)
    for index, rule in enumerate(component.rates):
        if bool(rule.product) == bool(rule.category):
            raise PlanError(f"rate {index + 1} needs a product or a category.", component.code, "rates", index)


def _check_campaign(component: Component) -> None:
    campaign = component.campaign
    if bool(campaign.amount_minor) == bool(campaign.rate_ppm):
        raise PlanError("a campaign pays amount_minor or rate_ppm.", component.code, "campaign")
    if campaign.ends <= campaign.starts:
        raise PlanError("its campaign ends no later than it starts.", component.code, "campaign")


def _check_sizes(component: Component) -> None:
    shares = {
        "threshold_ppm": component.threshold_ppm,
        "event_cap_minor": component.event_cap_minor,
        "period_cap_minor": component.period_cap_minor,
        "attainment_cap_ppm": component.attainment_cap_ppm,
        "weight_ppm": component.weight_ppm,
        "holdback_ppm": component.holdback_ppm,
        "gate_ppm": component.gate_ppm,
        "review_over_minor": component.review_over_minor,
        "most_ppm": component.most_ppm,
    }
    for part, value in shares.items():
        if value is not None and value < 0:
            raise PlanError(f"{part} must not be negative.", component.code, part)
    if component.holdback_ppm > PPM:
        raise PlanError("holdback_ppm must not be over 1000000.", component.code, "holdback_ppm")


def _check_tiers(tiers: Sequence[Tier], code: str, places: Sequence[int], part: str = "tiers") -> None:
    """Tiers are contiguous from 0, and the last is open."""
    if not tiers:
        raise PlanError("it has no tiers.", code, part)
    if tiers[0].lo != 0:
        raise PlanError(f"tier {places[0] + 1} starts at {tiers[0].lo}, not at 0.", code, part, places[0])
    for place, tier in zip(places, tiers, strict=True):
        if tier.hi is not None and tier.hi <= tier.lo:
            raise PlanError(f"tier {place + 1} ends at {tier.hi}, which is not above its start.", code, part, place)
    for place, (before, after) in zip(places[1:], pairwise(tiers), strict=True):
        if before.hi is None:
            raise PlanError(f"tier {place + 1} stands behind an open tier.", code, part, place)
        if after.lo > before.hi:
            raise PlanError(
                f"there is a gap from {before.hi} to {after.lo} before tier {place + 1}.", code, part, place
            )
        if after.lo < before.hi:
            raise PlanError(f"tier {place + 1} overlaps the one before, which ends at {before.hi}.", code, part, place)
    if tiers[-1].hi is not None:
        raise PlanError(f"the last tier ends at {tiers[-1].hi}; it must be open.", code, part, places[-1])


def _check_matrix(component: Component) -> None:
    """The bands are contiguous from 0, and so are the tiers within each."""
    cells: dict[tuple[int, int | None], list[int]] = {}
    for index, tier in enumerate(component.tiers):
        cells.setdefault((tier.band_lo, tier.band_hi), []).append(index)
    bands = sorted(cells, key=lambda band: band[0])
    for places in cells.values():
        _check_tiers([component.tiers[place] for place in places], component.code, places)
    _check_tiers([Tier(lo, hi) for lo, hi in bands], component.code, [cells[band][0] for band in bands], "tiers")


def _check_curve(component: Component) -> None:
    code = component.code
    if not component.points:
        raise PlanError("its curve has no points.", code, "points")
    for index, (before, after) in enumerate(pairwise(component.points), 1):
        if after.attainment_ppm <= before.attainment_ppm:
            raise PlanError(f"point {index + 1} does not lie to the right of the one before.", code, "points", index)
    if component.mode == Mode.PER_EVENT:
        raise PlanError("a curve needs mode = “cumulative”.", code, "mode")
