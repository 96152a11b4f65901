"""Disputes about lines, and what keeps a period from being closed (domain.md 1.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sfa.domain.commission.case import CaseError
from sfa.domain.commission.events import LineKind
from sfa.domain.commission.statement import Statement


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def is_settled(self) -> bool:
        """Return whether it is over."""
        return self not in {DisputeStatus.OPEN, DisputeStatus.IN_REVIEW}


_NEXT = {
    DisputeStatus.OPEN: {DisputeStatus.IN_REVIEW, DisputeStatus.WITHDRAWN},
    DisputeStatus.IN_REVIEW: {DisputeStatus.ACCEPTED, DisputeStatus.REJECTED, DisputeStatus.WITHDRAWN},
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a participant claims for a line.

    Attributes:
        line: key of the line; `resolution`: key of the line that settles an accepted dispute.
        reason: why it is disputed; `answer`: why it was rejected or withdrawn.
        is_deferred: whether the period may be closed all the same.
        due: the day from which on it goes to the plan's owner.
    """

    id: str
    line: str
    claimed_minor: int
    reason: str
    status: DisputeStatus = DisputeStatus.OPEN
    resolution: str = ""
    answer: str = ""
    is_deferred: bool = False
    due: date = date.max


def may_become(dispute: Dispute, status: DisputeStatus) -> bool:
    """Return whether a dispute may take a status next."""
    return status in _NEXT.get(dispute.status, set())


def check_disputes(disputes: Sequence[Dispute], keys: frozenset[str]) -> None:
    """Refuse disputes that cannot be.

    Args:
        disputes: all of them.
        keys: the keys of all lines.

    Raises:
        CaseError: a line is not there, an accepted one points to none, or a rejected one has no answer.
    """
    for dispute in disputes:
        if dispute.line not in keys:
            raise CaseError(f"Dispute {dispute.id} is about a line that is not there: {dispute.line}.")
        if not dispute.reason:
            raise CaseError(f"Dispute {dispute.id} has no reason.")
        if dispute.status == DisputeStatus.ACCEPTED and dispute.resolution not in keys:
            raise CaseError(f"Dispute {dispute.id} is accepted and must point to the line that settles it.")
        if dispute.status in {DisputeStatus.REJECTED, DisputeStatus.WITHDRAWN} and not dispute.answer:
            raise CaseError(f"Dispute {dispute.id} is {dispute.status} and must keep its reason: answer.")


def escalated(disputes: Sequence[Dispute], today: date) -> list[Dispute]:
    """Return the disputes that are overdue, and go to the plan's owner."""
    return [dispute for dispute in disputes if not dispute.status.is_settled and dispute.due <= today]


def obstacles(
    statements: Sequence[Statement],
    disputes: Sequence[Dispute],
    acknowledged: frozenset[str] = frozenset(),
    calculator: str = "",
    approver: str = "",
) -> list[str]:
    """Return what keeps the period of some statements from being closed, a sentence each.

    Args:
        statements: those of the period.
        disputes: all of them.
        acknowledged: keys of memos that somebody has seen.
        calculator: who made the statements.
        approver: who approved them.
    """
    keys = {key for statement in statements for key in statement.keys}
    found = [
        f"Dispute {dispute.id} is {dispute.status}; settle or defer it."
        for dispute in disputes
        if dispute.line in keys and not dispute.status.is_settled and not dispute.is_deferred
    ]
    for statement in statements:
        for key, line in zip(statement.keys, statement.lines, strict=True):
            if line.kind == LineKind.NO_QUOTA and key not in acknowledged:
                found.append(f"{line.participant} has no quota for {line.component}; set one, or acknowledge the memo.")
    if calculator and calculator == approver:
        found.append(f"{calculator} calculated it and cannot approve it.")
    return found
