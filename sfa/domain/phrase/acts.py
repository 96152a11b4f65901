"""Reads one clause: its marks and its head decide what it is, and who reads the rest."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.activities import CUT, read_activity, told_contact, told_deal
from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.deals import read_deal
from sfa.domain.phrase.facts import changes_amount, take_amount, take_close, take_percent, take_stage
from sfa.domain.phrase.heads import Head, read_head
from sfa.domain.phrase.marks import take_company, take_priority, take_reach, take_tags
from sfa.domain.phrase.outcomes import take_outcome
from sfa.domain.phrase.people import read_strays, read_who
from sfa.domain.phrase.plans import read_plan
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.values import Act
from sfa.domain.when import When

_REACHED_BY_CALL = frozenset(("no_answer", "left_message", "connected"))
_CHANGED_BY = frozenset(("update", "updated", "move", "moved", "push", "pushed", "bumped", "advance", "advanced", "把"))


def read_clause(clause: Clause, before: list[Act], tags: list[str]) -> list[Act]:
    """Read a clause; return what it tells, nothing where it was understood as a part of what came before.

    Args:
        clause: not read yet.
        before: the acts of the clauses before it; the last activity takes in words that belong to it.
        tags: gets those of the clause.

    Raises:
        PhraseError: something in it cannot be.
    """
    act = Act("activity")
    tags += take_tags(clause)
    act.priority = take_priority(clause)
    take_company(clause, act)
    take_reach(clause, act)
    head = read_head(clause, act)
    role = _settled(clause, act, head, before)
    if role in ("done", "received", "came"):
        return _activity(clause, act, head, role)
    if role == "plan":
        _note_verb(clause, head)
        return read_plan(clause, act, head)
    if role == "deal":
        act.what, act.kind = "deal", head.meaning
        _note_verb(clause, head)
        return read_deal(clause, act, head.after, has_names=head.has_names)
    if role == "note":
        return _note(clause, act, head.after)
    return _loose(clause, act, head, before)


def _note_verb(clause: Clause, head: Head) -> None:
    if head.after > head.first and clause.is_free(head.first):
        cut = "verb" if head.meaning else "kept"
        clause.take("verb", head.first, head.after, head.meaning or phrase(clause.scan, head.first, head.after), cut)


def _activity(clause: Clause, act: Act, head: Head, role: str) -> list[Act]:
    act.kind = head.meaning or "other"
    act.direction = "in" if role in ("received", "came") else "out"
    words = phrase(clause.scan, head.first, head.after) if head.after > head.first else ""
    if not head.meaning:
        act.kind = "other"
    _note_verb(clause, head)
    if words.startswith(("left ", "tried", "留言")):
        act.outcome = "left_message" if words.startswith(("left ", "留言")) else None
    told = read_activity(clause, act, head.after, has_names=head.has_names, is_company=words.endswith(" at"))
    if words.endswith((" us", " me", " in")) and head.role == "done":
        act.direction = "in"
    return told


def _settled(clause: Clause, act: Act, head: Head, before: list[Act]) -> str:
    """Return what the clause is: done, received, came, plan, deal, note or "" for none of them."""
    role = head.role
    if head.is_led and role in ("done", "noun", "encounter", "todo", "deed", "deal", "weak", ""):
        return "plan"
    if role in ("deal", "weak", "behind"):
        return _deal_role(clause, act, head)
    if role in ("noun", "deed"):
        return _settled_by_day(clause, head, before)
    if role == "encounter":
        return "done" if _has_plain_outcome(clause) and _day(clause, "future") is None else "plan"
    if role == "todo":
        return "plan"
    return role if role in ("done", "received", "came", "note") else ""


def _deal_role(clause: Clause, act: Act, head: Head) -> str:
    words = phrase(clause.scan, head.first, head.after)
    has_facts = _has_facts(clause)
    if head.role == "weak":
        if has_facts or _names_deal(clause, act, head):
            return "deal"
        head.meaning = ""
        return "done"
    if words in _CHANGED_BY and not (has_facts or _names_deal(clause, act, head)):
        head.meaning = ""
        return "plan" if words in ("update", "move", "push", "advance") else "done"
    return "deal"


def _has_facts(clause: Clause) -> bool:
    """Tell whether an amount, a probability or a stage stands in the clause; nothing stays taken."""
    saved, trial = clause.saved(), Act("deal")
    take_amount(clause, trial)
    take_percent(clause, trial, is_firm=True)
    take_stage(clause, trial, is_firm=True)
    clause.restore(saved)
    return trial.amount is not None or trial.percent is not None or trial.stage is not None


def _names_deal(clause: Clause, act: Act, head: Head) -> bool:
    if act.deal is not None:
        return True
    saved, trial = clause.saved(), Act("deal")
    read_who(clause, trial, head.after, is_company=True)
    clause.restore(saved)
    return trial.deal is not None


def _settled_by_day(clause: Clause, head: Head, before: list[Act]) -> str:
    """Tell whether an encounter lies behind or ahead, by its day; without one, by its form and its place."""
    if head.is_done:
        return "done"
    when = _day(clause, "future")
    now = clause.context.now
    if when is not None and timing.is_ahead(when, now):
        return "plan"
    if when is not None and (timing.is_past(when, now) or head.role == "deed"):
        return "done"
    if when is not None:
        return "plan"
    if head.role == "deed":
        return "plan" if clause.is_later and not _has_plain_outcome(clause) else "done"
    return "plan" if clause.is_later or (before and before[-1].what != "activity") else "done"


def _day(clause: Clause, prefers: str) -> When | None:
    """Return a date that may tell when the clause itself is: in its first part, or all of another."""
    parts = clause.parts()
    if not parts:
        return None
    found = timing.find(clause, clause.first, parts[0][1], prefers)
    for first, after in parts[1:]:
        if found is None:
            found = timing.find(clause, first, after, prefers)
    return found


def _has_plain_outcome(clause: Clause) -> bool:
    saved, trial = clause.saved(), Act("activity")
    take_outcome(clause, trial)
    clause.restore(saved)
    return trial.outcome in _REACHED_BY_CALL


def _note(clause: Clause, act: Act, at: int) -> list[Act]:
    """Read a note; phone and e-mail behind `new contact` make a person."""
    is_contact = any(span.kind == "verb" and span.value == "contact" for span in clause.spans)
    act.what = "contact" if is_contact else "note"
    read_who(clause, act, at, takes_small=is_contact)
    if not is_contact:
        read_strays(clause, act, at)
    act.text = clause.text_without(CUT - {"when", "duration", "amount", "percent", "stage", "outcome"})
    return [act]


def _loose(clause: Clause, act: Act, head: Head, before: list[Act]) -> list[Act]:
    """Read a clause without a verb: a deal by its figures, a person by a number, a task by its day, else what came before."""
    if not head.has_names:
        read_strays(clause, act, clause.first)
    if act.people and (act.phones or act.emails) and not before:
        act.what = "contact"
        act.text = clause.text_without(CUT)
        return [act]
    deal = Act("deal", "add")
    amount = take_amount(clause, act)
    take_stage(clause, deal, is_firm=act.company is not None or amount is not None)
    take_percent(clause, deal, is_firm=deal.stage is not None or amount is not None)
    take_close(clause, deal, amount, is_firm=amount is not None)
    changes = amount is not None and changes_amount(clause, amount)
    deals = told_deal(clause, act, deal, changes=changes)
    if deals:
        return _loose_deal(clause, act, deals[0], before)
    when = timing.find(clause, clause.first, clause.after, "future")
    if when is not None and clause.trimmed(clause.first, clause.after) != timing.tokens_of(clause, when):
        return read_plan(clause, act, head)
    return _left(clause, act, head, before)


def _loose_deal(clause: Clause, act: Act, deal: Act, before: list[Act]) -> list[Act]:
    last = before[-1] if before else None
    if last is not None and last.what == "activity":
        take_outcome(clause, last)
    deal.people, deal.company, deal.is_new = act.people, act.company, act.is_new
    deal.text = clause.text_without(CUT)
    return [deal]


def _left(clause: Clause, act: Act, head: Head, before: list[Act]) -> list[Act]:
    """Read words without a verb, a day or figures: more of the activity before, an outcome with somebody, a note."""
    last = before[-1] if before else None
    text = clause.text_without(CUT)
    if last is not None and last.what in ("activity", "note") and not act.people and act.company is None:
        if last.outcome is None:
            take_outcome(clause, last)
            text = clause.text_without(CUT)
        last.text = "; ".join(part for part in (last.text, text) if part)
        return []
    if last is not None and text:
        act.what, act.text = "task", clause.text_without(frozenset(("mark",)))
        return [act]
    if act.people or act.company:
        take_outcome(clause, act)
        text = clause.text_without(CUT)
        if act.outcome is not None:
            act.kind = "call" if act.outcome in _REACHED_BY_CALL else "other"
            act.text = text
            return [act, *told_contact(act)]
        is_known = act.is_new or head.has_names or any(clause.scan.kinds[at] == HAN for at in range(clause.first, clause.after))
        if text and is_known and _is_note_form(clause, act):
            act.what, act.text = "note", text
            return [act]
    return []


def _is_note_form(clause: Clause, act: Act) -> bool:
    """Tell whether a company behind @, or a colon behind the name, or the book makes words a note about somebody."""
    if act.is_new:
        return True
    last = max(clause.spans, key=lambda span: span.end) if clause.spans else None
    after = clause.scan.first_from(last.end) if last else clause.after
    return clause.scan.words[after] in (":", ",") or any(
        clause.context.names.at(clause.scan.first_from(span.start)) for span in clause.spans if span.kind in ("who", "account")
    )
