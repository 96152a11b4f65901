"""Reads what is to be done: a task, or with a time of day an appointment."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.activities import CUT, take_due_close, told_contact, told_deal
from sfa.domain.phrase.clause import Clause, phrase
from sfa.domain.phrase.facts import changes_amount, take_amount, take_percent, take_stage
from sfa.domain.phrase.head import Head
from sfa.domain.phrase.people import is_weak, read_name, read_who
from sfa.domain.phrase.strays import read_strays
from sfa.domain.phrase.tables import listed
from sfa.domain.phrase.values import Act
from sfa.domain.when import When

_ENCOUNTERS = frozenset(("call", "meeting", "visit", "demo"))
_TASK_CUT = frozenset(("when", "duration", "mark", "priority", "lead", "deal-day"))
_PLAIN = frozenset(
    (
        "call",
        "phone call",
        "meeting",
        "visit",
        "demo",
        "appointment",
        "video call",
        "presentation",
        "quick call",
        "review meeting",
    )
)
_SMALL_WORDS = frozenset(("with", "w", "at", "to", "for", "from"))
_GIVES = (
    "get",
    "request",
    "collect",
    "send",
    "forward",
    "submit",
    "offer",
    "give",
    "ship",
    "deliver",
    "bring",
    "follow",
    "fup",
    "f / u",
    "fu",
    "chase",
    "pay",
    "quote",
)
_HAN_TO_PEOPLE = listed(
    "跟进, 联系, 约, 提醒, 通知, 邀请, 催, 催款, 回访, 回电, 回电话, 回复, 询问, 问, 再联系, 再打电话, 再拜访, 发, 寄, 送"
)
_PRONOUNS = frozenset(("him", "her", "them", "back", "again", "up"))
_TO_PEOPLE = frozenset(
    ("follow up with", "follow-up with", "followup with", "remind", "ask", "invite", "nudge", "reach out to", "check in with",
     "touch base with", "reconnect with", "fup", "fup with", "f / u with", "fu with")
)  # fmt: skip


def read_plan(clause: Clause, act: Act, head: Head) -> list[Act]:
    """Read something to do from behind its verb; return it, and the deal and the contact that it tells of.

    Raises:
        PhraseError: its day lies in the past, or it names two amounts.
    """
    is_meant = head.role in ("noun", "encounter", "deed") and head.meaning != ""
    is_encounter = is_meant or (head.role == "todo" and head.meaning != "")
    words = phrase(clause.scan, head.first, head.after).removesuffix(" /") if head.after > head.first else ""
    if is_encounter:
        act.kind = head.meaning
    parts = clause.parts()
    deal = Act("deal", "add")
    amount = take_amount(clause, act, keeps=not is_encounter)
    if is_encounter:
        take_stage(clause, deal, is_firm=False)
        take_percent(clause, deal, is_firm=deal.stage is not None)
        take_due_close(clause, act, deal, amount)
    if is_encounter:
        _whom(clause, act, head, words)
    elif not head.has_names or head.after > head.first:
        _recipient(clause, act, head.after, words)
    act.when = _when(clause, head, words)
    if is_encounter:
        act.duration_min = timing.take_duration(clause, parts, is_anywhere=False)
    read_strays(
        clause,
        act,
        head.after,
        is_sent=words.startswith(_GIVES),
    )
    is_event = act.when is not None and timing.has_hour(act.when) and act.kind in _ENCOUNTERS and not head.is_led
    act.what = "event" if is_event else "task"
    act.text = _event_text(clause, head, words) if is_event else clause.text_without(_TASK_CUT)
    changes = amount is not None and changes_amount(clause, amount)
    deals = told_deal(act, deal, changes=changes) if is_encounter else []
    return [act, *deals, *told_contact(act)]


def _recipient(clause: Clause, act: Act, at: int, words: str) -> None:
    """Read the name behind a verb that has people for objects; behind others only one that is known to be a name."""
    name = read_name(clause, clause.free_from(at))
    is_han = name is not None and words in _HAN_TO_PEOPLE and not is_weak(clause, name)
    if words in _TO_PEOPLE or words.startswith(_GIVES) or (name is not None and name.noun) or is_han:
        read_who(clause, act, at, takes_small=words in _TO_PEOPLE)


def _whom(clause: Clause, act: Act, head: Head, words: str) -> None:
    is_place = words.endswith(" at") or (words.endswith(" to") and head.meaning in ("visit", "demo"))
    is_company = is_place and head.role == "noun"
    at = head.after
    while clause.word(at) in _PRONOUNS:
        at += 1
    if at > head.after and (words or head.is_led):
        clause.drop("who", head.after, at)
    if not (head.has_names and act.people):
        read_who(
            clause,
            act,
            at,
            is_company=is_company,
            takes_small=head.role == "encounter" or words.endswith(("with", " w")),
        )


def _event_text(clause: Clause, head: Head, words: str) -> str:
    """Return the words of an appointment without whom and when; a lunch or a workshop keeps its name."""
    text = clause.text_without(CUT)
    name = words
    for small in _SMALL_WORDS:
        name = name.removesuffix(f" {small}")
    if head.role != "noun" or name in _PLAIN:
        return text
    return f"{name} {text}".strip()


def _when(clause: Clause, head: Head, words: str) -> When | None:
    """Take the day of something to do: the last one named counts where an earlier one is past.

    Raises:
        PhraseError: all days named lie in the past.
    """
    when = timing.find(clause, clause.first, clause.after, "future")
    if when is None:
        return None
    if timing.is_past(when, clause.context.now):
        later = _later(clause, when)
        if later is None:
            if when.grain in ("day", "hour", "minute", "second", "part"):
                rule = "What is to be done needs a day to come"
                timing.refuse_past(
                    clause,
                    when,
                    f"{rule}, and what was done its past form (not “{words}”)" if head.role == "encounter" else rule,
                )
            return None
        when = later
    elif when.rule and not timing.has_hour(when):
        other = _later(clause, when)
        if other is not None and other.rule:
            timing.take(clause, when)  # `weekly call every monday 9:00`
            when = other
    timing.take(clause, when)
    return when


def _later(clause: Clause, when: When) -> When | None:
    """Return a date to come behind or before one that is past: `ask about last week's order friday`."""
    first, after = timing.tokens_of(clause, when)
    for begin, end in ((after, clause.after), (clause.first, first)):
        other = timing.find(clause, begin, end, "future") if end > begin else None
        if other is not None and not timing.is_past(other, clause.context.now):
            return other
    return None
