"""Finds names elsewhere in a clause: those of the book, and people behind `with`, `to`, `met`, 给; their words stay in the text."""

from sfa.domain.phrase.clause import Clause
from sfa.domain.phrase.name_words import JOINTS, NO_NAMES, NO_PEOPLE, PLACES
from sfa.domain.phrase.people import ROLES, Name, add_name, known_name, read_company, read_name
from sfa.domain.phrase.scan import HAN, WORD
from sfa.domain.phrase.values import Act

_HAN_LEADS = frozenset("给跟和与向找见")


def read_strays(clause: Clause, act: Act, at: int, *, is_sent: bool = False) -> None:
    """Find names of the book elsewhere in the clause, and people behind `with` and `met`; their words stay in the text.

    Args:
        clause: what is read.
        act: gets people and company.
        at: where to begin.
        is_sent: whether the verb is one of sending, so that a name behind `to` is a person's.
    """
    scan = clause.scan
    while at < clause.after:
        if clause.is_free(at) and (
            scan.kinds[at] == WORD or (scan.kinds[at] == HAN and (_is_led(clause, at) or not _is_in_run(clause, at)))
        ):
            name = _stray(clause, act, at, is_sent=is_sent)
            if name is not None:
                add_name(clause, act, name, "account" if _is_parted_at(clause, name, at) else "named")
                at = max(read_company(clause, act, name.after, "named"), at + 1)
                continue
        at += 1


def _stray(clause: Clause, act: Act, at: int, *, is_sent: bool) -> Name | None:
    before = clause.scan.words[at - 1] if at > clause.first else ""
    is_small = not clause.scan.is_capital(at) and clause.scan.kinds[at] == WORD
    if clause.scan.words[at] in NO_NAMES:
        return None
    name = known_name(clause, at)
    if name is not None:
        is_person = name.noun not in ("account", "opportunity")
        if (
            is_person
            and is_small
            and name.after == at + 1
            and before not in ("with", "to", "for", "and", "ask", "remind")
        ):
            return None
        return None if (name.noun == "account" and act.company) or (name.noun == "opportunity" and act.deal) else name
    is_open = (
        is_sent or clause.scan.words[at - 2] in ROLES or clause.scan.words[at - 2] in NO_PEOPLE
    ) and not act.people
    if (
        (is_open or act.what == "contact")
        and before in (("at",) if is_sent else ("at", "from", "of"))
        and act.company is None
        and clause.scan.words[at] not in PLACES
    ):
        name = read_name(clause, at)
        if name is not None:
            name.noun = "account"
        return name
    is_spoken = before == "to" and clause.scan.words[at - 2] in ("spoke", "talked")
    is_led = (
        before in ("with", "met", "saw") or _is_led(clause, at) or (is_sent and before in ("to", "from")) or is_spoken
    )
    return read_name(clause, at) if (is_led and not act.people) or _is_joined(clause, at) else None


def _is_parted_at(clause: Clause, name: Name, at: int) -> bool:
    """Tell whether only a date or a duration parts a company from its person: `met Bob yesterday at Acme`."""
    if name.noun != "account" or clause.word(at - 1) != "at" or clause.is_free(at - 2) or at - 2 < clause.first:
        return False
    clause.drop("account", at - 1, at)
    return True


def _is_led(clause: Clause, at: int) -> bool:
    """Tell whether a Chinese word stands before that leads to a person: 给, 见了."""
    words = clause.scan.words
    return words[at - 1] in _HAN_LEADS or (words[at - 1] in "了过到" and words[at - 2] == "见")


def _is_joined(clause: Clause, at: int) -> bool:
    """Tell whether a name stands right before the `and` before a token."""
    if clause.scan.words[at - 1] not in JOINTS or at - 2 < clause.first:
        return False
    return any(span.kind == "who" and span.end == clause.scan.ends[at - 2] for span in clause.spans)


def _is_in_run(clause: Clause, at: int) -> bool:
    return clause.scan.kinds[at - 1] == HAN and clause.scan.touches(at) and clause.is_free(at - 1)
