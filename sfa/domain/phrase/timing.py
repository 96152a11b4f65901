"""When a clause takes or took place, and how long: asks `sfa.domain.when`, and keeps what belongs to the clause."""

from datetime import timedelta

from sfa.domain.phrase.clause import LONGEST_SEARCH, Clause
from sfa.domain.phrase.values import PhraseError
from sfa.domain.when import When, WhenError, find_duration, find_when

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

_BEFORE = frozenset(
    (
        "by",
        "on",
        "at",
        "due",
        "until",
        "till",
        "before",
        "from",
        "for",
        "in",
        "this",
        "around",
        "of",
        "the",
        "to",
        "在",
        "于",
        "到",
    )
)
_BEHIND = ("之前", "以前", "前", "之后", "以后", "后", "左右", "前后")
_BEFORE_DURATION = frozenset(("for", "about", "ca", "~", "took", "用了", "聊了", "谈了", "约"))
_LONGEST_MINUTES = 24 * 60
_LONGEST_DATE = 9
_LONGEST_DURATION = 5
_ASKING = frozenset(
    ("a", "an", "of", "for", "in", "takes", "within", "least", "every", "wants", "needs", "after", "by", "to", "than")
)
_ASKED = frozenset(
    ("ask", "asks", "asked", "wait", "waits", "waited", "wants", "want", "wanted", "needs", "need", "needed", "look", "looking",
     "slot", "book", "booked", "available", "free", "time", "room", "down", "out", "good", "runs", "lasts", "budget")
)  # fmt: skip
"""Behind these `for 20 min` is what somebody asked for, or how long something else takes."""
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def find(clause: Clause, first: int, after: int, prefers: str, lead: str = "") -> When | None:
    """Return the best date among the free tokens `[first, after)`, its spans in the line; nothing is taken.

    `lead` stands before them in the thoughts of the reader: `in ` makes a month of `may`.

    Raises:
        PhraseError: something is written as a date that cannot be one.
    """
    first = clause.free_from(first)
    after = min(after, clause.scan.first_from(clause.scan.starts[first] + LONGEST_SEARCH))
    text = clause.undated(first, after)
    when = _search(clause, first, text, prefers, lead) if text.strip(" |") else None
    if when is None:
        return None
    start = clause.scan.starts[first] - len(lead)
    spans = tuple((max(begin, len(lead)) + start, end + start) for begin, end in when.spans if end > len(lead))
    if not spans:
        return None
    return When(when.start, when.end, when.grain, when.text, spans, all_day=when.all_day, rule=when.rule)


def _search(clause: Clause, first: int, text: str, prefers: str, lead: str) -> When | None:
    """Ask the grammar of dates, the same only once."""
    context = clause.context
    key = text, prefers, lead, first
    if key not in context.found:
        context.spend(text, clause.column(first))
        try:
            context.found[key] = find_when(
                lead + text, context.now, language=context.language, order=context.order, prefers=prefers
            )
        except WhenError as error:
            sentence = str(error)
            remedy = "" if ": write " in sentence else ": write a day and a time that exist."
            raise PhraseError(sentence.rstrip(".") + remedy if remedy else sentence) from error
    return context.found[key]


def tokens_of(clause: Clause, when: When) -> tuple[int, int]:
    """Return the tokens `[first, after)` from the first to the last word of a date."""
    return clause.scan.tokens_of(when.spans[0][0], when.spans[-1][1])


def end_of(clause: Clause, when: When) -> int:
    """Return the token behind the first words of a date, `前` and `之后` behind it included."""
    after = clause.scan.tokens_of(*when.spans[0])[1]
    return clause.phrase_at(after, _BEHIND) or after


def take(clause: Clause, when: When, kind: str = "when") -> None:
    """Take a date with the small words that lead to it."""
    for start, end in when.spans:
        first, after = clause.scan.tokens_of(start, end)
        while clause.word(first - 1) in _BEFORE:
            clause.drop(kind, first - 1, first)
            first -= 1
        behind = clause.phrase_at(after, _BEHIND)
        if behind:
            clause.drop(kind, after, behind)
        first, after = clause.scan.tokens_of(start, end)
        clause.take(kind, first, after, shown(when))


def refuse_past(clause: Clause, when: When, rule: str) -> None:
    """Say that a day lies behind where one to come is meant.

    Raises:
        PhraseError: always.
    """
    start, end = when.spans[0]
    typed = clause.scan.text[start:end]
    raise PhraseError(f"“{typed}” at column {start + 1} lies in the past ({_told(when)}). {rule}: write one.")


def _told(when: When) -> str:
    return when.start.date().isoformat() if when.all_day else when.start.isoformat(" ", "minutes")


def shown(when: When) -> str:
    """Return a date as ISO 8601, with its rule where it recurs."""
    start = when.start.date().isoformat() if when.all_day else when.start.isoformat(timespec="minutes")
    end = (
        f"/{(when.end.date().isoformat() if when.all_day else when.end.isoformat(timespec='minutes'))}"
        if when.end
        else ""
    )
    return f"{start}{end}" + (f" {when.rule}" if when.rule else "")


def is_past(when: When, now: "datetime") -> bool:
    """Tell whether all of it lies behind."""
    if when.rule:
        return False
    if when.end is not None:
        return when.end <= now
    if when.all_day:
        return when.start.date() + timedelta(days=_DAYS.get(when.grain, 1)) <= now.date()
    return when.start < now.replace(second=0, microsecond=0)  # asap is the minute that runs


def is_ahead(when: When, now: "datetime") -> bool:
    """Tell whether all of it is still to come: tomorrow, or a later hour of today."""
    if when.rule:
        return True
    return when.start.date() > now.date() if when.all_day else when.start > now


def has_hour(when: When) -> bool:
    """Tell whether it names a time of day, and not only a part of the day."""
    return not when.all_day and when.grain in ("hour", "minute", "second")


def take_sole(clause: Clause, prefers: str, parts: list[tuple[int, int]]) -> When | None:
    """Take the date that is all of one of these parts: `called Jane, yesterday`."""
    for part in parts:
        first, after = clause.trimmed(*part)
        while clause.word(first) in _BEFORE and first < after:
            first += 1
        if 0 < after - first <= _LONGEST_DATE:
            when = find(clause, first, after, prefers)
            if when is not None and tokens_of(clause, when) == (first, after) and len(when.spans) == 1:
                take(clause, when)
                return when
    return None


def take_last_duration(clause: Clause, first: int, after: int) -> int | None:
    """Take a duration that ends a part, where the words before it do not ask for it: `about prices 30 min`."""
    first, after = clause.trimmed(first, after)
    begin = max(first, after - _LONGEST_DURATION)
    text = clause.masked(begin, after)
    found = find_duration(text) if text.strip() else None
    if found is None or not 0 < found.minutes <= _LONGEST_MINUTES:
        return None
    offset = clause.scan.starts[begin]
    start, end = clause.scan.tokens_of(found.span[0] + offset, found.span[1] + offset)
    is_led = clause.word(start - 1) == "for" and clause.word(start - 2) not in _ASKED
    if end != after or (clause.word(start - 1) in _ASKING and not is_led):
        return None
    if is_led:
        clause.drop("duration", start - 1, start)
    clause.take("duration", start, end, str(found.minutes))
    return found.minutes


def take_duration(clause: Clause, parts: list[tuple[int, int]], *, is_anywhere: bool) -> int | None:
    """Take a duration in the first part, or one that is all of another part; return whole minutes."""
    for number, (first, after) in enumerate(parts):
        begin, after = clause.trimmed(first, after)  # noqa: PLW2901 - the same part without what is understood
        text = clause.masked(begin, after)
        found = find_duration(text) if text.strip() else None
        if found is None or not 0 < found.minutes <= _LONGEST_MINUTES:
            continue
        offset = clause.scan.starts[begin]
        start, end = clause.scan.tokens_of(found.span[0] + offset, found.span[1] + offset)
        if number and not is_anywhere and (start, end) != (begin, after):
            continue
        for length in (2, 1):
            if start >= length and clause.phrase_at(start - length, _BEFORE_DURATION) == start:
                clause.drop("duration", start - length, start)
        clause.take("duration", start, end, str(found.minutes))
        return found.minutes
    return None
