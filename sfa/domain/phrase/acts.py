"""Reads one clause: its marks and its head decide what it is, and who reads the rest."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.activities import CUT, read_activity
from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.facts import take_amount, take_percent, take_stage
from sfa.domain.phrase.head import Head
from sfa.domain.phrase.heads import read_head
from sfa.domain.phrase.marks import take_company, take_priority, take_reach, take_tags
from sfa.domain.phrase.outcomes import take_outcome
from sfa.domain.phrase.people import read_name, read_who
from sfa.domain.phrase.plans import read_plan
from sfa.domain.phrase.scan import HAN, WORD
from sfa.domain.phrase.strays import read_strays
from sfa.domain.phrase.values import Act, PhraseError
from sfa.domain.phrase.verb_words import ENCOUNTERS, NOUNS
from sfa.domain.when import When

_REACHED_BY_CALL = frozenset(("no_answer", "left_message", "connected"))
_PLAIN_CHANGES = frozenset(
    ("postpone", "delay", "update", "move", "push", "advance", "raise", "increase", "lower", "reduce", "change", "set")
)
_CHANGED_BY = _PLAIN_CHANGES | frozenset(
    (
        "postponed",
        "delayed",
        "updated",
        "moved",
        "pushed",
        "bumped",
        "advanced",
        "raised",
        "increased",
        "lowered",
        "reduced",
        "upped",
        "changed",
        "把",
    )
)
_SHIFTS = frozenset(("to", "until", "till", "into"))
_UNREACHED = ("left ", "留言", "did not", "didn't", "couldn't", "could not", "failed", "no ", "not ")


def read_clause(clause: Clause, before: list[Act], tags: list[str]) -> list[Act] | None:
    """Read a clause; return what it tells, nothing where it is a part of what came before, None where it tells nothing.

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
    if (
        role == "done"
        and head.meaning == "other"
        and before
        and before[-1].what == "activity"
        and not _has_name(clause, head)
    ):
        role = ""
    if role in ("done", "received", "came"):
        return _activity(clause, act, head, role)
    if role == "plan":
        _note_verb(clause, head)
        return read_plan(clause, act, head)
    if role == "deal":
        act.what, act.kind = "deal", head.meaning
        _note_verb(clause, head)
        from sfa.domain.phrase.deals import read_deal  # noqa: PLC0415 - few lines tell of deals

        told = read_deal(clause, act, head.after, has_names=head.has_names)
        if act.kind != "add" and not (before or act.people or act.company or act.deal):
            raise PhraseError(
                f"“{clause.scan.typed(clause.first, clause.after)[:40]}” at column {clause.column(clause.first)} names no deal:"
                " write the company or the deal behind the verb, as in “won Acme renewal”."
            )
        return told
    if role in ("note", "contact"):
        return _note(clause, act, head)
    from sfa.domain.phrase.loose import read_loose  # noqa: PLC0415 - few lines have no verb

    return read_loose(clause, act, head, before)


def _has_name(clause: Clause, head: Head) -> bool:
    return head.has_names or read_name(clause, clause.free_from(head.after)) is not None


def _note_verb(clause: Clause, head: Head) -> None:
    """Take the verb; one that has no kind of its own tells what was done, and stays in the text."""
    if head.after > head.first and clause.is_free(head.first):
        is_plain = not head.meaning or head.meaning == "other" or head.is_passive
        cut = "kept" if is_plain else "verb"
        clause.take("verb", head.first, head.after, head.meaning or phrase(clause.scan, head.first, head.after), cut)


def _activity(clause: Clause, act: Act, head: Head, role: str) -> list[Act]:
    act.kind = head.meaning or "other"
    act.direction = "in" if role in ("received", "came") else "out"
    words = phrase(clause.scan, head.first, head.after) if head.after > head.first else ""
    _note_verb(clause, head)
    if words.startswith(_UNREACHED):
        act.outcome = "left_message" if words.startswith(("left ", "留言")) else "no_answer"
    told = read_activity(clause, act, head, words)
    if act.outcome is None:
        act.outcome = "positive" if head.is_good else head.outcome or None
    if words.endswith((" us", " me", " in")) and head.role == "done":
        act.direction = "in"
    return told


def _settled(clause: Clause, act: Act, head: Head, before: list[Act]) -> str:
    """Return what the clause is: done, received, came, plan, deal, note or "" for none of them."""
    role = head.role
    if head.is_led and role in ("noun", "encounter", "todo", "deed", "deal", "weak", ""):
        return "plan"
    if role in ("deal", "weak", "behind"):
        return _deal_role(clause, act, head)
    if role in ("noun", "deed"):
        return _settled_by_day(clause, head, before)
    if role == "encounter":
        return "done" if _has_plain_outcome(clause) and _day(clause, "future") is None else "plan"
    if role == "todo":
        return "done" if head.is_done or _is_han_past(clause, head) else "plan"
    return role


def _deal_role(clause: Clause, act: Act, head: Head) -> str:
    words = phrase(clause.scan, head.first, head.after)
    has_facts = _has_facts(clause)
    if head.role == "behind":
        is_moved = words.endswith((" to", "到", "至")) and _day(clause, "future") is not None
        return "deal" if head.meaning != "change" or has_facts or act.deal is not None or is_moved else ""
    if head.role == "weak":
        if has_facts or _names_deal(clause, act, head):
            return "deal"
        head.meaning = ""
        return "done"
    if words in _CHANGED_BY and not (has_facts or _names_deal(clause, act, head) or _is_put_off(clause, head)):
        head.meaning = ""
        if _is_shifted(clause):
            return "plan"
        return "plan" if words in _PLAIN_CHANGES or (words == "把" and not head.is_done) else "done"
    return "deal"


def _is_put_off(clause: Clause, head: Head) -> bool:
    """Tell whether a deal of a company gets another day: `pushed Acme renewal to march`, not `moved Acme meeting to friday`."""
    scan = clause.scan
    name = read_name(clause, clause.free_from(head.after))
    if name is None or name.noun != "account" or _day(clause, "future") is None:
        return False
    behind = scan.words[name.after : clause.after]
    return any(word in _SHIFTS for word in behind) and not any(word in ENCOUNTERS or word in NOUNS for word in behind)


def _is_shifted(clause: Clause) -> bool:
    """Tell whether a day to come stands behind `to`: what was `postponed to friday` is to be done then."""
    scan = clause.scan
    at = next(
        (at for at in range(clause.first, clause.after) if scan.words[at] in _SHIFTS and clause.is_free(at)), None
    )
    when = timing.find(clause, at + 1, clause.after, "future") if at is not None else None
    return when is not None and not timing.is_past(when, clause.context.now)


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
    saved = clause.saved()
    clause.drop("verb", head.first, head.after)  # a `lunch` is no time of day here
    when = _day(clause, "future")
    clause.restore(saved)
    now = clause.context.now
    if when is not None and timing.is_ahead(when, now):
        return "plan"
    if when is not None and (timing.is_past(when, now) or head.role == "deed"):
        return "done"
    if when is not None:
        return "plan"
    if head.role == "deed":
        return "plan" if clause.is_later and not _has_plain_outcome(clause) else "done"
    is_bare = not head.has_names and not any(
        clause.is_free(at) and clause.scan.kinds[at] in (WORD, HAN) for at in range(head.after, clause.after)
    )
    is_bare = is_bare and not any(span.kind == "account" for span in clause.spans)  # `lunch?` with nobody is an idea
    return "plan" if is_bare or clause.is_later or (before and before[-1].what != "activity") else "done"


def _is_han_past(clause: Clause, head: Head) -> bool:
    """Tell whether a Chinese verb, which has no tense, tells of a day that is past."""
    if clause.is_later or head.is_led or clause.scan.kinds[head.first] != HAN:
        return False
    when = _day(clause, "future")
    return when is not None and timing.is_past(when, clause.context.now)


def _day(clause: Clause, prefers: str) -> When | None:
    """Return a date that may tell when the clause itself is: in its first part, or all of another."""
    parts = [part for part in clause.parts() if clause.trimmed(*part)[1] > clause.trimmed(*part)[0]]
    if not parts:
        return None
    found = timing.find(clause, clause.first, parts[0][1], prefers)
    if found is None:
        saved = clause.saved()
        found = timing.take_sole(clause, prefers, parts[1:])
        clause.restore(saved)
    return found


def _has_plain_outcome(clause: Clause) -> bool:
    saved, trial = clause.saved(), Act("activity")
    take_outcome(clause, trial)
    clause.restore(saved)
    return trial.outcome in _REACHED_BY_CALL


def _note(clause: Clause, act: Act, head: Head) -> list[Act] | None:
    """Read a note, its words whole but for a name before a colon; or a person with phone and e-mail."""
    act.what = head.role
    is_contact = head.role == "contact"
    saved = clause.saved()
    after = read_who(clause, act, head.after, takes_small=is_contact)
    if is_contact:
        act.text = clause.text_without(CUT - {"when", "duration", "amount", "percent", "stage", "outcome"})
        return [act] if act.people or act.emails or act.phones else None
    if after > head.after and clause.scan.words[after] not in (":", ","):
        spans = clause.spans
        clause.restore(saved)
        clause.spans = spans
    read_strays(clause, act, after)
    act.text = clause.text_without(frozenset(("verb", "lead", "who", "account", "priority", "mark")))
    return [act] if act.text else None
