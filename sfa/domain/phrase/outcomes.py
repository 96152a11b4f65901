"""Takes what came of an activity: the first outcome by rank, turned around behind a negation."""

from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.outcome_words import HAN_NOT, NOT, OUTCOMES, PLAIN, RANKS, TURNED
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.values import Act

_REACH = 2


def take_outcome(clause: Clause, act: Act) -> None:
    """Take the outcome that says most; the words of the others stay in the note."""
    found: list[tuple[int, int, int, str]] = []
    at = clause.first
    while at < clause.after:
        after = clause.phrase_at(at, OUTCOMES)
        if after:
            outcome = OUTCOMES[phrase(clause.scan, at, after)]
            if _is_negated(clause, at):
                outcome = TURNED.get(outcome, "")
            if outcome:
                found.append((_rank(outcome), at, after, outcome))
        at = after or at + 1
    if not found:
        return
    act.outcome = min(found)[3]
    for _, first, after, outcome in found:
        if outcome in PLAIN:
            if clause.word(after) == "了":
                clause.drop("outcome", after, after + 1)
            clause.take("outcome", first, after, outcome)
        elif outcome == act.outcome and not clause.has("outcome"):
            clause.take("outcome", first, after, outcome, "kept")


def _rank(outcome: str) -> int:
    if outcome in RANKS:
        return RANKS.index(outcome)
    return len(RANKS) + (outcome == "connected")


def _is_negated(clause: Clause, at: int) -> bool:
    scan = clause.scan
    if scan.kinds[at] == HAN:
        return clause.is_free(at - 1) and scan.touches(at) and scan.words[at - 1] in HAN_NOT
    return any(clause.word(before) in NOT for before in range(max(clause.first, at - _REACH), at))
