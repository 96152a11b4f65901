"""Reads what was done: an activity, with whom, when, how long and what came of it, and the deal it tells of."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.clause import Clause
from sfa.domain.phrase.deal_words import TOPICS
from sfa.domain.phrase.facts import changes_amount, take_amount, take_close, take_percent, take_stage
from sfa.domain.phrase.outcomes import take_outcome
from sfa.domain.phrase.people import read_strays, read_who
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.values import Act, PhraseError

CUT = frozenset(
    ("verb", "who", "account", "deal", "when", "duration", "amount", "percent", "stage", "priority", "outcome", "phone", "email",
     "mark")
)  # fmt: skip
"""What does not stay in the note of an activity."""
_STOPS = TOPICS | frozenset(
    ("wants", "want", "wanted", "needs", "need", "said", "says", "asked", "asks", "told", "who", "that", "because", "will", "would",
     "is", "was", "has", "had", "interested", "thinks", "agreed", "likes", "discussed", "showed", "promised", "expects", "plans",
     "说", "问", "要", "想", "希望", "表示", "需", "同", "答", "计")
)  # fmt: skip
"""Behind these words a day belongs to what was said."""
_FROM_ME = frozenset(("me", "us"))


def read_activity(clause: Clause, act: Act, at: int, *, has_names: bool, is_company: bool) -> list[Act]:
    """Read an activity from behind its verb; return it, and the deal and the contact that it tells of.

    Raises:
        PhraseError: its day lies ahead, or it names two amounts.
    """
    if clause.word(at) in _FROM_ME and has_names:
        clause.drop("verb", at, at + 1)
        at += 1
    if not (has_names and act.people) or clause.scan.kinds[at] == HAN:
        at = read_who(clause, act, at, is_company=is_company, takes_small=not has_names)
    zone = _zone(clause, at)
    parts = clause.parts()
    amounts = take_amount(clause, act)
    deal = Act("deal", "add")
    take_close(clause, deal, amounts, is_firm=False)
    _when(clause, act, zone, parts)
    act.duration_min = timing.take_duration(clause, [(clause.first, zone), *parts[1:]], is_anywhere=False) or act.duration_min
    if act.duration_min is None and any(clause.scan.kinds[token] == HAN for token in range(clause.first, clause.after)):
        act.duration_min = timing.take_duration(clause, parts, is_anywhere=True)
    take_stage(clause, deal, is_firm=False)
    take_percent(clause, deal, is_firm=deal.stage is not None)
    take_outcome(clause, act)
    read_strays(clause, act, clause.first)
    act.text = clause.text_without(CUT)
    return [act, *told_deal(clause, act, deal, changes=amounts is not None and changes_amount(clause, amounts)), *told_contact(act)]


def told_deal(clause: Clause, act: Act, deal: Act, *, changes: bool) -> list[Act]:
    """Return the deal that a clause tells of, if any; one of the book, a stage or a probability alone change it."""
    del clause
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
    after = clause.parts()[0][1] if clause.parts() else clause.after
    while at < after and not (clause.is_free(at) and (clause.phrase_at(at, _STOPS))):
        at += 1
    return max(at, clause.first)


def _when(clause: Clause, act: Act, zone: int, parts: list[tuple[int, int]]) -> None:
    """Take when it took place: in the zone, or where it is all of a part."""
    when = timing.find(clause, clause.first, zone, "past")
    if when is not None and timing.is_ahead(when, clause.context.now):
        first, after = timing.tokens_of(clause, when)
        if clause.trimmed(first, zone)[1] > after:
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
