"""Finds what a clause begins with: the verb that tells what it is, behind a day, a subject or a name."""

from sfa.domain.phrase import deal_words, timing
from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.name_words import CALENDAR
from sfa.domain.phrase.people import read_name, read_who
from sfa.domain.phrase.scan import HAN, NUMBER, WORD
from sfa.domain.phrase.splitting import is_calendar
from sfa.domain.phrase.values import Act
from sfa.domain.phrase.verb_words import (
    CAME,
    DONE,
    ENCOUNTERS,
    HAN_CAME,
    HAN_CAME_AS,
    HAN_DEEDS,
    HAN_DONE_BEFORE,
    HAN_DONE_BEHIND,
    HAN_RECEIVED,
    HAN_TO_DO,
    HAN_WITH,
    LEADS_TO_DO,
    NOTE_LEADS,
    NOUNS,
    RECEIVED,
    SUBJECTS,
    TO_DO,
)

_TABLES = (
    ("done", DONE),
    ("received", RECEIVED),
    ("noun", NOUNS),
    ("encounter", ENCOUNTERS),
    ("todo", TO_DO),
    ("deed", HAN_DEEDS),
    ("todo", HAN_TO_DO),
    ("deal", deal_words.VERBS),
    ("weak", deal_words.WEAK),
)
_BEHIND_NAMES = (
    ("came", CAME),
    ("came", HAN_CAME),
    ("behind", deal_words.BEHIND),
    ("noun", NOUNS),
    ("deed", HAN_DEEDS),
    ("todo", HAN_TO_DO),
)
_CONTACT_LEADS = frozenset(
    ("new contact", "add contact", "contact", "create contact", "new person", "新联系人", "新增联系人", "添加联系人", "联系人")
)
_SIGNS = (",", ":", "-", "–", "*", "•", ">", ".", "→", "、", "。")
_MOST_STEPS = 8
_FARTHEST_DEED = 12


class Head:
    """What a clause begins with.

    Attributes:
        role: done, received, came, noun, encounter, todo, deed, deal, weak, behind, note, contact or "".
        meaning: a kind of activity, or what happens to a deal.
        first: the first token of the verb.
        after: the token behind the verb and all before it.
        is_led: whether `remind me to` or the like stands before it.
        is_done: whether a Chinese verb is marked as done.
        has_names: whether names stand before the verb.
    """

    __slots__ = ("after", "first", "has_names", "is_done", "is_led", "meaning", "role")

    def __init__(self, at: int) -> None:
        self.role = ""
        self.meaning = ""
        self.first = at
        self.after = at
        self.is_led = False
        self.is_done = False
        self.has_names = False


def read_head(clause: Clause, act: Act) -> Head:
    """Return the head of a clause; names before the verb go to the act, lead-ins are dropped."""
    head = Head(clause.free_from(clause.first))
    dated = False
    for _ in range(_MOST_STEPS):
        at = head.after = head.first = _skip_signs(clause, head.after)
        if at >= clause.after or _is_note(clause, head) or _find_verb(clause, head):
            break
        after = _subject(clause, at, head)
        if after:
            head.after = after
            continue
        after = 0 if dated else _date(clause, at)
        if after:
            dated, head.after = True, after
            continue
        if head.has_names or not _names(clause, act, head):
            break
    return head


def _skip_signs(clause: Clause, at: int) -> int:
    at = clause.free_from(at)
    while clause.word(at) in _SIGNS:
        at = clause.free_from(at + 1)
    return at


def _is_note(clause: Clause, head: Head) -> bool:
    after = clause.phrase_at(head.after, NOTE_LEADS)
    if after and clause.scan.words[head.after] in ("memo", "fyi", "记录") and clause.word(after) != ":":
        return False
    contact = clause.phrase_at(head.after, _CONTACT_LEADS)
    if not after and not contact:
        return False
    head.role = "note" if after else "contact"
    clause.take("verb", head.after, after or contact, head.role)
    head.after = after or contact
    if clause.word(head.after) in (":", "for", "on", "about", "to", "at"):
        clause.drop("verb", head.after, head.after + 1)
        head.after += 1
    return True


def _subject(clause: Clause, at: int, head: Head) -> int:
    """Pass over `I have`, `remind me to`, `我已经`."""
    lead, subject = clause.phrase_at(at, LEADS_TO_DO), clause.phrase_at(at, SUBJECTS)
    after = max(lead, subject)
    if not after:
        return 0
    if clause.scan.words[at] in HAN_DONE_BEFORE or phrase(clause.scan, at, after).endswith(("已", "已经", "刚", "刚刚", "刚才")):
        head.is_done = True
    if lead == after:
        head.is_led = True
        after += clause.word(after) in (":", "to")
    clause.drop("verb", at, after)
    return after


def _date(clause: Clause, at: int) -> int:
    """Return the token behind a date that begins the clause; which day it is, is settled later."""
    if not is_calendar(clause.scan, at):
        return 0
    when = timing.find(clause, at, clause.after, "future")
    if when is None:
        return 0
    first, after = clause.scan.tokens_of(*when.spans[0])
    return after if first <= at + 1 else 0


def _find_verb(clause: Clause, head: Head) -> bool:
    """Find the longest verb that begins at the place of the head."""
    at, best = head.after, 0
    for role, table in _BEHIND_NAMES if head.has_names else _TABLES:
        after = clause.phrase_at(at, table)
        if after > best:
            best, head.role = after, role
            head.meaning = table[phrase(clause.scan, at, after)] if isinstance(table, dict) else ""
    if clause.scan.kinds[at] == HAN and (_is_received(clause, head) or best <= at + 1) and _with_whom(clause, head):
        return True
    if head.role == "received" and not best:
        return True
    if not best:
        return False
    head.first, head.after = at, best
    if head.role == "deed" and clause.word(best) in HAN_DONE_BEHIND:
        head.is_done, head.after = True, best + 1
    if phrase(clause.scan, at, best)[-1] in HAN_DONE_BEHIND:
        head.is_done = True
    return True


def _is_received(clause: Clause, head: Head) -> bool:
    return bool(clause.phrase_at(head.after, HAN_RECEIVED))


def _with_whom(clause: Clause, head: Head) -> bool:
    """Read `给王经理打电话`, `接到李总来电`: a word before the name, the verb behind it; the head stays before the name."""
    at = head.after
    begin = clause.phrase_at(at, HAN_RECEIVED)
    table = HAN_CAME_AS if begin else HAN_DEEDS
    if not begin and clause.scan.words[at] not in HAN_WITH:
        return False
    begin = begin or at + 1
    name = read_name(clause, begin)
    if name is None:
        return False
    token = name.after
    while token < min(clause.after, name.after + _FARTHEST_DEED):
        after = clause.phrase_at(token, table)
        todo = clause.phrase_at(token, HAN_TO_DO) if table is HAN_DEEDS else 0
        if max(after, todo):
            head.role = "received" if table is HAN_CAME_AS else "deed" if after >= todo else "todo"
            head.meaning = table[phrase(clause.scan, token, after)] if after >= todo else ""
            after = max(after, todo)
            if clause.word(after) in HAN_DONE_BEHIND:
                head.is_done, after = True, after + 1
            clause.drop("verb", at, begin)
            if head.role != "todo":
                clause.take("verb", token, after, head.meaning)
            head.first, head.after = begin, begin
            return True
        token += 1
    if clause.scan.words[at] == "约":
        clause.take("verb", at, begin, "meeting")
        head.role, head.meaning, head.first, head.after = "deed", "meeting", begin, begin
        return True
    return False


def _names(clause: Clause, act: Act, head: Head) -> bool:
    """Read names before the verb: kept where a verb, a colon or nothing but figures follows."""
    at = head.after
    if read_name(clause, at) is None and not _is_small_caller(clause, at):
        return False
    saved = clause.saved()
    after = read_who(clause, act, at, takes_small=_is_small_caller(clause, at))
    if after > at:
        head.has_names, head.after = True, after
        return True
    clause.restore(saved)
    return False


def _is_small_caller(clause: Clause, at: int) -> bool:
    """Tell whether a word in small letters stands before `called` or `rang`: `jane called`."""
    word = clause.word(at)
    if clause.scan.kinds[at] != WORD or word in CALENDAR or len(word) < 2:  # noqa: PLR2004 - a letter is no name
        return False
    after = clause.phrase_at(at + 1, CAME)
    if not after and clause.word(at + 1) in ("at", "from") and clause.scan.kinds[at + 2] == WORD:
        after = clause.phrase_at(at + 3, CAME)
    return bool(after) and clause.scan.kinds[at + 1] not in (HAN, NUMBER)
