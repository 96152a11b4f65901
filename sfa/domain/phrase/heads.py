"""Finds what a clause begins with: the verb that tells what it is, behind a day, a subject or a name."""

from sfa.domain.phrase import deal_words, timing
from sfa.domain.phrase.amounts import amounts_within
from sfa.domain.phrase.clause import Clause, is_end, phrase
from sfa.domain.phrase.head import Head, meaning_in
from sfa.domain.phrase.name_words import CALENDAR
from sfa.domain.phrase.outcome_words import OUTCOMES, PLAIN
from sfa.domain.phrase.people import is_weak, read_caller, read_name, read_who
from sfa.domain.phrase.scan import HAN, NUMBER, WORD
from sfa.domain.phrase.splitting import is_calendar
from sfa.domain.phrase.values import Act
from sfa.domain.phrase.verb_words import (
    CAME,
    DONE,
    ENCOUNTERS,
    HAN_CAME,
    HAN_DEEDS,
    HAN_DONE_BEFORE,
    HAN_DONE_BEHIND,
    HAN_TO_DO,
    LEADS_TO_DO,
    NOTE_LEADS,
    NOUNS,
    OTHERS,
    PASSIVES,
    RECEIVED,
    SPOKEN,
    SUBJECTS,
    THINGS,
    TO_DO,
)
from sfa.domain.when import find_duration

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
_GOOD = frozenset(("great", "good", "nice", "productive", "excellent", "positive", "fantastic", "super"))
_PLAIN_ADJECTIVES = frozenset(
    ("first", "second", "third", "final", "last", "long", "short", "brief", "quick", "intro", "initial", "next")
)
_COURTESIES = frozenset(("thank-you", "thank you", "thanks", "welcome", "courtesy", "farewell", "birthday"))
"""What a mail or a call was for, in a word before it that stays in the note."""
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
_LONGEST_DEAL = 8
_LONGEST_LENGTH = 5
_BY = frozenset(("by", "from", "to", "at"))
_GIVEN = frozenset(("sent", "delivered", "shipped", "submitted", "returned"))
_WRITTEN = frozenset(("quote", "quotation", "offer", "proposal", "contract", "invoice", "nda", "agreement", "list"))
_PAID = frozenset(("invoice", "payment", "deposit"))
_NO_DEALS = frozenset(("deal", "the deal", "opportunity", "opp", "order", "项目", "商机", "单子", "这单"))


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
        if _find_passive(clause, head) or _find_verb(clause, head) or _find_outcome(clause, head):
            break
        after = _length(clause, at) or (0 if dated else _date(clause, at))
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
    encounter = _praised(clause, at)
    if encounter:
        head.is_good = head.is_good or clause.scan.words[at] in _GOOD
        head.is_named = clause.scan.words[at] != "next"
        if not clause.phrase_at(at, _COURTESIES):
            clause.drop("lead", at, encounter)
        return encounter
    lead, subject = clause.phrase_at(at, LEADS_TO_DO), clause.phrase_at(at, SUBJECTS)
    after = max(lead, subject)
    verb = max(clause.phrase_at(at, table) for _, table in _TABLES)
    if not after or verb > after or (head.has_names and lead == after) or (verb == after and lead < after):
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


def _praised(clause: Clause, at: int) -> int:
    """Return the token behind `great` or `2nd` before a call or a meeting, 0 where there is none."""
    after = 0
    if clause.word(at) in _GOOD or clause.word(at) in _PLAIN_ADJECTIVES:
        after = at + 1
    elif clause.phrase_at(at, _COURTESIES):
        after = clause.phrase_at(at, _COURTESIES)
    elif clause.scan.kinds[at] == NUMBER and clause.word(at + 1) in ("st", "nd", "rd", "th"):
        after = at + 2
    return after if after and (clause.phrase_at(after, NOUNS) or clause.word(after) in ("call", "phone", "chat")) else 0


def _length(clause: Clause, at: int) -> int:
    """Return the token behind how long an encounter took that is named right behind: `20min call with Jane`."""
    if clause.scan.kinds[at] != NUMBER:
        return 0
    for after in range(at + 2, min(at + 4, clause.after)):
        if (clause.phrase_at(after, NOUNS) or clause.phrase_at(after, ENCOUNTERS)) and find_duration(
            clause.masked(at, after)
        ):
            return after
    return 0


def _date(clause: Clause, at: int) -> int:
    """Return the token behind a date that begins the clause; which day it is, is settled later."""
    if not is_calendar(clause.scan, at):
        return 0
    when = timing.find(clause, at, clause.after, "future")
    if when is None:
        return 0
    first = clause.scan.tokens_of(*when.spans[0])[0]
    return timing.end_of(clause, when) if first <= at + 1 else 0


def _is_with_whom(clause: Clause, head: Head, *, is_short: bool) -> bool:
    from sfa.domain.phrase.han_heads import is_received, read_with_whom  # noqa: PLC0415 - only for Chinese

    return (is_received(clause, head) or is_short) and read_with_whom(clause, head)


def _find_passive(clause: Clause, head: Head) -> bool:
    """Find `quote accepted by`, `order received from`, `samples sent to`: a thing, and what was done with it."""
    scan, at = clause.scan, head.after
    thing = clause.phrase_at(at, THINGS)
    deed = thing + (clause.word(thing) in ("was", "were", "is", "got")) if thing else 0
    if not deed or clause.word(deed) not in PASSIVES:
        return False
    word, by = scan.words[deed], deed + 1
    is_told = clause.word(by) in _BY and read_name(clause, by + 1) is not None
    if not is_told and not (head.has_names and word != "signed"):
        return False
    head.first, head.after, head.outcome, head.is_passive = at, by, PASSIVES[word], True
    head.is_paid = scan.words[thing - 1] in _PAID
    head.role, head.meaning = ("weak", "win") if word == "signed" else ("done", "other")
    if word == "sent" and scan.words[thing - 1] in _WRITTEN:
        head.meaning = "email"
    if word != "signed" and clause.word(by) != "to" and (is_told or word not in _GIVEN):
        head.role = "came"
    if is_told:
        clause.drop("lead", by, by + 1)
        head.after = by + 1
    return True


def _past_length(clause: Clause, at: int) -> int:
    """Return the token of the `with` behind a length: `talked 20 min with Jane`; 0 where none stands there."""
    begin = at + (clause.word(at) in ("for", "about"))
    for end in range(begin + 1, min(begin + _LONGEST_LENGTH, clause.after)):
        if clause.word(end) in ("with", "to", "w"):
            found = find_duration(clause.masked(begin, end))
            return end if found is not None else 0
    return 0


def _find_spoken(clause: Clause, head: Head, after: int) -> bool:
    """Find `talked 20 min with`; `after` is behind the verb that was found, 0 for none."""
    at = head.after
    is_done = after == at + 1 and head.role == "done"
    whom = _past_length(clause, at + 1) if is_done or (not after and clause.word(at) in SPOKEN) else 0
    if not whom:
        return False
    if not is_done:
        head.role, head.meaning = "done", "call"
    head.first, head.after = at, whom
    clause.take("verb", at, at + 1, head.meaning)
    return True


def _find_verb(clause: Clause, head: Head) -> bool:
    """Find the longest verb that begins at the place of the head."""
    at, best = head.after, 0
    for role, table in _BEHIND_NAMES if head.has_names else _TABLES:
        after = clause.phrase_at(at, table)
        if after > best:
            best, head.role = after, role
            head.meaning = meaning_in(table, phrase(clause.scan, at, after))
    if clause.scan.kinds[at] == HAN and _is_with_whom(clause, head, is_short=best <= at + 1):
        return True
    if _find_spoken(clause, head, best):
        return True
    if head.is_named and head.role == "encounter":
        head.role = "noun"  # an intro call
    if head.role == "received" and not best:
        return True
    if not best:
        return False
    head.first, head.after = at, best
    _pass_small(clause, head, at, best)
    return True


def _pass_small(clause: Clause, head: Head, at: int, best: int) -> None:
    """Pass over what stands right behind a verb: the slash of `w/`, 了, 一下."""
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


def _find_outcome(clause: Clause, head: Head) -> bool:
    """Find `没联系上` and the like before a name: a call that reached nobody."""
    after = clause.phrase_at(head.after, OUTCOMES)
    outcome = OUTCOMES[phrase(clause.scan, head.after, after)] if after else ""
    if outcome not in PLAIN or outcome == "cancelled" or read_name(clause, after) is None:
        return False
    head.role, head.meaning = "done", "visit" if "见" in clause.scan.words[head.after : after] else "call"
    head.first = head.after = after
    return True


def _has_verb(clause: Clause, at: int) -> bool:
    """Tell whether a verb behind a name follows, or a sign that parts it from what is told of it."""
    at = clause.free_from(at)
    is_marked = clause.word(at) in (":", ",")
    return (
        is_marked
        or any(clause.phrase_at(at, table) for _, table in _BEHIND_NAMES)
        or bool(clause.phrase_at(at, OTHERS))
    )


def _names(clause: Clause, act: Act, head: Head) -> bool:
    """Read names before the verb; a customer without a name may have called too."""
    at = head.after
    client = clause.phrase_at(at, _CLIENTS)
    if client and (clause.phrase_at(client, CAME) or clause.phrase_at(client, HAN_CAME)):
        clause.drop("who", at, client)
        head.has_names, head.after = True, client
        return True
    is_small = _is_small_caller(clause, at)
    name = read_name(clause, at)
    is_marked = name is not None and not (is_weak(clause, name) and not _has_verb(clause, name.after))
    if not is_marked and not is_small and not client:
        return False
    saved, people, company = clause.saved(), act.people, act.company
    after = read_caller(clause, act, at) if is_small else read_who(clause, act, at)
    noun = clause.phrase_at(after, NOUNS)
    if noun and clause.scan.words[noun - 1] in ("with", "w") and not head.has_names and after == at + 1:
        clause.restore(saved)  # a kind of call, nobody's name: `Skype call with Lena`
        act.people, act.company = people, company
        head.after = after
        return True
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
    if not after and clause.phrase_at(at + 2, CAME) and clause.context.names.means(at, at + 2) == "contact":
        return True
    if not after and clause.word(at + 1) in ("at", "from") and clause.scan.kinds[at + 2] == WORD:
        after = clause.phrase_at(at + 3, CAME)
    return bool(after) and clause.scan.kinds[at + 1] not in (HAN, NUMBER)
