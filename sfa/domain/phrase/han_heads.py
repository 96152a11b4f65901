"""Reads the Chinese heads whose verb stands behind a name: 给王经理打电话, 接到李总来电."""

from sfa.domain.phrase import deal_words
from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.head import Head, meaning_in
from sfa.domain.phrase.people import read_name
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.verb_words import (
    HAN_CAME_AS,
    HAN_DEEDS,
    HAN_DONE_BEHIND,
    HAN_RECEIVED,
    HAN_TO_DO,
    HAN_WITH,
)

_MOST_NAMES = 8
_FARTHEST_DEED = 12


def is_received(clause: Clause, head: Head) -> bool:
    """Tell whether something came in: 接到, 收到."""
    return bool(clause.phrase_at(head.after, HAN_RECEIVED))


def read_with_whom(clause: Clause, head: Head) -> bool:
    """Read `给王经理打电话`, `接到李总来电`: a word before the name, the verb behind it; the head stays before the name."""
    at, words = head.after, clause.scan.words
    received = clause.phrase_at(at, HAN_RECEIVED)
    if not received and words[at] not in HAN_WITH:
        return False
    begin = received or _behind_with(clause, at)
    name = read_name(clause, begin)
    if name is None:
        return False
    verb = _verb_behind(clause, _names_end(clause, name.after), is_received=bool(received))
    if verb is None and words[at] != "约":
        return False
    if verb is None:
        clause.take("verb", at, at + 1, "meeting")
        head.role, head.meaning = "deed", "meeting"
    else:
        head.role, head.meaning, head.is_done = verb.role, verb.meaning, head.is_done or verb.is_done
        _take_verb(clause, verb)
    clause.drop("with", at, begin)
    if head.role == "deed" and words[at] in "约请" and begin == at + 1:
        head.role = "encounter"  # whom one invites, one is still to meet
    head.first = head.after = begin
    return True


def _behind_with(clause: Clause, at: int) -> int:
    """Return where the name begins behind 给, 约了, 约好了."""
    begin = at + 1 + (clause.word(at + 1) == "好" and clause.scan.words[at] == "约")
    return begin + (clause.word(begin) in HAN_DONE_BEHIND)


class _Verb:
    """A verb behind a name, in the tokens `[first, after)`."""

    __slots__ = ("after", "first", "is_done", "meaning", "role")

    def __init__(self, role: str, meaning: str, first: int, after: int) -> None:
        self.role = role
        self.meaning = meaning
        self.first = first
        self.after = after
        self.is_done = False


def _verb_behind(clause: Clause, begin: int, *, is_received: bool) -> _Verb | None:
    """Return the first verb from a token on; one of a single character only right there."""
    for at in range(begin, min(clause.after, begin + _FARTHEST_DEED)):
        verb = _verb_at(clause, at, is_first=at == begin, is_received=is_received)
        if verb is not None:
            verb.is_done = clause.word(verb.after) in HAN_DONE_BEHIND
            verb.after += verb.is_done
            return verb
    return None


def _verb_at(clause: Clause, at: int, *, is_first: bool, is_received: bool) -> _Verb | None:
    table = HAN_CAME_AS if is_received else HAN_DEEDS
    deed, deal = clause.phrase_at(at, table), clause.phrase_at(at, deal_words.WEAK)
    todo = 0 if is_received else clause.phrase_at(at, HAN_TO_DO)
    todo = todo if todo > at + 1 or is_first else 0
    after = max(deed, todo, deal)
    if not after:
        return None
    words = phrase(clause.scan, at, after)
    if deal == after > max(deed, todo):
        return _Verb("weak", deal_words.WEAK[words], at, after)
    if deed == after:
        return _Verb("received" if is_received else "deed", table[words], at, after)
    return _Verb("todo", meaning_in(HAN_TO_DO, words), at, after)


def _take_verb(clause: Clause, verb: _Verb) -> None:
    if verb.role == "received" and clause.word(verb.first - 1) == "的":
        clause.drop("verb", verb.first - 1, verb.first)
    if verb.role != "todo":
        clause.take("verb", verb.first, verb.after, verb.meaning)


def _names_end(clause: Clause, at: int) -> int:
    """Return the token behind all names from one on: 远东仪器的王经理和李工."""
    for _ in range(_MOST_NAMES):
        begin = at + (clause.word(at) in ("的", "和", "、", "与"))
        name = read_name(clause, begin) if clause.scan.kinds[begin] == HAN else None
        if name is None:
            break
        at = name.after
    return at
