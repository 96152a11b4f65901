"""Names of a quick entry found in the book: by index first, with what is going on to tell namesakes apart.

Exact names come before beginnings, beginnings before words inside; what no index can tell (typing errors, legal forms)
is left to `sfa.services.references`, which reads names. A name that still means several is never guessed.
"""

from __future__ import annotations

from datetime import timedelta

from db.queries import whom
from sfa.clock import instant_text
from sfa.errors import ConflictError, NotFoundError
from sfa.services.titled_names import family_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.queries.whom import Row
    from db.store import Store

MOST_WORDS = 6
MOST_SIGNS = 24
LEAST_PREFIX = 3
RECENT = timedelta(days=14)
LEAST_DIGITS = 6
LEAST_SCORE = 75
MARGIN = 8
_REF_LENGTHS = range(4, 13)
_HEX = frozenset("0123456789abcdefABCDEF")
_BREAKS = frozenset(",;:，；：。()!?@#")
_DIALLED = frozenset("0123456789 +-()./")


class AmbiguousNameError(ConflictError):
    """A name that several records have.

    Attributes:
        noun: of the records.
        name: as typed.
        choices: references and lines for people, best first.
    """

    def __init__(self, noun: str, name: str, choices: Sequence[tuple[str, str]], message: str = "") -> None:
        words = message or f"{name} could be several {noun}s."
        super().__init__(words, "Use one of the references.", [line for _, line in choices])
        self.noun = noun
        self.name = name
        self.choices = tuple(choices)


class Match:
    """A record that a name means; `why` is a sentence where more than the name decided."""

    __slots__ = ("detail", "id", "name", "noun", "ref", "why")

    def __init__(self, noun: str, row: Row, why: str = "") -> None:
        self.noun = noun
        self.id, self.ref, self.name, self.detail = row
        self.why = why


class Matcher:
    """Finds names in one book; also what the grammar asks of it (`sfa.domain.phrase.values.Book`).

    Args:
        store: the open book.
        choices: what the user chose for a name that means several: noun and name, as typed, to reference.

    Attributes:
        store: the open book.
    """

    def __init__(self, store: Store, choices: Mapping[tuple[str, str], str] | None = None) -> None:
        self.store = store
        self._choices = choices or {}
        self._seen: dict[str, tuple[int, str] | None] = {}
        self._stages: dict[str, str] | None = None

    @staticmethod
    def holding(store: Store, noun: str, name: str) -> list[Row]:
        """Find by words inside of the name, or by its sounds."""
        from sfa.services.names_within import holding  # noqa: PLC0415 - where the index of names does not know it

        return holding(store, noun, name)

    @property
    def stages(self) -> dict[str, str]:
        """Return what people call the stages, in lower case, and their names."""
        if self._stages is None:
            names = whom.stages(self.store)
            parts = {part.strip().lower(): name for name in reversed(names) for part in name.split("/")}
            self._stages = parts | {name.lower(): name for name in names}
        return self._stages

    @property
    def currency(self) -> str:
        """Return the currency of the desk."""
        from sfa.peek import peek  # noqa: PLC0415 - only where a line names an amount

        return peek(self.store.workspace, "workspace", "currency")

    def name_at(self, text: str) -> tuple[int, str] | None:
        """Return how many characters at the beginning of a text are a name of the book, and its noun."""
        if text not in self._seen:
            self._seen[text] = self._name_at(text)
        return self._seen[text]

    def _name_at(self, text: str) -> tuple[int, str] | None:
        beginnings = _beginnings(text)
        if not beginnings:
            return None
        exact = [
            (len(row[2]), noun)
            for noun in ("account", "contact")
            for row in whom.called(self.store, noun, beginnings)[:1]
        ]
        if exact:
            return max(exact, key=lambda found: found[0])
        for name in beginnings:
            if len(name) < (2 if is_han(name) else LEAST_PREFIX):
                continue
            for noun in ("contact", "account"):
                if any(_begins_so(row[2], name) for row in whom.beginning(self.store, noun, name)):
                    return len(name), noun
        return None

    def means(self, text: str) -> str:
        """Return the noun of the record whose reference a text is, or whose name but for accents; "" for none."""
        for noun in ("contact", "account"):
            if _referred(self.store, noun, text):
                return noun
        return "contact" if " " in text and self.holding(self.store, "contact", text) else ""

    def find(self, noun: str, name: str, account_id: str | None = None) -> Match | None:
        """Return the record of a noun that a name means, or None where no index knows one.

        Args:
            noun: account, contact or opportunity.
            name: as typed.
            account_id: where the person or the deal is, if that is known.

        Raises:
            AmbiguousNameError: it means several.
        """
        found = self._found((noun,), name, account_id) or self._like(noun, name, account_id)
        return found or (self._by_title(name, None) if noun == "contact" and account_id is None else None)

    def whoever(self, name: str, account_id: str | None = None) -> Match | None:
        """Return the contact or the account that a name means, or None; of those found alike, the only one of its noun.

        Args:
            name: as typed.
            account_id: the account that is looked at, whose people go first.

        Raises:
            AmbiguousNameError: it means several.
        """
        return self._found(("contact", "account"), name, account_id) or self._by_title(name, account_id)

    def _found(self, nouns: Sequence[str], name: str, account_id: str | None) -> Match | None:
        for noun in nouns:
            chosen = self.chosen(noun, name)
            if chosen:
                return chosen
        for look in (_referred, _reached, _called, _known_as, _beginning, self.holding):
            found = [(noun, rows) for noun in nouns if (rows := look(self.store, noun, name))]
            if found:
                noun, rows = min(found, key=lambda item: len(item[1]) > 1)
                return self._best(noun, name, rows, account_id)
        return None

    def _by_title(self, name: str, account_id: str | None) -> Match | None:
        """Return the contact whom a family name with a title means: 周总, Ms. Lopez."""
        family = family_of(name)
        if not family:
            return None
        rows = (_beginning if is_han(family) else self.holding)(self.store, "contact", family)
        match = self._best("contact", name, rows, account_id) if rows else None
        if match is not None:
            match.why = match.why or f"{name} is taken as {match.name} ({match.ref})."
        return match

    def is_known(self, noun: str, name: str) -> bool:
        """Tell whether a record of the noun is called so, or its name begins with these words."""
        return bool(_called(self.store, noun, name)) or any(
            _begins_so(row[2], name) for row in whom.beginning(self.store, noun, name)
        )

    def _best(self, noun: str, name: str, rows: Sequence[Row], account_id: str | None) -> Match:
        if len(rows) == 1:
            return Match(noun, rows[0])
        if account_id and noun != "account":
            there = self._there(noun, name, account_id, rows)
            if len(there) == 1:
                return Match(noun, there[0])
            rows = there or rows
        return self._going_on(noun, name, rows)

    def _there(self, noun: str, name: str, account_id: str, rows: Sequence[Row]) -> list[Row]:
        """Return those that are at an account; more than were shown may have the name, and one of them be there."""
        near = (whom.at_account if noun == "contact" else whom.deals_of)(self.store, account_id)
        ids = {row[0] for row in rows}
        if len(rows) == whom.SHOWN:
            names = {row[2].lower() for row in rows}
            ids |= {row[0] for row in near if row[2].lower() in names or is_named(row[2], name)}
        return [row for row in near if row[0] in ids]

    def _like(self, noun: str, name: str, account_id: str | None) -> Match | None:
        """Return the one at an account whose name is like this one, typing errors forgiven."""
        near = whom.at_account(self.store, account_id) if account_id and noun == "contact" else []
        if not near:
            return None
        if is_han(name):
            return _titled(name, near)
        scored = sorted(((_likeness(name.lower(), row[2].lower()), row) for row in near), reverse=True)
        if scored[0][0] < LEAST_SCORE or (len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN):
            return None
        row = scored[0][1]
        return Match(noun, row, f"{name} is taken as {row[2]} ({row[1]}), who is there.")

    def _going_on(self, noun: str, name: str, rows: Sequence[Row]) -> Match:
        """Return the one of several with an appointment today, or talked to in the last two weeks."""
        ids = [row[0] for row in rows]
        clock = self.store.clock
        since = instant_text(clock.now() - RECENT)
        for found, why in (
            (whom.met_today(self.store, ids, clock.today().isoformat()), "there is an appointment today"),
            (whom.talked_to(self.store, ids, since), "the one of the last two weeks"),
        ):
            if len(found) == 1:
                row = next(row for row in rows if row[0] == found[0])
                return Match(noun, row, f"{name} is taken as {row[2]} ({row[1]}): {why}.")
        raise AmbiguousNameError(noun, name, [choice(row) for row in rows])

    def chosen(self, noun: str, name: str) -> Match | None:
        """Return what the user chose for a name, or None."""
        ref = self._choices.get((noun, name))
        return Match(noun, whom.referred(self.store, noun, ref)[0]) if ref else None

    def open_deals(self, account: Match) -> list[Match]:
        """Return the open deals of an account."""
        return [Match("opportunity", row) for row in whom.deals_of(self.store, account.id)]

    def account_of(self, contact_id: str) -> Match | None:
        """Return the account where a contact is now."""
        row = whom.account_of(self.store, contact_id)
        return Match("account", row) if row else None

    def slow(self, noun: str, name: str) -> Match:
        """Return the record whose name is like this one, among all names.

        Raises:
            NotFoundError: none is; near names are in the hint.
            AmbiguousNameError: several are.
        """
        from sfa.config import load_config  # noqa: PLC0415 - the second try
        from sfa.services.desk import Desk  # noqa: PLC0415 - as above
        from sfa.services.references import resolve  # noqa: PLC0415 - as above

        try:
            found = resolve(Desk(self.store, load_config(self.store.workspace.config)), noun, name)
        except ConflictError as error:
            choices = [(line.split()[0], line) for line in error.candidates]
            raise AmbiguousNameError(noun, name, choices, error.message) from error
        except NotFoundError:
            if noun == "account":
                legal = whom.legally(self.store, name)
                if legal:
                    return self._best(noun, name, legal, None)
            raise
        why = f"{name} is taken as {found.label} ({found.ref})."
        return Match(noun, (found.id, found.ref, found.label, found.detail), why)


class IndexMatcher(Matcher):
    """Knows what the indexes know as they are: for a line that is still typed. It writes nothing and reads no names."""

    @staticmethod
    def holding(store: Store, noun: str, name: str) -> list[Row]:
        """Find with the index of the search, which may lack what was written last."""
        from sfa.services.names_within import held  # noqa: PLC0415 - where the index of names does not know it

        return held(store, noun, name)

    def slow(self, noun: str, name: str) -> Match:
        """Find nothing."""
        raise NotFoundError(f"No {noun} is called {name} so far.")


def _likeness(name: str, whole: str) -> float:
    """Return how like a name is to another one, or a single word to one of its words: 100 for the same."""
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - only where nothing else fits

    others = [whole] if " " in name else [whole, *whole.split()]
    return 100 * max(DamerauLevenshtein.normalized_similarity(name, other) for other in others)


def _titled(name: str, near: Sequence[Row]) -> Match | None:
    """Return the one at an account whom a family name with a title means: 王经理."""
    family = family_of(name)
    rows = [row for row in near if family and row[2].startswith(family)]
    if len(rows) == 1:
        return Match("contact", rows[0], f"{name} is taken as {rows[0][2]} ({rows[0][1]}), who is there.")
    if rows:
        raise AmbiguousNameError("contact", name, [choice(row) for row in rows[: whom.SHOWN]])
    return None


def _referred(store: Store, noun: str, name: str) -> list[Row]:
    if len(name) in _REF_LENGTHS and _HEX.issuperset(name) and not name.isalpha():
        return whom.referred(store, noun, name)
    return []


def _reached(store: Store, noun: str, name: str) -> list[Row]:
    """Find by e-mail address, phone number or domain."""
    if noun == "opportunity":
        return []
    if "@" in name:
        return whom.reached_by(store, noun, email=name)
    if _DIALLED.issuperset(name) and sum(map(str.isdigit, name)) >= LEAST_DIGITS:
        return _dialled(store, noun, name)
    return whom.of_domain(store, name) if noun == "account" and "." in name and " " not in name else []


def _dialled(store: Store, noun: str, number: str) -> list[Row]:
    if number.startswith("+"):
        return whom.reached_by(store, noun, phone="+" + "".join(filter(str.isdigit, number)))
    from sfa.peek import peek  # noqa: PLC0415 - only for numbers without a country
    from sfa.services.identity import e164  # noqa: PLC0415 - costs 40 ms

    full = e164(number, peek(store.workspace, "workspace", "country"))
    return whom.reached_by(store, noun, phone=full) if full else []


def _called(store: Store, noun: str, name: str) -> list[Row]:
    return whom.called(store, noun, [name])


def _known_as(store: Store, noun: str, name: str) -> list[Row]:
    return whom.known_as(store, noun, name)


def _beginning(store: Store, noun: str, name: str) -> list[Row]:
    rows = whom.beginning(store, noun, name)
    return [row for row in rows if _begins_so(row[2], name)] or rows


def has_word(name: str, wanted: str) -> bool:
    """Tell whether a word of a name begins so; Chinese has no gaps between words."""
    at = name.find(wanted)
    while at > 0 and name[at - 1].isalnum() and not is_han(name[at - 1]):
        at = name.find(wanted, at + 1)
    return at >= 0


def choice(row: Row) -> tuple[str, str]:
    """Return the reference of a record, and its line for people."""
    return row[1], f"{row[1]}  {row[2]}" + (f"  ({row[3]})" if row[3] else "")


def _beginnings(text: str) -> list[str]:
    """Return what a name at the beginning of the text could be, the longest first: words, or Chinese characters."""
    end = next((at for at, sign in enumerate(text) if sign in _BREAKS), len(text))
    text = text[:end].rstrip()
    ends = {len(text[:at].rstrip()) for at, sign in enumerate(text) if sign == " "} | {len(text)}
    if is_han(text[:MOST_SIGNS]):
        ends |= set(range(2, min(len(text), MOST_SIGNS) + 1))
    found = [text[:at] for at in sorted(ends, reverse=True) if at]
    return [name for name in found if name.count(" ") < MOST_WORDS]


def _begins_so(name: str, beginning: str) -> bool:
    """Tell whether a name begins with these words (in Chinese: these characters)."""
    if not name.lower().startswith(beginning.lower()):
        return False
    rest = name[len(beginning) : len(beginning) + 1]
    return not rest.isalnum() or is_han(rest)


def is_named(whole: str, name: str) -> bool:
    """Tell whether somebody may be called by a name: it begins the whole one, or is a word of it."""
    return _begins_so(whole, name) or has_word(whole.lower(), name.lower())


def is_han(text: str) -> bool:
    """Tell whether there is a Chinese character in a text."""
    return not text.isascii() and any("\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" for sign in text)
