"""Takes what a clause says of a deal: amount, probability, stage, and when it closes."""

from sfa.domain.phrase import timing
from sfa.domain.phrase.amounts import Amount, percents_within
from sfa.domain.phrase.clause import Clause, is_end, longest
from sfa.domain.phrase.deal_words import CHANCES, CLOSES, CLOSES_BEHIND, CLOSES_FIRMLY, DISCOUNTS, STAGE_LEADS
from sfa.domain.phrase.scan import HAN, NUMBER, WORD
from sfa.domain.phrase.values import Act, PhraseError, Sum

_KEEPS = frozenset(
    ("offered", "offer", "at", "for", "of", "wants", "want", "budget", "pay", "pays", "paid", "is", "from",
     "under", "over", "max", "than", "price", "cost", "costs", "quoted", "quote", "asked", "to", "by", "discount", "save", "saves")
)  # fmt: skip
"""Words that would hang in the air if the amount behind them were cut out."""
_AMOUNT_LEADS = frozenset(
    ("approx", "approximately", "roughly", "about", "around", "ca", "circa", "up to", "worth", "value", "amount", "deal value", "deal size",
     "volume", "total", "金额", "成交金额", "预计金额", "预计成交金额", "合同额",
     "合同金额", "总金额", "总额", "总价", "成交额", "额度", "大约", "大概", "约", "预计", "改为", "改成", "调整为", "金额改为",
     "金额调整为", "金额改成")
)  # fmt: skip
_CHANCES_NAMED = frozenset(("prob", "probability", "chance", "chances", "概率", "胜率", "赢率", "成功率", "把握"))
"""Behind these a number needs no percent sign."""
_CHANCES_BEGIN = frozenset(("prob", "probability", "chance", "chances", "概", "胜", "赢", "成", "把"))
_MOST_PERCENT, _PERCENT_DIGITS = 100, 3
_EACH = frozenset(("单价", "每台", "每套", "每件", "每个", "unit price", "list price", "price per unit"))
_COUNTED_IN_WAN = frozenset(("CNY", "HKD", "TWD", "MOP", "SGD", "JPY", "MYR"))
_GROWS = frozenset(("to", "now", "at", "amount", "value", "is", "到", "为", "至", "改为", "调整为"))
_BEFORE_PERCENTS = _GROWS | {":", "="}
_BEHIND = tuple(sorted(CLOSES_BEHIND, key=len, reverse=True))


def take_amount(clause: Clause, act: Act, *, keeps: bool | None = None) -> Amount | None:
    """Take the one amount of a clause for an act.

    Args:
        clause: what is read.
        act: gets it.
        keeps: whether its words stay in the text; None where the words before it decide.

    Raises:
        PhraseError: the clause names two that differ.
    """
    found = [
        amount
        for amount in clause.amounts()
        if all(clause.is_free(at) for at in range(amount.first, amount.after))
        and not _is_discount(clause, amount.after)
        and not _is_each(clause, amount)
    ]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        if (other.value, other.currency or first.currency) != (first.value, first.currency or other.currency):
            raise PhraseError(
                f"“{_typed(clause, first)}” and “{_typed(clause, other)}” at column {other.start + 1} are two amounts in one clause:"
                " leave one out, or part them with a semicolon."
            )
    if first.currency == "":
        raise PhraseError(
            f"The currency of “{_typed(clause, first)}” at column {first.start + 1} is none that money is counted in here:"
            " write the amount with a code such as EUR."
        )
    currency = first.currency or _counted_in(clause, first)
    act.amount = Sum(first.value, currency)
    shown = f"{first.value} {currency}" if currency else first.value
    lead = _phrase_before(clause, first.first, _AMOUNT_LEADS)
    if (
        lead == first.first - 1
        and clause.scan.kinds[lead] == clause.scan.kinds[lead - 1] == HAN
        and clause.scan.touches(lead)
    ):
        lead = first.first  # the end of another word: 续约 20万
    keeps = (lead == first.first and _hangs(clause, lead)) if keeps is None else keeps
    clause.drop("amount", lead, first.first)
    clause.take("amount", first.first, first.after, shown, "kept" if keeps else "amount")
    return first


def _counted_in(clause: Clause, amount: Amount) -> str | None:
    """Return the currency of `20万` where the desk has one that nobody counts so: whoever writes 万 means yuan."""
    is_han = any(clause.scan.kinds[at] == HAN for at in range(amount.first, amount.after))
    return "CNY" if is_han and clause.context.own not in _COUNTED_IN_WAN else None


def _typed(clause: Clause, amount: Amount) -> str:
    return clause.scan.text[amount.start : amount.end]


def _hangs(clause: Clause, at: int) -> bool:
    """Tell whether words before an amount need it: `offered 40k`."""
    is_glued = clause.scan.touches(at) and clause.scan.kinds[at - 1] in (WORD, HAN)
    return clause.is_free(at - 1) and (clause.scan.words[at - 1] in _KEEPS or is_glued)


def _is_each(clause: Clause, amount: Amount) -> bool:
    """Tell whether it is the price of one piece, and no sum."""
    return _phrase_before(clause, amount.first, _EACH) < amount.first or clause.word(amount.after) in (
        "each",
        "per",
        "apiece",
        "/",
    )


def _is_discount(clause: Clause, after: int) -> bool:
    return bool(clause.phrase_at(after, DISCOUNTS))


def take_percent(clause: Clause, act: Act, *, is_firm: bool) -> None:
    """Take a probability: `60%` beside `chance` or as a part of its own; anywhere where the clause is about a deal."""
    for first, after, percent in (*percents_within(clause.scan, clause.first, clause.after), *_bare_chances(clause)):
        if not all(clause.is_free(at) for at in range(first, after)) or _is_discount(clause, after):
            continue
        behind = clause.phrase_at(after, CHANCES)
        begin = first
        while clause.word(begin - 1) in _BEFORE_PERCENTS:
            begin -= 1
        before = _phrase_before(clause, begin, CHANCES)
        before = before if before < begin else first
        if clause.word(after) == "of" or clause.word(first - 1) in DISCOUNTS:
            continue
        is_led = clause.word(before - 1) in _GROWS
        if behind or before < first or is_firm or is_led or _is_alone(clause, first, after):
            while clause.word(before - 1) in _GROWS:
                before -= 1
            clause.drop("percent", before, first)
            clause.drop("percent", after, behind)
            clause.take("percent", first, after, str(percent))
            act.percent = percent
            return


def _bare_chances(clause: Clause) -> list[tuple[int, int, int]]:
    """Return `(first token, token after, percent)` of numbers that end a part behind `prob` or 概率, without a sign."""
    scan, found = clause.scan, []
    for first in range(clause.first, clause.after):
        at = clause.phrase_at(first, _CHANCES_NAMED) if scan.words[first] in _CHANCES_BEGIN else 0
        while at and clause.word(at) in _BEFORE_PERCENTS:
            at += 1
        is_last = not clause.is_free(at + 1) or is_end(scan, at + 1)
        if not at or scan.kinds[at] != NUMBER or not is_last or len(scan.words[at]) > _PERCENT_DIGITS:
            continue
        if scan.words[at].isdecimal() and int(scan.words[at]) <= _MOST_PERCENT:
            found.append((at, at + 1, int(scan.words[at])))
    return found


def _phrase_before(clause: Clause, at: int, table: frozenset[str]) -> int:
    """Return where a phrase of a table begins that ends before a token."""
    for length in range(6, 0, -1):
        first = at - length
        if clause.is_free(first) and longest(clause.scan, first, table, at) == at:
            return first
    return at


def _is_alone(clause: Clause, first: int, after: int) -> bool:
    """Tell whether nothing that is not understood stands beside a part of a clause."""
    is_begun = not clause.is_free(first - 1) or is_end(clause.scan, first - 1)
    return is_begun and (not clause.is_free(after) or is_end(clause.scan, after))


def take_stage(clause: Clause, act: Act, *, is_firm: bool) -> None:
    """Take a stage of the book behind `to`, `in`, `stage`, or alone in its part; anywhere in a clause about a deal."""
    stages = clause.context.stages
    if not stages:
        return
    for at in range(clause.first, clause.after):
        after = clause.phrase_at(at, stages)
        if not after:
            continue
        first = _phrase_before(clause, at, STAGE_LEADS)
        behind = after + (clause.word(after) in ("stage", "phase"))
        if clause.scan.words[after : after + 2] == ["阶", "段"]:
            behind = after + 2
        behind += clause.word(behind) == "了"
        if is_firm or first < at or behind > after or _is_alone(clause, at, after):
            name = stages[_key(clause, at, after)]
            clause.drop("stage", first, behind)
            clause.take("stage", at, after, name)
            act.stage = name
            return


def _key(clause: Clause, first: int, after: int) -> str:
    scan = clause.scan
    if scan.kinds[first] == HAN:
        return scan.plain[scan.starts[first] : scan.ends[after - 1]]
    return " ".join(scan.words[first:after])


def take_close(clause: Clause, act: Act, amount: Amount | None, *, is_firm: bool) -> None:
    """Take the day a deal closes: behind `closes`, `预计`, before `签约`, or in the part of the amount.

    Raises:
        PhraseError: it lies in the past.
    """
    for first, after in clause.parts():
        has_amount = amount is not None and first <= amount.first < after
        begin = _close_lead(clause, first, after, weak=has_amount or is_firm)
        if begin is None and not has_amount and not is_firm and not _closes_behind(clause, first, after):
            continue
        if begin is None and has_amount and not is_firm and amount is not None:
            begin = (amount.after, amount.after)  # the words before it tell when the clause itself took place
        lead, start = begin or (first, first)
        when = timing.find(clause, start, after, "future")
        if when is None and (lead < start or has_amount or (is_firm and _is_word(clause, first, after))):
            when = timing.find(clause, start, after, "future", "in ")
        if when is None and begin is not None and lead < start:
            lead = start = amount.after if has_amount and amount is not None else first
            begin, when = None, timing.find(clause, start, after, "future")
        if when is None or (begin is not None and lead < start and timing.tokens_of(clause, when)[0] > start + 2):
            continue
        if timing.is_past(when, clause.context.now):
            timing.refuse_past(clause, when, "A deal closes on a day to come")
        act.close = when
        clause.drop("when", lead, start)
        _drop_behind(clause, timing.tokens_of(clause, when)[1])
        timing.take(clause, when)
        return


def _is_word(clause: Clause, first: int, after: int) -> bool:
    """Tell whether a part is a single word that is left: the `june` of a deal."""
    first, after = clause.trimmed(first, after)
    return after - first == 1


def _close_lead(clause: Clause, first: int, after: int, *, weak: bool) -> tuple[int, int] | None:
    """Return where the words begin and end that announce the day."""
    table = CLOSES if weak else CLOSES_FIRMLY
    for at in range(first, after):
        end = clause.phrase_at(at, table)
        if end:
            while clause.word(end) in ("in", "on", "by", "at", "is", "at", ":", "在", "于"):
                end += 1
            return at, end
    return None


def _closes_behind(clause: Clause, first: int, after: int) -> bool:
    return any(
        clause.scan.kinds[at] == HAN and clause.phrase_at(at, _BEHIND) and clause.scan.words[at] in "签成下结关"
        for at in range(first, after)
    )


def _drop_behind(clause: Clause, at: int) -> None:
    """Let `前签约` behind a day go with it."""
    for _ in range(2):
        end = clause.phrase_at(at, _BEHIND) if clause.scan.kinds[at] == HAN else 0
        if end:
            clause.drop("when", at, end)
            at = end


def changes_amount(clause: Clause, amount: Amount) -> bool:
    """Tell whether words say that a deal changes to this amount, and not that there is a new one."""
    before = clause.scan.words[amount.first - 1] if amount.first > clause.first else ""
    return before in _GROWS and clause.scan.kinds[amount.first - 1] in (WORD, HAN)
