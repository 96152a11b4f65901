"""Reads what was done: an activity, with whom, when, how long and what came of it, and the deal it tells of."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.amounts import Amount
from sfa.domain.phrase.clause import Clause
from sfa.domain.phrase.deal_words import TOPICS
from sfa.domain.phrase.facts import changes_amount, take_amount, take_close, take_percent, take_stage
from sfa.domain.phrase.head import Head
from sfa.domain.phrase.outcomes import take_outcome
from sfa.domain.phrase.people import is_weak, read_name, read_who
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.splitting import is_calendar
from sfa.domain.phrase.strays import read_strays
from sfa.domain.phrase.values import Act, PhraseError
from sfa.domain.when import When

CUT = frozenset(
    ("verb", "who", "account", "deal", "when", "duration", "amount", "percent", "stage", "priority", "outcome", "phone", "email",
     "mark", "lead", "with")
)  # fmt: skip
"""What does not stay in the note of an activity."""
_STOPS = TOPICS | frozenset(
    ("wants", "want", "wanted", "needs", "need", "said", "says", "asked", "asks", "told", "who", "that", "because", "will", "would",
     "is", "was", "has", "had", "interested", "thinks", "agreed", "likes", "discussed", "showed", "promised", "expects", "plans",
     "说", "问", "要", "想", "希望", "表示", "需", "同", "答", "计")
)  # fmt: skip
"""Behind these words a day belongs to what was said."""
_FROM_ME = frozenset(("me", "us"))
_DEADLINES = frozenset(("due", "by", "before", "until", "till", "deadline"))
_SENT = frozenset(("email", "message", "letter", "demo", "other"))
_OF_THINGS = frozenset(
    ("sent", "wrote", "demoed", "demo'd", "demonstrated", "presented", "pitched", "showed", "quoted", "posted")
)
"""Verbs whose object in small letters is a thing more often than a person."""


def read_activity(clause: Clause, act: Act, head: Head, words: str) -> list[Act]:
    """Read an activity from behind its verb; return it, and the deal and the contact that it tells of.

    Args:
        clause: its marks and its head are read.
        act: gets what is found.
        head: what it begins with.
        words: of the verb.

    Raises:
        PhraseError: its day lies ahead, or it names two amounts.
    """
    at = _whom(clause, act, head, words)
    zone = _zone(clause, at)
    parts = clause.parts()
    amount = None if head.is_paid else take_amount(clause, act)
    deal = Act("deal", "add")
    take_stage(clause, deal, is_firm=False)
    take_percent(clause, deal, is_firm=deal.stage is not None)
    take_due_close(clause, act, deal, amount)
    _when(clause, act, zone, parts)
    act.duration_min = _duration(clause, zone, parts) or act.duration_min
    if act.when is None and act.duration_min:
        _when_last(clause, act, parts)
    take_outcome(clause, act)
    read_strays(clause, act, clause.first, is_sent=act.kind in _SENT)
    act.text = clause.text_without(CUT)
    changes = amount is not None and (head.is_passive or changes_amount(clause, amount))
    return [act, *told_deal(act, deal, changes=changes), *told_contact(act)]


def _whom(clause: Clause, act: Act, head: Head, words: str) -> int:
    """Read names behind the verb; return the token behind them."""
    at = head.after
    if clause.word(at) in _FROM_ME and head.has_names:
        clause.drop("verb", at, at + 1)
        at += 1
    if head.has_names and act.people:
        name = read_name(clause, at) if clause.scan.kinds[at] == HAN else None
        if name is None or is_weak(clause, name):
            return at
    takes_small = not head.has_names and words not in _OF_THINGS
    return read_who(clause, act, at, is_company=words.endswith(" at"), takes_small=takes_small)


def _duration(clause: Clause, zone: int, parts: list[tuple[int, int]]) -> int | None:
    """Take how long it took: in the zone, all of a part, at the end of the first part, in Chinese anywhere."""
    found = timing.take_duration(clause, [(clause.first, zone), *parts[1:]], is_anywhere=False)
    if found is None and parts:
        found = timing.take_last_duration(clause, *parts[0])
    if found is None and any(
        clause.scan.kinds[token] == HAN and clause.is_free(token) for token in range(clause.first, clause.after)
    ):
        found = timing.take_duration(clause, parts, is_anywhere=True)
    return found


def take_due_close(clause: Clause, act: Act, deal: Act, amount: Amount | None) -> None:
    """Take the day a deal closes where anything else tells of the deal; a day alone is a part of what was said."""
    if amount is not None or deal.stage is not None or deal.percent is not None or act.deal is not None:
        take_close(clause, deal, amount, is_firm=False)


def told_deal(act: Act, deal: Act, *, changes: bool) -> list[Act]:
    """Return the deal that a clause tells of, if any; one of the book, a stage or a probability alone change it."""
    deal.amount, act.amount = act.amount, None
    if deal.amount is None and deal.close is None and deal.stage is None and deal.percent is None:
        return []
    if act.deal is not None or deal.amount is None or changes:
        deal.kind = "change"
    deal.deal = act.deal
    return [deal]


def told_contact(act: Act) -> list[Act]:
    """Return phone and e-mail as a contact where a person is named; else they say whom the act itself is about."""
    if not act.people or not (act.phones or act.emails):
        return []
    contact = Act("contact")
    contact.people, contact.company, contact.is_new = act.people[:1], act.company, act.is_new
    contact.phones, contact.emails = act.phones, act.emails
    act.phones = act.emails = ()
    return [contact]


def _zone(clause: Clause, at: int) -> int:
    """Return where the words end in which a day or a duration tells about the clause itself."""
    after = next((end for _, end in clause.parts() if end >= at), clause.after)
    while at < after and not (
        clause.phrase_at(at, _STOPS) and not (clause.word(at) == "on" and is_calendar(clause.scan, at + 1))
    ):
        at += 1
    return max(at, clause.first)


def _last_day(clause: Clause, parts: list[tuple[int, int]]) -> When | None:
    """Return a day that can only be past at the end of the first part: `called Jane about prices yesterday`."""
    first, after = clause.trimmed(*parts[0]) if parts else (0, 0)
    when = timing.find(clause, max(first, after - 4), after, "future") if after > first else None
    is_last = (
        when is not None and timing.is_past(when, clause.context.now) and timing.tokens_of(clause, when)[1] == after
    )
    return when if is_last else None


def _when_last(clause: Clause, act: Act, parts: list[tuple[int, int]]) -> None:
    """Take a day that a length of time stood behind: `about prices yesterday 20 min`."""
    act.when = _last_day(clause, parts)
    if act.when is not None:
        timing.take(clause, act.when)


def _is_deadline(clause: Clause, at: int) -> bool:
    """Tell whether a day is that of something else: `Jane loved it. proposal due wed`."""
    return not _DEADLINES.isdisjoint(clause.scan.words[max(at - 1, clause.first) : at + 1])


def _when(clause: Clause, act: Act, zone: int, parts: list[tuple[int, int]]) -> None:
    """Take when it took place: in the zone, or where it is all of a part."""
    when = timing.find(clause, clause.first, zone, "past") or _last_day(clause, parts)
    if when is not None and _is_deadline(clause, timing.tokens_of(clause, when)[0]):
        when = None
    if when is not None and timing.is_ahead(when, clause.context.now):
        is_loose = when.grain == "part" and when.start.date() == clause.context.now.date()
        first, after = timing.tokens_of(clause, when)
        if is_loose or clause.trimmed(first, zone)[1] > after:
            when = None  # a word within a sentence: `met Jane at the march fair`
        else:
            start, end = when.spans[0]
            raise PhraseError(
                f"“{clause.scan.text[start:end]}” at column {start + 1} lies ahead, but the verb tells what was done:"
                " write “call”, “meet” or “send” for what is to be done."
            )
    if when is not None:
        timing.take(clause, when)
    else:
        when = timing.take_sole(clause, "past", parts[1:])
    act.when = when
    if when is not None and when.end is not None and timing.has_hour(when):
        act.duration_min = int((when.end - when.start).total_seconds()) // 60
