"""`sfa call`, `met`, `mail`, `visit`, `task`, `note`: the words and options of a verb, as a line of quick entry."""

from sfa.domain.phrase.values import Act, Line
from sfa.errors import UsageError
from sfa.services import quick_entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Store
    from sfa.domain.when import When
    from sfa.quick.entering import Asked
    from sfa.services.matching import Matcher

DEEDS = {
    "call": ("called", "call"),
    "met": ("met", "meeting"),
    "mail": ("emailed", "email"),
    "visit": ("visited", "visit"),
}
"""The verb of the line, and the kind of activity."""


def line_of(store: "Store", asked: "Asked", matcher: "Matcher") -> Line:
    """Return the line that a verb and its options stand for.

    Words alone are read as in `sfa +`. A name of the book alone, and whatever stands in an option, is taken as it is,
    and needs no grammar.

    Raises:
        UsageError: the words cannot be read, or an option does not fit the verb.
    """
    _check(asked)
    values = {name: quick_entry.inert(value) for name, value in asked.values.items()}
    words = [quick_entry.inert(word) for word in asked.words]
    line = _plain_line(asked.verb, words, values, matcher)
    if line is None:
        line = quick_entry.read(store, _sentence(asked.verb, words), matcher, language=asked.language)
        _name_somebody(asked.verb, line.acts[0], words)
    return _with_options(store, line, values)


def _check(asked: "Asked") -> None:
    unfit = {"task": ("note", "min"), "note": ("min", "on")}.get(asked.verb, ("for",))
    for name in unfit:
        if name in asked.values:
            raise UsageError(f"sfa {asked.verb} has no --{name}.", hint=f"See: sfa {asked.verb} --help")


def _name_somebody(verb: str, act: Act, words: list[str]) -> None:
    """Let the first word be a name, which has to be in the book, where the grammar saw none behind call, met..."""
    if verb in DEEDS and not act.people and not act.company:
        act.people = (words[0],)
        act.text = act.text.removeprefix(words[0]).strip(" ,")


def _sentence(verb: str, words: list[str]) -> str:
    head = DEEDS[verb][0] if verb in DEEDS else verb
    return f"{head} {' '.join(words)}" if verb in DEEDS else f"{head}: {' '.join(words)}"


def _plain_line(verb: str, words: list[str], values: dict[str, str], matcher: "Matcher") -> Line | None:
    """Return a line that needs no grammar, or None."""
    if verb == "task":
        return _line(_act("task", "", values["for"], text=" ".join(words)), words) if "for" in values else None
    if verb == "note":
        return _plain_note(words, values, matcher)
    who = " ".join(words)
    act = _act("activity", DEEDS[verb][1], who)
    return _line(act, [DEEDS[verb][0], *words]) if _is_known(act, matcher) else None


def _plain_note(words: list[str], values: dict[str, str], matcher: "Matcher") -> Line | None:
    whom = values.get("for") or (" ".join(words) if "note" in values else words[0] if len(words) > 1 else "")
    said = words if "for" in values or not whom else words[1:]
    body = values.get("note") or " ".join(said)
    act = _act("note", "", whom, text=body)
    if not body or not whom or not ("for" in values or _is_known(act, matcher)):
        return None
    return _line(act, [whom, body])


def _act(what: str, kind: str, who: str, text: str = "") -> Act:
    """Return a clause about `Jane`, `Acme`, `Jane at Acme` or `@Acme`."""
    act = Act(what, kind)
    person, at, company = who.partition(" at ")
    if not at:
        person, at, company = who.rpartition("@") if who.startswith("@") or " @" in who else (who, "", "")
    act.people = (person.strip(),) if person.strip() else ()
    act.company = company.strip() or None
    act.is_new = at == "@"
    act.text = text
    return act


def _is_known(act: Act, matcher: "Matcher") -> bool:
    """Tell whether the names are of the book as they stand: then no grammar is needed to find them among words."""
    if act.company:
        return matcher.is_known("account", act.company) and all(
            matcher.is_known("contact", name) for name in act.people
        )
    return any(matcher.is_known(noun, name) for name in act.people for noun in ("account", "contact"))


def _line(act: Act, words: list[str]) -> Line:
    return Line(" ".join(words), [act], (), ())


def _with_options(store: "Store", line: Line, values: dict[str, str]) -> Line:
    """Let options add to what the words say."""
    act = line.acts[0]
    text = line.text
    if "min" in values:
        act.duration_min = _minutes(values["min"])
        text += f" {act.duration_min}min"
    if "on" in values:
        act.when = _day(store, values["on"], is_past=act.what == "activity")
        text += f" {values['on']}"
    if "note" in values and act.what == "activity":
        act.text = ", ".join(part for part in (act.text, values["note"]) if part)
        text += f", {values['note']}"
    return Line(text, line.acts, line.tags, line.spans)


def _minutes(text: str) -> int:
    if text.isdecimal() and text.isascii():
        return int(text)
    from sfa.domain.when import find_duration  # noqa: PLC0415 - only for words

    found = find_duration(text)
    if found is None:
        raise UsageError(f"“{text}” is no length of time.", hint="Write it as 15, 90min or 1h30.")
    return found.minutes


def _day(store: "Store", text: str, *, is_past: bool) -> "When":
    from sfa.clock import wall_now  # noqa: PLC0415 - only where a day is named
    from sfa.domain.when import WhenError, find_when  # noqa: PLC0415 - as above

    now: datetime = wall_now(store.clock)
    try:
        found = find_when(text, now, order=quick_entry.order_of(store, text), prefers="past" if is_past else "future")
    except WhenError as error:
        raise UsageError(str(error)) from error
    if found is None:
        raise UsageError(f"“{text}” is no day.", hint="Write it as friday, yesterday or 2026-12-31.")
    return found
