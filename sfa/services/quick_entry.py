"""Quick entry: one line read, its names found in the book, all of it written as one operation."""

from __future__ import annotations

from db.queries.whom import may_mind
from sfa.errors import UsageError
from sfa.services.entry_plan import Planner
from sfa.services.matching import Matcher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.store import Store
    from sfa.domain.phrase.values import Line
    from sfa.services.desk import Desk, Saved
    from sfa.services.entry_about import About
    from sfa.services.entry_values import Plan

    Choices = Mapping[tuple[str, str], str]

Written = tuple[str, str, str]
"""Noun, id and reference of a record."""

VERB = "entry.add"
_MONTH_FIRST = frozenset(("US", "PH", "FM", "MH", "PW"))
_YEAR_FIRST = frozenset(("CN", "HK", "HU", "JP", "KP", "KR", "LT", "MN", "TW"))


def read(store: Store, text: str, matcher: Matcher, *, language: str = "auto") -> Line:
    """Return a line as the grammar reads it in this book.

    Raises:
        UsageError: it cannot be read; the nearest form is in the sentence.
    """
    from sfa.clock import wall_now  # noqa: PLC0415 - the verbs of the shell need no grammar
    from sfa.domain.phrase.lines import read_line  # noqa: PLC0415 - as above
    from sfa.domain.phrase.values import PhraseError  # noqa: PLC0415 - as above

    line = inert(text).strip()
    now, order = wall_now(store.clock), order_of(store, line)
    try:
        return read_line(line, now=now, book=matcher, order=order, language=language)  # type: ignore[arg-type] # asks when it is asked
    except PhraseError as error:
        raise UsageError(str(error)) from error


def inert(text: str) -> str:
    """Return text that steers no terminal, as `sfa.domain.text.clean` makes it; plain text costs nothing."""
    if text.isprintable() and (text.isascii() or all(map(_is_plain, text))):
        return text
    from sfa.domain.text import clean  # noqa: PLC0415 - costs more than the rest of the line

    return clean(text)


def _is_plain(sign: str) -> bool:
    """Tell whether a character is of those that `clean` never touches, whatever stands beside it."""
    return (
        sign < "\u0300" or "\u4e00" <= sign <= "\u9fff" or "\u3001" <= sign <= "\u3020" or "\uff01" <= sign <= "\uff5e"
    )


def order_of(store: Store, text: str) -> str:
    """Return the order of dates in figures: as set, else of the zone that is asked for, else of the country of the desk.

    It is looked for only where there is such a date.
    """
    is_in_figures = any(
        text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit() for at, sign in enumerate(text) if sign in "/.-"
    )
    if not is_in_figures:
        return "dmy"
    from sfa.peek import peek  # noqa: PLC0415 - only for such dates

    chosen = peek(store.workspace, "workspace", "dates")
    if chosen:
        return chosen
    from sfa.clock import StandingClock  # noqa: PLC0415 - as above

    zone = store.clock.zone_name if isinstance(store.clock, StandingClock) else ""
    if zone:
        from sfa.domain.when.orders import local_order  # noqa: PLC0415 - as above

        return local_order(zone)
    country = peek(store.workspace, "workspace", "country").upper()
    return "mdy" if country in _MONTH_FIRST else "ymd" if country in _YEAR_FIRST else "dmy"


def plan(
    store: Store,
    line: Line,
    matcher: Matcher,
    *,
    is_creating: bool = False,
    is_reaching: bool = False,
    force: str | None = None,
    about: About | None = None,
) -> Plan:
    """Return what a line would write, with a note for each contact who would rather not be reached so.

    Args:
        store: the book.
        line: as read.
        matcher: of the book.
        is_creating: whether an account that is not in the book may be made.
        is_reaching: whether what the line tells is being done now, where it names no time that is past.
        force: the reason of a user who insists against what a contact said.
        about: what the line is about where it names nothing.

    Raises:
        NotAllowedError: a contact forbade what the line plans, or does now.
        NotFoundError, ConflictError, UsageError: as `Planner.plan`.
    """
    meant = Planner(line, matcher, store.clock, is_creating=is_creating, about=about).plan()
    named = [person for entry in meant.entries for person in entry.people]
    if named and (is_reaching or may_mind(store, named)):
        from sfa.services.entry_wishes import heed  # noqa: PLC0415 - most lines tell what took place, and few forbid that

        heed(store, meant, is_reaching=is_reaching, force=force)
    return meant


def understand(desk: Desk, text: str, *, is_creating: bool = False, choices: Choices | None = None) -> Plan:
    """Return what a line would write; nothing is written.

    Args:
        desk: the desk.
        text: as typed.
        is_creating: whether an account that is not in the book may be made.
        choices: references for names that mean several records, by noun and name.

    Raises:
        UsageError: the line cannot be read.
        NotFoundError: a company that it names is not in the book.
        AmbiguousNameError: a name means several records.
        NotAllowedError: a contact forbade what it plans.
    """
    matcher = Matcher(desk.store, choices)
    return plan(desk.store, read(desk.store, text, matcher), matcher, is_creating=is_creating)


def enter(
    desk: Desk,
    text: str,
    *,
    is_creating: bool = False,
    is_dry_run: bool = False,
    choices: Choices | None = None,
) -> Saved:
    """Write a line: all of it, or nothing. Errors as `understand`."""
    return write(desk, understand(desk, text, is_creating=is_creating, choices=choices), is_dry_run=is_dry_run)[0]


def write(desk: Desk, meant: Plan, *, is_dry_run: bool = False) -> tuple[Saved, list[Written]]:
    """Write what a line means as one operation, through the services; return also what was written, in order.

    Raises:
        UsageError: a value that its field cannot hold.
        ConflictError: a rule of the schema forbids it.
    """
    from sfa.services.desk import Saved  # noqa: PLC0415 - the fast door needs none of these
    from sfa.services.records import add_within, edit_within  # noqa: PLC0415 - as above

    ids: list[tuple[str, str]] = []
    made: str | None = None
    with desk.store.write(VERB, meant.summary(), is_dry_run=is_dry_run) as work:
        if meant.new_account:
            made = add_within(desk, work, "account", {"name": meant.new_account})
            ids.append(("account", made))
        for entry in meant.entries:
            values = entry.values_with(made)
            if entry.target:
                edit_within(desk, work, entry.noun, [entry.target], values)
            ids.append((entry.noun, entry.target or add_within(desk, work, entry.noun, values)))
        written = [(noun, row_id, _ref(desk.store, noun, row_id)) for noun, row_id in ids]
    told = meant.told([ref for _, _, ref in written])
    first = written[1 if made else 0]
    return Saved(told, work.operation_id, first[1], first[2], len(meant.entries), is_dry_run), written


def save(store: Store, meant: Plan) -> tuple[str | None, list[Written]]:
    """Write what a line means by the fastest door that can; return the operation's id and what was written."""
    from db import quick  # noqa: PLC0415 - only where something is saved

    if meant.new_account is None and quick.known_user(store):
        entries = [(entry.noun, entry.values, entry.target) for entry in meant.entries]
        if all(quick.can_write(store, *entry) for entry in entries):
            return quick.write(store, VERB, meant.summary(), entries)
    from sfa.config import load_config  # noqa: PLC0415 - the other door
    from sfa.services.desk import Desk  # noqa: PLC0415 - as above

    saved, written = write(Desk(store, load_config(store.workspace.config)), meant)
    return saved.operation_id, written


def _ref(store: Store, noun: str, row_id: str) -> str:
    return str(store.value(f"SELECT ref FROM {noun} WHERE id = ?", (row_id,)))  # noqa: S608 - our own nouns
