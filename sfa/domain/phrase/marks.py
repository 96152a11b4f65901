"""Takes the parts of a clause that carry a sign: `#tag`, `!high`, `@Acme`, e-mail addresses, phone numbers."""

from sfa.domain.phrase.clause import Clause, longest
from sfa.domain.phrase.name_words import CALENDAR
from sfa.domain.phrase.people import capitals
from sfa.domain.phrase.reach import find_emails, find_phones, is_sure_phone
from sfa.domain.phrase.scan import END, HAN, NUMBER, WORD
from sfa.domain.phrase.tables import listed
from sfa.domain.phrase.values import Act, Span

_PRIORITIES = {
    "low": "low", "lo": "low", "normal": "normal", "medium": "normal", "med": "normal", "high": "high", "hi": "high",
    "important": "high", "urgent": "urgent", "asap": "urgent", "低": "low", "中": "normal", "高": "high",
    "重要": "high", "急": "urgent", "紧急": "urgent", "加急": "urgent", "特急": "urgent",
}  # fmt: skip
_CLOCKS = frozenset(("am", "pm", "h", "uhr", "点", "时", ":", "o'clock"))
_PHONE_LEADS = listed(
    "tel, tel., phone, phone number, mobile, cell, cell phone, ph, mob, direct, fon, handy, number, new number, new phone,"
    " new mobile, new cell, his number, her number, whatsapp, 电话, 电话号码, 手机, 手机号, 手机号码, 座机, 联系电话, 微信"
)
_EMAIL_LEADS = listed(
    "email, e-mail, mail, email address, new email, new mail, her email, his email, 邮箱, 邮件, 电子邮箱, 电邮, 邮箱地址"
)
_CALLS = frozenset(("call", "ring", "phone", "dial", "called", "rang", "phoned", "dialled", "texted"))
_LONGEST_LEAD = 5
_LONGEST_TAG = 60
_MOST_WORDS = 6


def take_tags(clause: Clause) -> list[str]:
    """Take all `#tags`, and return them as typed; a `#4711` is a number of something, no tag."""
    tags: list[str] = []
    for at in range(clause.first, clause.after):
        if clause.word(at) == "#" and (not clause.scan.touches(at) or not clause.scan.words[at - 1].isalnum()):
            after = _word_end(clause, at + 1)
            tag = clause.scan.typed(at + 1, after)
            if after > at + 1 and not tag.isdigit() and len(tag) <= _LONGEST_TAG:
                if clause.word(after) == "#" and clause.scan.touches(after):
                    after += 1
                clause.take("tag", at, after, tag, "mark")
                tags.append(tag)
    return tags


def _word_end(clause: Clause, at: int) -> int:
    """Return the token behind letters, figures, hyphens and low lines that touch each other."""
    scan, after = clause.scan, at
    while clause.is_free(after) and scan.touches(after):
        is_joint = (
            scan.words[after] in "-_/&" and scan.touches(after + 1) and scan.kinds[after + 1] in (WORD, NUMBER, HAN)
        )
        if scan.kinds[after] not in (WORD, NUMBER, HAN) and not is_joint:
            break
        after += 1
    return after


def take_priority(clause: Clause) -> str:
    """Take `!high`, `!低`, `!!`; return the priority, normal where none is named."""
    for at in range(clause.first, clause.after):
        if clause.word(at) != "!" or (clause.scan.touches(at) and at > clause.first):
            continue
        after = longest(clause.scan, at + 1, _PRIORITIES, clause.after)
        if not after and clause.word(at + 1) == "!" and clause.scan.touches(at + 1):
            priority = "urgent" if clause.word(at + 2) == "!" else "high"
            clause.take("priority", at, at + 2 + (priority == "urgent"), priority, "mark")
            return priority
        if after and clause.scan.touches(at + 1):
            word = clause.scan.plain[clause.scan.starts[at + 1] : clause.scan.ends[after - 1]]
            clause.take("priority", at, after, _PRIORITIES[word], "mark")
            return _PRIORITIES[word]
    return "normal"


def take_reach(clause: Clause, act: Act) -> None:
    """Take e-mail addresses and phone numbers with the words that lead to them."""
    if clause.after <= clause.first:
        return
    scan = clause.scan
    offset, end = scan.starts[clause.first], scan.ends[clause.after - 1]
    text = scan.plain[offset:end]
    if "@" in text:
        for start, stop in find_emails(text):
            act.emails += (_take(clause, "email", start + offset, stop + offset, _EMAIL_LEADS),)
    is_called = any(clause.word(at) in _CALLS for at in range(clause.first, clause.after))
    if any("0" <= character <= "9" for character in text):
        for start, stop in find_phones(clause.masked(clause.first, clause.after)):
            first = scan.tokens_of(start + offset, stop + offset)[0]
            is_led = _lead(clause, first, _PHONE_LEADS) < first or is_called
            if is_led or is_sure_phone(text[start:stop]):
                act.phones += (_take(clause, "phone", start + offset, stop + offset, _PHONE_LEADS),)


def _take(clause: Clause, kind: str, start: int, end: int, leads: frozenset[str]) -> str:
    first, after = clause.scan.tokens_of(start, end)
    lead = _lead(clause, first, leads)
    if lead < first:
        clause.drop(kind, lead, first)
    value = clause.scan.text[start:end]
    clause.take(kind, first, after, value)
    return value


def _lead(clause: Clause, first: int, leads: frozenset[str]) -> int:
    """Return where the words before a number or an address begin: `tel: `, `手机`."""
    before = first - 1 if clause.word(first - 1) in (":", ".") else first
    for length in range(_LONGEST_LEAD, 0, -1):
        at = before - length
        if clause.is_free(at) and longest(clause.scan, at, leads, before) == before:
            return at
    return first


def take_company(clause: Clause, act: Act) -> None:
    """Take `@Acme`, `@"Two Words"`, `@远东仪器`; `@ 10:00` and `@3pm` are times."""
    for at in range(clause.first, clause.after):
        if clause.word(at) != "@" or (clause.scan.touches(at) and clause.scan.kinds[at - 1] in (WORD, NUMBER)):
            continue
        found = _quoted(clause, at + 1) or _company(clause, at + 1)
        if found is None or act.company is not None:
            continue
        first, after, behind = found
        at -= clause.word(at - 1) in ("at", "from", "of")  # noqa: PLW2901 - `at @Acme`
        act.company = clause.scan.typed(first, after)
        act.is_new = True
        clause.drop("mark", at, behind)
        clause.spans.append(_span(clause, at, behind, act.company))


def _span(clause: Clause, first: int, after: int, value: str) -> Span:
    return Span("account", clause.scan.starts[first], clause.scan.ends[after - 1], value)


def _quoted(clause: Clause, at: int) -> tuple[int, int, int] | None:
    """Return the tokens between two quotation marks, and the token behind the second."""
    opening = clause.word(at)
    if opening not in ('"', "“", "「", "《"):
        return None
    closing = {'"': '"', "“": "”", "「": "」", "《": "》"}[opening]
    after = at + 1
    while after < clause.after and clause.word(after) != closing:
        after += 1
    return (at + 1, after, after + 1) if at + 1 < after < clause.after else None


def _company(clause: Clause, at: int) -> tuple[int, int, int] | None:
    scan = clause.scan
    if scan.kinds[at] in (END, "s") or _is_time(clause, at):
        return None
    known = clause.context.names.at(at)
    if known is not None and known[0] <= clause.after and known[1] == "account":
        return at, known[0], known[0]
    if scan.kinds[at] == HAN:
        from sfa.domain.phrase.han_people import read_han_name  # noqa: PLC0415 - only for Chinese

        found = read_han_name(clause, at)
        after = found[0] if found else _word_end(clause, at + 1)
        return at, max(after, at + 1), max(after, at + 1)
    after = capitals(clause, at) or max(_word_end(clause, at + 1), at + 1)
    while clause.is_free(after) and scan.kinds[after] == WORD and _goes_on(clause, at, after):
        after += 1
    return at, after, after


def _goes_on(clause: Clause, first: int, at: int) -> bool:
    """Tell whether a word in capitals belongs to the company before it: `@New Company`."""
    scan = clause.scan
    is_capital = scan.is_capital(first) and scan.is_capital(at) and scan.words[at] not in CALENDAR
    return is_capital and at - first < _MOST_WORDS


def _is_time(clause: Clause, at: int) -> bool:
    """Tell whether a number behind `@` is a time of day, and no `3M`."""
    scan = clause.scan
    if scan.kinds[at] != NUMBER:
        return scan.words[at] in ("noon", "midnight", "lunch", "home", "office")
    return not (scan.touches(at + 1) and scan.kinds[at + 1] == WORD and scan.words[at + 1] not in _CLOCKS)
