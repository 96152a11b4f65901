"""What a line of quick entry writes: records by field, told in words."""

from __future__ import annotations

from datetime import timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfa.domain.phrase.values import Act, Line
    from sfa.domain.when import When

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = timedelta(days=1)
NEW = object()
"""Stands for the account that the line makes, where an entry refers to it."""


class Entry:
    """A record that a line makes or changes.

    Attributes:
        noun: as in NOUNS.
        target: the id of the record that is changed; None for a new one.
        values: by field name, as the services take them; references as ids (or NEW), money as text.
        words: one line for people.
    """

    __slots__ = ("noun", "target", "values", "words")

    def __init__(self, noun: str, values: dict[str, object], words: str, target: str | None = None) -> None:
        self.noun = noun
        self.values = {name: value for name, value in values.items() if value is not None and value not in ((), "")}
        self.words = words
        self.target = target

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of the contacts that it names."""
        named = self.values.get("contact", ())
        return named if isinstance(named, tuple) else (str(named),)

    def values_with(self, account_id: str | None) -> dict[str, object]:
        """Return the values, with the id of the account that the line made."""
        return {name: account_id if value is NEW else value for name, value in self.values.items()}


class Plan:
    """What a line means in this book.

    Attributes:
        line: as read.
        entries: in the order in which they are written.
        notes: sentences about what more than the words decided, and about names that are not in the book.
        new_account: the name of an account to make first, if that was allowed.
        is_about: whether it hangs on the record that was looked at, as no name does.
    """

    __slots__ = ("entries", "is_about", "line", "new_account", "notes")

    def __init__(
        self, line: Line, entries: list[Entry], notes: list[str], new_account: str | None, *, is_about: bool = False
    ) -> None:
        self.line = line
        self.entries = tuple(entries)
        self.notes = tuple(dict.fromkeys(notes))
        self.new_account = new_account
        self.is_about = is_about

    def lines(self, refs: Sequence[str] = ()) -> Iterator[str]:
        """Yield one line per record, with its reference where it has one, then the notes."""
        found = [("account", f"{self.new_account} (new)")] if self.new_account else []
        found += [(entry.noun, entry.words) for entry in self.entries]
        for at, (noun, words) in enumerate(found):
            yield f"{noun:<12} {f'{refs[at]}  ' if refs else ''}{words}"
        for note in self.notes:
            yield f"{'?':<12} {note}"

    def told(self, refs: Sequence[str]) -> str:
        """Return one sentence about what was written."""
        return "; ".join(" ".join(line.split()) for line in list(self.lines(refs))[: len(refs)])

    def summary(self) -> str:
        """Return one line for the journal."""
        return "; ".join(entry.words for entry in self.entries)


def deal_values(act: Act) -> dict[str, object]:
    """Return the fields of a deal that a clause tells."""
    close = act.close or act.when
    return {
        "amount": f"{act.amount.value} {act.amount.currency or ''}".strip() if act.amount else None,
        "close_date": close_day(close) if close else None,
        "probability": f"{act.percent}%" if act.percent is not None else None,
        "stage": act.stage,
    }


def close_day(when: When) -> str:
    """Return the day by which a deal is to close: of a month or a quarter the last one."""
    return (when.end - DAY if when.end and when.all_day else when.start).date().isoformat()


def deal_words(act: Act) -> str:
    """Return the same for people, each part behind a comma."""
    parts = [f"to {act.stage}"] if act.stage else []
    if act.amount:
        parts.append(f"{act.amount.value} {act.amount.currency or ''}".strip())
    if act.percent is not None:
        parts.append(f"{act.percent} %")
    close = act.close or act.when
    if close:
        parts.append(f"closes {close_day(close)}")
    if act.reason:
        parts.append(act.reason)
    return "".join(f", {words}" for words in parts)


def told(when: When, before: str = "") -> str:
    """Return a day and a time as people read them: ` Tue 17 Mar 2026 10:00`."""
    start = when.start
    day = f"{DAYS[start.weekday()]} {start.day:02d} {MONTHS[start.month - 1]} {start.year}"
    return f"{before} {day}" + ("" if when.all_day else f" {start.isoformat()[11:16]}")


def tells(act: Act) -> bool:
    """Tell whether an act says more than a verb, an amount and a time: whom it is about, or what."""
    is_bare = act.what in ("activity", "deal")
    return not is_bare or any((act.company, act.people, act.text, act.deal, act.phones, act.emails, act.outcome))
