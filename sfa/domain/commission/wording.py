"""A sentence for each line of a statement, in plain words (domain.md 1.11)."""

from sfa.domain.commission.events import Line, LineKind
from sfa.domain.money import Money

_SENTENCES = {
    LineKind.EARN: "{credit} credited for {event} earns {amount}.",
    LineKind.RETRO_TRUEUP: "{event} reaches a tier or gate that counts for earlier sales too: {amount} more for them.",
    LineKind.BONUS: "The bonus for {window} comes to {amount}.",
    LineKind.SPIFF: "The campaign pays {amount} for {event}.",
    LineKind.OVERRIDE: "{credit} credited to the team earns {amount}.",
    LineKind.CLAWBACK: "{event} takes back {amount}.",
    LineKind.RESTATEMENT: "What is known by now changes a closed period by {amount}.",
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


def sentence(line: Line, currency: str) -> str:
    """Return what a line says, with amounts in the currency."""
    facts = line.basis.facts()
    credit = facts.get("commission_credit_minor", 0)
    allowed = facts.get("allowed")
    return _SENTENCES[line.kind].format(
        amount=Money(line.amount_minor, currency),
        credit=Money(credit, currency) if isinstance(credit, int) else credit,
        event=line.event_id or "the period",
        window=facts.get("window", "the window"),
        reason=facts.get("reason") or "no reason given",
        condition=facts.get("condition", ""),
        found=facts.get("found") or "not given",
        allowed=" or ".join(map(str, allowed)) if isinstance(allowed, list) else "",
    )
