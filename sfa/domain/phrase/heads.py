"""Finds what a clause begins with: the verb that tells what it is, behind a day, a subject or a name."""

from sfa.domain.phrase import deal_words, timing
from sfa.domain.phrase.amounts import amounts_within
from sfa.domain.phrase.clause import Clause, is_end, phrase
from sfa.domain.phrase.name_words import CALENDAR
from sfa.domain.phrase.outcome_words import OUTCOMES, PLAIN
from sfa.domain.phrase.people import read_caller, read_name, read_who
from sfa.domain.phrase.scan import HAN, NUMBER, WORD, is_han
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
    HAN_KIND_OF_TO_DO,
    HAN_RECEIVED,
    HAN_TO_DO,
    HAN_WITH,
    LEADS_TO_DO,
    NOTE_LEADS,
    NOUNS,
    OTHERS,
    RECEIVED,
    SUBJECTS,
    TO_DO,
)

_TABLES = (
    ("deal", deal_words.VERBS),
    ("done", DONE),
    ("received", RECEIVED),
    ("noun", NOUNS),
    ("encounter", ENCOUNTERS),
    ("todo", TO_DO),
    ("todo", HAN_TO_DO),
    ("deed", HAN_DEEDS),
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
_CLIENTS = frozenset(("customer", "client", "prospect", "客户", "老客户", "新客户", "对方"))
_FILLERS = frozenset(("一下", "一次", "一趟", "一个", "好", "完"))
_CONTACT_LEADS = frozenset(
    (
        "new contact",
        "add contact",
        "contact",
        "create contact",
        "new person",
        "新联系人",
        "新增联系人",
        "添加联系人",
        "联系人",
    )
)
_SIGNS = (",", ":", "-", "–", "*", "•", ">", ".", "→", "、", "。")
_MOST_STEPS = 8
_FARTHEST_DEED = 12
_LONGEST_DEAL = 8
_NO_DEALS = frozenset(("deal", "the deal", "opportunity", "opp", "order", "项目", "商机", "单子", "这单"))


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection


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
        if at >= clause.after or _is_note(clause, head):
            break
        after = _subject(clause, at, head)
        if after:
            head.after = after
            continue
        if _find_verb(clause, head) or _find_outcome(clause, head):
            break
        after = 0 if dated else _date(clause, at)
        if after:
            dated, head.after = True, after
            continue
        if head.has_names or not _names(clause, act, head):
            _find_behind(clause, act, head)
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
    verb = max(clause.phrase_at(at, table) for _, table in _TABLES)
    if not after or verb > after or (verb == after and lead < after):
        return 0
    if clause.scan.words[at] in HAN_DONE_BEFORE or phrase(clause.scan, at, after).endswith(
        ("已", "已经", "刚", "刚刚", "刚才")
    ):
        head.is_done = True
    if lead == after:
        head.is_led = True
        after += clause.word(after) in (":", "to")
    clause.drop("lead", at, after)
    return after


def _date(clause: Clause, at: int) -> int:
    """Return the token behind a date that begins the clause; which day it is, is settled later."""
    if not is_calendar(clause.scan, at):
        return 0
    when = timing.find(clause, at, clause.after, "future")
    if when is None:
        return 0
    first = clause.scan.tokens_of(*when.spans[0])[0]
    return timing.end_of(clause, when) if first <= at + 1 else 0


def _find_verb(clause: Clause, head: Head) -> bool:
    """Find the longest verb that begins at the place of the head."""
    at, best = head.after, 0
    for role, table in _BEHIND_NAMES if head.has_names else _TABLES:
        after = clause.phrase_at(at, table)
        if after > best:
            best, head.role = after, role
            head.meaning = _meaning(table, phrase(clause.scan, at, after))
    if clause.scan.kinds[at] == HAN and (_is_received(clause, head) or best <= at + 1) and _with_whom(clause, head):
        return True
    if head.role == "received" and not best:
        return True
    if not best:
        return False
    head.first, head.after = at, best
    if clause.word(best) == "/" and clause.scan.words[best - 1] == "w":
        clause.drop("lead", best, best + 1)
        head.after = best + 1
    if clause.scan.kinds[at] == HAN and clause.word(best) in HAN_DONE_BEHIND:
        head.is_done, head.after = True, best + 1
    filler = clause.phrase_at(head.after, _FILLERS) if clause.scan.kinds[at] == HAN else 0
    if filler and filler < clause.after and clause.scan.touches(filler):
        clause.drop("lead", head.after, filler)
        head.after = filler
    if phrase(clause.scan, at, best)[-1] in HAN_DONE_BEHIND:
        head.is_done = True
    return True


def _meaning(table: "Collection[str]", words: str) -> str:
    if isinstance(table, dict):
        return str(table[words])
    return HAN_KIND_OF_TO_DO.get(words, "") if is_han(words[0]) else ""


def _find_outcome(clause: Clause, head: Head) -> bool:
    """Find `没联系上` and the like before a name: a call that reached nobody."""
    after = clause.phrase_at(head.after, OUTCOMES)
    outcome = OUTCOMES[phrase(clause.scan, head.after, after)] if after else ""
    if outcome not in PLAIN or outcome == "cancelled" or read_name(clause, after) is None:
        return False
    head.role, head.meaning = "done", "visit" if "见" in clause.scan.words[head.after : after] else "call"
    head.first = head.after = after
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
    begin = begin or at + 1 + (clause.word(at + 1) in HAN_DONE_BEHIND)
    name = read_name(clause, begin)
    if name is None:
        return False
    behind = token = _names_end(clause, name.after)
    while token < min(clause.after, behind + _FARTHEST_DEED):
        after = clause.phrase_at(token, table)
        todo = clause.phrase_at(token, HAN_TO_DO) if table is HAN_DEEDS else 0
        todo = todo if todo > token + 1 or token == behind else 0
        deal = clause.phrase_at(token, deal_words.WEAK)
        if deal > max(after, todo):
            head.role, head.meaning = "weak", deal_words.WEAK[phrase(clause.scan, token, deal)]
            clause.drop("with", at, begin)
            clause.take("verb", token, deal, head.meaning)
            head.first, head.after = begin, begin
            return True
        if max(after, todo):
            head.role = "received" if table is HAN_CAME_AS else "deed" if after >= todo else "todo"
            head.meaning = _meaning(table if after >= todo else HAN_TO_DO, phrase(clause.scan, token, max(after, todo)))
            after = max(after, todo)
            if clause.word(after) in HAN_DONE_BEHIND:
                head.is_done, after = True, after + 1
            clause.drop("with", at, begin)
            if table is HAN_CAME_AS and clause.word(token - 1) == "的":
                clause.drop("verb", token - 1, token)
            if head.role != "todo":
                clause.take("verb", token, after, head.meaning)
            head.first, head.after = begin, begin
            return True
        token += 1
    if clause.scan.words[at] == "约":
        clause.take("verb", at, at + 1, "meeting")
        head.role, head.meaning, head.first, head.after = "deed", "meeting", begin, begin
        return True
    return False


def _names_end(clause: Clause, at: int) -> int:
    """Return the token behind all names from one on: 远东仪器的王经理和李工."""
    for _ in range(_MOST_STEPS):
        begin = at + (clause.word(at) in ("的", "和", "、", "与"))
        name = read_name(clause, begin) if clause.scan.kinds[begin] == HAN else None
        if name is None:
            break
        at = name.after
    return at


def _names(clause: Clause, act: Act, head: Head) -> bool:
    """Read names before the verb; a customer without a name may have called too."""
    at = head.after
    client = clause.phrase_at(at, _CLIENTS)
    if client and (clause.phrase_at(client, CAME) or clause.phrase_at(client, HAN_CAME)):
        clause.drop("who", at, client)
        head.has_names, head.after = True, client
        return True
    is_small = _is_small_caller(clause, at)
    if read_name(clause, at) is None and not is_small:
        return False
    saved = clause.saved()
    after = read_caller(clause, act, at) if is_small else read_who(clause, act, at)
    if after > at:
        head.has_names, head.after = True, after
        return True
    clause.restore(saved)
    return False


def _find_behind(clause: Clause, act: Act, head: Head) -> None:
    """Find what happened to a deal behind words that name it: `Acme cloud migration won`."""
    if not (head.has_names or act.company):
        return
    scan = clause.scan
    at = token = clause.free_from(head.after)
    end, name_end = min(clause.after, at + _LONGEST_DEAL + 1), 0
    while token < end and clause.is_free(token) and not is_end(scan, token) and not clause.phrase_at(token, OTHERS):
        after = clause.phrase_at(token, deal_words.BEHIND)
        if after and (deal_words.BEHIND[phrase(scan, token, after)] != "change" or token > at):
            head.role, head.meaning = "behind", deal_words.BEHIND[phrase(scan, token, after)]
            clause.take("verb", token, after, head.meaning)
            head.first = head.after = after
            _name_deal(clause, act, at, name_end or token)
            return
        if scan.kinds[token] == NUMBER:
            amounts = amounts_within(scan, token, end, clause.context.own)
            if not amounts or amounts[0].first != token:
                return
            name_end, token = name_end or token, amounts[0].after
        else:
            token += 1


def _name_deal(clause: Clause, act: Act, first: int, after: int) -> None:
    if after <= first:
        return
    if act.deal is None and phrase(clause.scan, first, after) not in _NO_DEALS:
        act.deal = clause.scan.typed(first, after)
        clause.take("deal", first, after, act.deal)
    else:
        clause.drop("verb", first, after)


def _is_small_caller(clause: Clause, at: int) -> bool:
    """Tell whether a word in small letters stands before `called` or `rang`: `jane called`."""
    word = clause.word(at)
    if clause.scan.kinds[at] != WORD or word in CALENDAR or len(word) < 2:  # noqa: PLR2004 - a letter is no name
        return False
    after = clause.phrase_at(at + 1, CAME)
    if not after and clause.word(at + 1) in ("at", "from") and clause.scan.kinds[at + 2] == WORD:
        after = clause.phrase_at(at + 3, CAME)
    return bool(after) and clause.scan.kinds[at + 1] not in (HAN, NUMBER)
