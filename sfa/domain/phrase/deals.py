"""Reads a clause about a deal: opened, changed, won or lost, and why."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.activities import CUT, told_contact
from sfa.domain.phrase.clause import Clause, is_end
from sfa.domain.phrase.deal_words import BEHIND, REASON_LEADS, REASONS, VERBS
from sfa.domain.phrase.facts import take_amount, take_close, take_percent, take_stage
from sfa.domain.phrase.people import read_who
from sfa.domain.phrase.scan import HAN
from sfa.domain.phrase.strays import read_strays
from sfa.domain.phrase.values import Act

_SMALL = frozenset(
    (
        "it",
        "this",
        "that",
        "deal",
        "opportunity",
        "opp",
        "the",
        "order",
        "contract",
        "with",
        "at",
        "for",
        "from",
        "单",
        "单子",
        "项目",
    )
)
_CHANGES = frozenset((*BEHIND, *VERBS, "改成", "改为", "调整到", "调到", "增加到"))
_WEAK_LEADS = frozenset(("to", "on", "over", "as", "for", "since", "给"))
"""Words that tell why a deal was lost, but with whom or for how much it was won."""
_NOISE = frozenset(
    ("to", "for", "at", "worth", "value", "amount", "is", "with", "and", "of", "from", "on", "in", "到", "为", "至")
)


def read_deal(clause: Clause, act: Act, at: int, *, has_names: bool) -> list[Act]:
    """Read a deal from behind its verb.

    Raises:
        PhraseError: it names two amounts, or its day lies in the past.
    """
    while clause.phrase_at(at, _SMALL):
        after = clause.phrase_at(at, _SMALL)
        clause.drop("verb", at, after)
        at = after
    while clause.word(at) in (":", ","):
        at += 1
    if not has_names:
        at = read_who(clause, act, at, is_company=True)
    is_closed = act.kind in ("win", "lose")
    amount = take_amount(clause, act, keeps=False)
    take_stage(clause, act, is_firm=True)
    take_percent(clause, act, is_firm=True)
    if not is_closed:
        take_close(clause, act, amount, is_firm=True)
    else:
        _closed_on(clause, act)
        _take_reason(clause, act)
    read_strays(clause, act, clause.first, is_sent=True)
    if act.deal is None:
        _take_words(clause, act, at)
    tidy_noise(clause)
    act.text = clause.text_without(CUT | {"named"})
    return [act, *told_contact(act)]


def _closed_on(clause: Clause, act: Act) -> None:
    when = timing.find(clause, clause.first, clause.after, "past")
    if when is not None and not timing.is_ahead(when, clause.context.now):
        timing.take(clause, when)
        act.when = when


def _take_reason(clause: Clause, act: Act) -> None:
    """Take `because of price`, `to Siemens on price`, or a part that begins with a common reason."""
    for at in range(clause.first, clause.after):
        lead = clause.phrase_at(at, REASON_LEADS)
        if act.kind == "win" and clause.scan.words[at] in _WEAK_LEADS:
            lead = 0
        said = clause.phrase_at(at, REASONS)
        if not lead and not (said and _is_begun(clause, at) and not _is_name(clause, act, at, said)):
            continue
        end = clause.after
        first, after = clause.trimmed(lead or at, end)
        if after <= first:
            continue
        reason = clause.scan.typed(first, after)
        if lead and clause.scan.words[at] in ("to", "输", "败"):
            reason = clause.scan.typed(at, after)
        clause.drop("verb", at, after)
        act.reason = reason.strip(" ,;:，；：。.")
        return


def _is_name(clause: Clause, act: Act, at: int, after: int) -> bool:
    """Tell whether the name of a deal begins with a reason: `won Acme service contract`."""
    is_apart = is_end(clause.scan, at - 1) or clause.scan.kinds[at] == HAN
    return act.kind == "win" and not is_apart and clause.is_free(after) and not is_end(clause.scan, after)


def _is_begun(clause: Clause, at: int) -> bool:
    """Tell whether a part begins at a token: behind a sign, what was understood, or a space in Chinese."""
    is_apart = clause.scan.kinds[at] == HAN and not clause.scan.touches(at)
    return is_apart or not clause.is_free(at - 1) or is_end(clause.scan, at - 1)


def _take_words(clause: Clause, act: Act, at: int) -> None:
    """Take the words right behind the company as the name of the deal: `won Acme renewal`."""
    at = clause.free_from(at) if not clause.is_free(at) and at < clause.after else at
    while clause.word(at) in _NOISE or clause.word(at) == ":" or clause.phrase_at(at, _SMALL):
        after = max(at + 1, clause.phrase_at(at, _SMALL))
        clause.drop("verb", at, after)
        at = after
    end = at
    while clause.is_free(end) and not is_end(clause.scan, end) and not _is_behind(clause, end):
        end += 1
    if end > at and clause.is_free(at):
        act.deal = clause.scan.typed(at, end)
        clause.take("deal", at, end, act.deal)


def _is_behind(clause: Clause, at: int) -> bool:
    """Tell whether what happened to the deal begins here, and its name ends."""
    return clause.scan.words[at] in _NOISE or bool(clause.phrase_at(at, _CHANGES))


def tidy_noise(clause: Clause) -> None:
    """Let small words go that stand between what was understood."""
    for at in range(clause.first, clause.after):
        alone = not clause.is_free(at - 1) and (not clause.is_free(at + 1) or is_end(clause.scan, at + 1))
        if clause.is_free(at) and clause.scan.words[at] in _NOISE and alone:
            clause.drop("verb", at, at + 1)
