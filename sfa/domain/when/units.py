"""Reads one part of a date or a time in the language that it is written in, and the words that stand before it."""

from sfa.domain.when.calendar_words import OPENING
from sfa.domain.when.english import read_unit
from sfa.domain.when.readings import Reading
from sfa.domain.when.tokens import HAN, NUMBER, Line

_MOST_LEADS = 4
_HAN_LEADS = frozenset("在从自于是约大到等截赶")
_HAN_BETWEEN = frozenset("的之在于里内当,")
_SIGNS_BETWEEN = frozenset(",()@|~-.:[")
_ROUGHLY = frozenset(("about", "around", "~", "approximately", "approx", "roughly"))
_SHIFTING = frozenset(("in", "within"))
_WORDS_BETWEEN = frozenset((
    "on", "at", "in", "of", "for", "from", "by", "the", "around", "about", "@", "during", "starting", "beginning",
    "between", "within", "due", "before", "after", "until",
))  # fmt: skip


def unit_at(line: Line, at: int, lead: str) -> Reading | None:
    """Read one part in the language that it is written in."""
    if (at, lead) in line.empty:
        return None
    found = _unit(line, at, lead)
    if found is None:
        line.empty.add((at, lead))
    return found


def _unit(line: Line, at: int, lead: str) -> Reading | None:
    is_chinese = line.language == "zh" or line.kinds[at] == HAN or (line.kinds[at] == NUMBER and line.has_han)
    if is_chinese and line.language != "en":
        from sfa.domain.when.chinese import read_chinese  # noqa: PLC0415 - only where there is Chinese

        found = read_chinese(line, at)
        if found is not None:
            return found
    return read_unit(line, at, lead) if line.kinds[at] != HAN else None


def read_leads(line: Line, at: int) -> tuple[int, str]:
    """Return the first token behind prepositions and articles, and the last of these."""
    begin, lead = at, ""
    while begin < at + _MOST_LEADS:
        word = line.words[begin]
        is_lead = word in OPENING or (line.kinds[begin] == HAN and word in _HAN_LEADS)
        if not is_lead:
            break
        lead = lead if word in _ROUGHLY and lead in _SHIFTING else word
        begin += 1
    return begin, lead


def skip_between(line: Line, at: int) -> tuple[int, str]:
    """Return the next token behind commas and prepositions, and the last of these words."""
    begin, lead = at, ""
    while begin < at + _MOST_LEADS:
        word = line.words[begin]
        if line.kinds[begin] == HAN:
            if word not in _HAN_BETWEEN:
                break
        elif word in _WORDS_BETWEEN:
            lead = word
        elif word not in _SIGNS_BETWEEN or not word:
            break
        begin += 1
    return begin, lead
