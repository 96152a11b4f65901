"""Reads a clause without a verb: a deal by its figures, a person by a number, a task by its day, else a part of what was told before."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.activities import CUT, told_contact, told_deal
from sfa.domain.phrase.clause import Clause, is_end
from sfa.domain.phrase.facts import changes_amount, take_amount, take_close, take_percent, take_stage
from sfa.domain.phrase.head import Head
from sfa.domain.phrase.outcomes import take_outcome
from sfa.domain.phrase.plans import read_plan
from sfa.domain.phrase.strays import read_strays
from sfa.domain.phrase.values import Act
from sfa.domain.phrase.verb_words import OTHERS

_REACHED_BY_CALL = frozenset(("no_answer", "left_message", "connected"))
_WORDS_KEPT = CUT - {"who", "account", "deal", "when", "duration"}
_VAGUE = frozenset(("month", "quarter", "year"))


def read_loose(clause: Clause, act: Act, head: Head, before: list[Act]) -> list[Act] | None:
    """Return what a clause without a verb tells, nothing where an activity before took it in; None where it tells nothing.

    Args:
        clause: its marks and its head are read.
        act: with the people, company, phones and addresses of the clause.
        head: what it begins with.
        before: the acts of the clauses before it.
    """
    if not head.has_names:
        read_strays(clause, act, clause.first)
    if act.people and (act.phones or act.emails) and not before:
        act.what = "contact"
        if act.company is None:
            read_strays(clause, act, head.after)  # "Ann Smith, buyer at Acme, +44..."
        act.text = clause.text_without(CUT | {"named"}).removesuffix(" at").removesuffix(" of")
        return [act]
    is_told = _is_told(clause, head)
    last = _last(before)
    deals = [] if is_told and last is None else _deals(clause, act, head)
    if deals and deals[0].kind == "change" and not (before or act.people or act.company or act.deal):
        return None
    if deals:
        if last is not None and last.what == "activity":
            _tell(clause, last, act, clause.text_without(CUT - {"who"}) if is_told else "")
        deal = deals[0]
        deal.people, deal.company, deal.is_new, deal.text = (
            act.people,
            act.company,
            act.is_new,
            clause.text_without(CUT),
        )
        return [deal]
    when = None if is_told else timing.find(clause, clause.first, clause.after, "future")
    when = None if when is not None and when.grain == "year" else when
    has_words = when is not None and clause.trimmed(clause.first, clause.after) != timing.tokens_of(clause, when)
    if (
        when is not None
        and (has_words or act.people or act.company)
        and not (head.has_names and _is_vague(clause, head, when.grain))
    ):
        return read_plan(clause, act, head)
    return _left(clause, act, head, before)


def _last(before: list[Act]) -> Act | None:
    """Return what was told last, but for the deals and contacts that it told of."""
    return next(
        (act for act in reversed(before) if act.what not in ("deal", "contact")), before[-1] if before else None
    )


def _is_told(clause: Clause, head: Head) -> bool:
    """Tell whether the words are what somebody else does or says: `she signs on friday`, `Bob wants a demo`."""
    for token in range(head.after, min(head.after + 3, clause.after)):
        if clause.phrase_at(token, OTHERS):
            return True
        if is_end(clause.scan, token) and token > head.after:
            return False
    return False


def _is_vague(clause: Clause, head: Head, grain: str) -> bool:
    """Tell whether words behind a name and a colon are a fact, with no day to do it on: `Acme: moving in june`."""
    return grain in _VAGUE and clause.scan.words[head.after - 1] == ":"


def _deals(clause: Clause, act: Act, head: Head) -> list[Act]:
    deal = Act("deal", "add")
    amount = take_amount(clause, act, keeps=False if head.has_names or act.deal else None)
    is_firm = amount is not None or act.deal is not None
    take_stage(clause, deal, is_firm=is_firm or act.company is not None)
    take_percent(clause, deal, is_firm=is_firm or deal.stage is not None)
    take_close(clause, deal, amount, is_firm=is_firm)
    return told_deal(act, deal, changes=amount is not None and changes_amount(clause, amount))


def _left(clause: Clause, act: Act, head: Head, before: list[Act]) -> list[Act] | None:
    last = _last(before)
    if last is not None and last.what in ("activity", "note") and not act.is_new:
        _tell(clause, last, act, clause.text_without(_WORDS_KEPT))
        return []
    if last is not None:
        act.what, act.text = "task", clause.text_without(frozenset(("mark",)))
        return [act] if act.text else []
    if not act.people and act.company is None:
        return None
    take_outcome(clause, act)
    if act.outcome is not None and not _is_told(clause, head):
        act.kind = "call" if act.outcome in _REACHED_BY_CALL else "other"
        told = _deals(clause, act, head)
        act.text = clause.text_without(CUT)
        return [act, *told, *told_contact(act)]
    act.what, act.outcome = "note", None
    act.text = clause.text_without(CUT - {"when", "duration", "outcome"})
    return [act] if act.text and _is_note(clause, act, head) else None


def _tell(clause: Clause, last: Act, act: Act, text: str) -> None:
    """Add an outcome, a priority and words to what was told before."""
    if act.priority != "normal":
        last.priority = act.priority
    if last.what == "activity" and last.outcome is None:
        take_outcome(clause, last)
        text = clause.text_without(_WORDS_KEPT) if text else ""
    last.text = "; ".join(part for part in (last.text, text) if part)


def _is_note(clause: Clause, act: Act, head: Head) -> bool:
    """Tell whether a company behind @, a colon behind a name, a verb or the book makes words a note about somebody."""
    is_marked = act.is_new or clause.scan.words[head.after] in (":", ",") or clause.scan.words[head.after - 1] == ":"
    if is_marked or _is_told(clause, head):
        return True
    names = clause.context.names
    return any(
        names.at(clause.scan.first_from(span.start)) for span in clause.spans if span.kind in ("who", "account", "deal")
    )
