"""Reads Chinese names where no space parts them: a surname and a title mark a person, its end a company."""

from sfa.domain.phrase.clause import Clause, longest
from sfa.domain.phrase.deal_words import BEHIND, CHANCES, CLOSES_BEHIND, VERBS
from sfa.domain.phrase.name_words import (
    HAN_COMPANY_ENDS,
    HAN_FAMILIAR,
    HAN_NO_NAMES,
    HAN_STOPS,
    HAN_TITLES,
    NO_TITLES,
    SURNAMES,
    SURNAMES_OF_TWO,
)
from sfa.domain.phrase.outcome_words import OUTCOMES
from sfa.domain.phrase.scan import HAN, is_han
from sfa.domain.phrase.verb_words import HAN_CAME, HAN_DEEDS, HAN_TO_DO

_LONGEST_RUN = 18
_LONGEST_PERSON = 4
_LONGEST_COMPANY = 12
_WEAK_STOPS = frozenset("约就送看催推喝见时后定签发拿做打在对把还已很不")
_JOINTS = frozenset("和、与及跟的了过给向同")
_STOPS = frozenset((*HAN_STOPS, *(word for word in (*HAN_TO_DO, *HAN_DEEDS, *HAN_CAME) if len(word) > 1)))
_TITLES = frozenset(HAN_TITLES)
_NO_TITLES = frozenset(NO_TITLES)
_ENDS = frozenset(HAN_COMPANY_ENDS)
_NO_STARTS = frozenset(
    word
    for word in (
        *HAN_STOPS,
        *HAN_NO_NAMES,
        *HAN_CAME,
        *HAN_DEEDS,
        *HAN_TO_DO,
        *OUTCOMES,
        *BEHIND,
        *VERBS,
        *CHANCES,
        *CLOSES_BEHIND,
    )
    if len(word) > 1 and is_han(word[0])
)
_CLIENTS = frozenset(("客户", "老客户", "新客户", "代理", "经销商", "分公司"))
_NO_FIRST = frozenset("在对把还已很不没就从被让为要的了过给是再先好次请") | {
    word for word in HAN_STOPS if len(word) == 1 and word not in SURNAMES
}
_SELDOM_GIVEN = frozenset("王李张刘陈杨赵黄周吴徐孙朱郭罗")


def read_han_name(clause: Clause, at: int) -> tuple[int, str] | None:
    """Return the token behind the name that begins here and what it is (contact, account or ""), or None."""
    if clause.scan.words[at] in _NO_FIRST or longest(clause.scan, at, _NO_STARTS, clause.after):
        return None
    end = _run_end(clause, at)
    if longest(clause.scan, end, _CLIENTS, clause.after):
        return None  # 深圳客户
    titled = _titled(clause, at, end)
    if titled is not None:
        first, after = titled
        return (after, "person") if first == at else (first, "account")
    weak = _weak_end(clause, at, end)
    company = _company_end(clause, at, end)
    if company:
        return company, "account"
    length = weak - at
    text = clause.scan.plain[clause.scan.starts[at] : clause.scan.ends[weak - 1]] if length else ""
    if 2 <= length <= _LONGEST_PERSON and (text[0] in SURNAMES or text[:2] in SURNAMES_OF_TWO or text[0] in "小老"):  # noqa: PLR2004 - surname and given name
        return weak, ""
    return (weak, "") if 2 <= length <= _LONGEST_COMPANY and _is_parted(clause, at, weak) else None  # noqa: PLR2004 - one character is no name


def _run_end(clause: Clause, at: int) -> int:
    """Return where the characters that touch each other end, or where a word begins that ends every name."""
    scan, end = clause.scan, at
    while clause.is_free(end) and scan.kinds[end] == HAN and end - at < _LONGEST_RUN:
        if end > at and (not scan.touches(end) or scan.words[end] in _JOINTS):
            break
        if end > at:
            stop = longest(scan, end, _STOPS, clause.after)
            if stop and not (stop == end + 1 and scan.words[end] in _WEAK_STOPS):
                break
        end += 1
    return end


def _weak_end(clause: Clause, at: int, end: int) -> int:
    """Return where a name ends that nothing marks: before any verb of one character too."""
    for token in range(at + 1, end):
        if clause.scan.words[token] in _WEAK_STOPS:
            return token
    return end


def _is_parted(clause: Clause, at: int, end: int) -> bool:
    """Tell whether spaces, or what was understood, stand on both sides."""
    scan = clause.scan
    is_begun = at == clause.first or not scan.touches(at) or not clause.is_free(at - 1) or scan.kinds[at - 1] != HAN
    return is_begun and (
        end >= clause.after or not scan.touches(end) or scan.kinds[end] != HAN or scan.words[end] in _JOINTS
    )


def _company_end(clause: Clause, at: int, end: int) -> int:
    """Return the token behind the last ending of a company within the characters, 0 where there is none."""
    found = 0
    for token in range(at + 1, end):
        after = longest(clause.scan, token, _ENDS, end)
        found = max(found, after)
    return found


def _titled(clause: Clause, at: int, end: int) -> tuple[int, int] | None:
    """Return the tokens of the first person with a title."""
    scan = clause.scan
    for token in range(at + 1, end + 1):
        if token >= clause.after or scan.kinds[token] != HAN or not scan.touches(token):
            return None
        after = longest(scan, token, _TITLES, clause.after)
        if not after or longest(scan, token, _NO_TITLES, clause.after) or _ends_company(clause, token, end):
            continue
        first = _person_start(clause, at, token)
        if first is not None:
            return first, after
    return None


def _ends_company(clause: Clause, token: int, end: int) -> bool:
    """Tell whether a title is the end of a company: the 工 of 重工."""
    return any(longest(clause.scan, before, _ENDS, end) > token for before in (token - 1, token - 2))


def _person_start(clause: Clause, at: int, title: int) -> int | None:
    """Return where the person before a title begins: with a surname, of one or two characters, and up to two given names."""
    words = clause.scan.words
    if title - at >= 3 and words[title - 1] in _SELDOM_GIVEN:  # noqa: PLR2004 - a company of two characters before it
        return title - 1
    for length in (3, 2):
        if title - length == at and has_surname(words, at):
            return at
    if title - 2 >= at and words[title - 2] + words[title - 1] in SURNAMES_OF_TWO:
        return title - 2
    if title - 2 >= at and words[title - 2] in HAN_FAMILIAR and words[title - 1] in SURNAMES:
        return title - 2
    for length in (1, 2, 3):
        if title - length >= at and words[title - length] in SURNAMES:
            return title - length
    return None


def has_surname(words: list[str], at: int) -> bool:
    """Tell whether a person's name may begin at a token."""
    return words[at] in SURNAMES or words[at] + words[at + 1] in SURNAMES_OF_TWO or words[at] in HAN_FAMILIAR
