"""A sentence for each line of a statement, in plain words (domain.md 1.11)."""

from collections.abc import Mapping

from sfa.domain.commission.events import Line, LineKind
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money

_SENTENCES = {
    LineKind.EARN: "{credit} credited for {event} earns {amount}.",
    LineKind.RETRO_TRUEUP: "{event} reaches a tier or gate that counts for earlier sales too: {amount} more for them.",
    LineKind.BONUS: "The bonus for {window} comes to {amount}.",
    LineKind.SPIFF: "The campaign pays {amount} for {event}.",
    LineKind.OVERRIDE: "{credit} credited to the team earns {amount}.",
    LineKind.CLAWBACK: "{event} takes back {amount}.",
    LineKind.RESTATEMENT: "By what is known now a closed period comes to {target} instead of {posted}: {amount}.",
    LineKind.MANUAL_ADJ: "Adjusted by {amount}: {reason}.",
    LineKind.HOLDBACK_WITHHOLD: "{amount} of {event} is held back.",
    LineKind.HOLDBACK_RELEASE: "{amount} of what was held back of {event} is let go.",
    LineKind.OVERPAY_BALANCE: "{amount} of what was overpaid is carried on or recovered.",
    LineKind.DRAW_ADVANCE: "{amount} is advanced up to the guarantee.",
    LineKind.DRAW_RECOVERY: "{amount} is recovered of earlier advances.",
    LineKind.CAP_WITHHELD: "A cap withholds {amount}.",
    LineKind.NO_QUOTA: "Nothing is paid: no quota is set for {window}.",
    LineKind.NOT_ELIGIBLE: "{event} does not count: {condition} is {found}, and must be {allowed}.",
}

_WAITING = "{credit} credited for {event} earns nothing yet: {gate} has not reached {gate_share} of its quota."
_BELOW = "{credit} credited for {event} earns nothing yet: {threshold} of the quota is not reached."
_LESS = "{event} reaches or leaves a tier or gate that counts for earlier sales too: {amount} for them."


def sentence(line: Line, currency: str) -> str:
    """Return what a line says, with amounts in the currency."""
    facts = line.basis.facts()
    credit = facts.get("commission_credit_minor", 0)
    allowed = facts.get("allowed")
    return _template(line, facts).format(
        amount=Money(line.amount_minor, currency),
        credit=Money(credit, currency) if isinstance(credit, int) else credit,
        event=line.event_id or "the period",
        window=facts.get("window", "the window"),
        reason=facts.get("reason") or "no reason given",
        target=_money(facts.get("target_minor"), currency),
        posted=_money(facts.get("posted_minor"), currency),
        gate=facts.get("gate", ""),
        gate_share=_percent(facts.get("gate_ppm")),
        threshold=_percent(facts.get("threshold_ppm")),
        condition=facts.get("condition", ""),
        found=facts.get("found") or "not given",
        allowed=" or ".join(map(str, allowed)) if isinstance(allowed, list) else "",
    )


def _template(line: Line, facts: Mapping[str, object]) -> str:
    if line.kind == LineKind.RETRO_TRUEUP and line.amount_minor < 0:
        return _LESS
    if line.kind == LineKind.EARN and line.amount_minor == 0 and facts.get("commission_credit_minor"):
        reached, threshold = facts.get("attainment_after_ppm"), facts.get("threshold_ppm")
        if isinstance(reached, int) and isinstance(threshold, int) and reached < threshold:
            return _BELOW
        if facts.get("is_open") is False:
            return _WAITING
    return _SENTENCES[line.kind]


def _percent(share_ppm: object) -> str:
    return f"{from_dec6(share_ppm * 100)} %" if isinstance(share_ppm, int) else ""


def _money(amount: object, currency: str) -> str:
    return str(Money(amount, currency)) if isinstance(amount, int) else ""
