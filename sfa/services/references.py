"""What people call a record, resolved: a reference, an id, a number, or a name; never guessed where it means several."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from db.queries import names as queries
from db.queries.names import Named
from sfa.domain.fields import NOUNS, command_of
from sfa.domain.text import clean, company_key, fold
from sfa.errors import ConflictError, NotFoundError
from sfa.services.desk import Desk

MARGIN = 8
LEAST_SCORE = 82
NEAR_SCORE = 60
NEAR_SHOWN = 3
NUMBERED = ("quote",)
"""Nouns whose records have numbers that people go by."""
SHOWN = 8
CODED = ("product", "tax_code")
LENGTH_OF_A_DAY = 10
_TAIL = re.compile(r"[0-9a-fA-F]{4,12}")
_REVISION = re.compile(r"-R\d{1,4}$", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A record by its names: noun, id, short reference, and what people call it."""

    noun: str
    id: str
    ref: str
    label: str
    detail: str = ""


def resolve(desk: Desk, noun: str, text: str) -> Reference:
    """Return the record that a text means.

    Exact things first (id, reference, external id, code, name), then the name folded, then its beginning, then a name
    with typing errors, where one stands out from all others.

    Raises:
        NotFoundError: nothing is called so; near names are in the hint.
        ConflictError: several are; they are the candidates.
    """
    wanted = " ".join(clean(text).split())
    if noun == "user" and fold(wanted) in ("me", "我"):
        return _me(desk)
    for find in _EXACT:
        found = find(desk, noun, wanted)
        if len(found) == 1:
            return _reference(noun, found[0])
        if found:
            raise _several(noun, wanted, found)
    return _by_similarity(desk, noun, wanted)


def _me(desk: Desk) -> Reference:
    user_id = desk.user_id
    if user_id is None:
        raise NotFoundError("Nobody is “me” at this desk yet.", hint="Say who you are: sfa user me NAME")
    return _reference("user", queries.by_id_or_ref(desk.store, "user", user_id)[0])


def _by_reference(desk: Desk, noun: str, text: str) -> list[Named]:
    if not (_TAIL.fullmatch(text) or _ID.fullmatch(text)):
        return []
    return queries.by_id_or_ref(desk.store, noun, text)


def _by_external_id(desk: Desk, noun: str, text: str) -> list[Named]:
    return queries.by_external_id(desk.store, noun, text)


def _by_number(desk: Desk, noun: str, text: str) -> list[Named]:
    """Find a document by its number; a revision behind it means the same document."""
    if noun not in NUMBERED:
        return []
    return queries.by_number(desk.store, noun, _REVISION.sub("", text))


def _by_code(desk: Desk, noun: str, text: str) -> list[Named]:
    return queries.by_code(desk.store, noun, text) if noun in CODED else []


def _by_name(desk: Desk, noun: str, text: str) -> list[Named]:
    return queries.by_name(desk.store, noun, text)


def _by_prefix(desk: Desk, noun: str, text: str) -> list[Named]:
    found = queries.by_prefix(desk.store, noun, text, SHOWN)
    words = [item for item in found if fold(item.name).startswith(fold(text) + " ")]
    return words if len(words) == 1 else found


_EXACT: tuple[Callable[[Desk, str, str], list[Named]], ...] = (
    _by_number,
    _by_reference,
    _by_name,
    _by_external_id,
    _by_code,
)


def _by_similarity(desk: Desk, noun: str, wanted: str) -> Reference:
    """Compare with all names of the noun: folded, without legal forms, without spaces, then by likeness."""
    everything = queries.all_names(desk.store, noun)
    for key in (fold, company_key, squeezed, sorted_words):
        matching = [item for item in everything if key(item.name) == key(wanted)]
        if len(matching) == 1:
            return _reference(noun, matching[0])
        if matching:
            raise _several(noun, wanted, matching)
    prefixed = _by_prefix(desk, noun, wanted) or [item for item in everything if _has_word(item.name, wanted)]
    if len(prefixed) == 1:
        return _reference(noun, prefixed[0])
    if prefixed:
        raise _several(noun, wanted, prefixed)
    tail = queries.by_tail(desk.store, noun, wanted) if _TAIL.fullmatch(wanted) and re.search(r"\d", wanted) else []
    if len(tail) == 1:
        return _reference(noun, tail[0])
    return _by_likeness(noun, wanted, everything)


def squeezed(name: str) -> str:
    """Return a name without spaces and signs: `GTX Pro` and `GTXPro` are the same."""
    return re.sub(r"\W+", "", fold(name))


def sorted_words(name: str) -> str:
    """Return the words of a name in order of the alphabet: `Doe, Jane` and `Jane Doe` are the same."""
    return " ".join(sorted(re.findall(r"\w+", fold(name))))


def _has_word(name: str, wanted: str) -> bool:
    return f" {fold(wanted)}" in f" {fold(name)}"


def _by_likeness(noun: str, wanted: str, everything: list[Named]) -> Reference:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing else fits

    names = [fold(item.name) for item in everything]
    hits = process.extract(fold(wanted), names, scorer=fuzz.WRatio, limit=NEAR_SHOWN, score_cutoff=NEAR_SCORE)
    found = [(everything[index], score) for _, score, index in hits]
    is_clear = found and found[0][1] >= LEAST_SCORE and (len(found) == 1 or found[0][1] - found[1][1] >= MARGIN)
    is_typing_error = bool(found) and fuzz.ratio(fold(wanted), fold(found[0][0].name)) >= LEAST_SCORE
    if is_clear and is_typing_error:
        return _reference(noun, found[0][0])
    if len(found) > 1 and found[0][1] >= LEAST_SCORE and is_typing_error:
        raise _several(noun, wanted, [item for item, score in found if found[0][1] - score < MARGIN])
    near = [f"{item.name} ({item.ref})" for item, _ in found]
    hint = f"Did you mean {' or '.join(near)}?" if near else f"List them with: sfa {command_of(noun)} list"
    raise NotFoundError(f"No {noun.replace('_', ' ')} is called {wanted}.", hint=hint)


def _several(noun: str, wanted: str, found: list[Named]) -> ConflictError:
    lines = [
        f"{item.ref}  {item.name}" + (f"  ({detail})" if (detail := _told(noun, item.detail)) else "")
        for item in found[:SHOWN]
    ]
    return ConflictError(
        f"{wanted} could be several {NOUNS[noun].plural}.", hint="Use one of the references.", candidates=lines
    )


def _reference(noun: str, named: Named) -> Reference:
    return Reference(noun, named.id, named.ref, named.name, _told(noun, named.detail))


def _told(noun: str, detail: str) -> str:
    """Return what tells namesakes apart as people write it: the time of a talk or an appointment is local."""
    if noun not in ("activity", "event") or not detail:
        return detail
    moment = datetime.fromisoformat(detail)
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{local:%Y-%m-%d}" if len(detail) == LENGTH_OF_A_DAY else f"{local:%Y-%m-%d %H:%M}"


def candidates(desk: Desk, noun: str, prefix: str, limit: int = SHOWN) -> list[Reference]:
    """Return records whose name begins so, the shortest first; for completion."""
    if not prefix.strip():
        return []
    return [_reference(noun, item) for item in queries.by_prefix(desk.store, noun, clean(prefix), limit)]


def contact_at(desk: Desk, name: str, account_id: str) -> Reference | None:
    """Return the one contact of that name at an account.

    Raises:
        ConflictError: several are called so there.
    """
    found = [item for item in queries.contacts_at(desk.store, account_id) if _has_word(item.name, name)]
    if len(found) > 1:
        raise _several("contact", name, found)
    return _reference("contact", found[0]) if found else None


def account_of_contact(desk: Desk, contact_id: str) -> str | None:
    """Return the id of the account where a contact is now."""
    return queries.account_of_contact(desk.store, contact_id)


_KEYS: tuple[Callable[[str], str], ...] = (str, fold, squeezed)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several records have."""

    names: tuple[str, ...]


class NameIndex:
    """All names of a noun at once, for imports; records made on the way are added to it."""

    def __init__(self, desk: Desk, noun: str) -> None:
        self._by_key: list[dict[str, list[tuple[str, str]]]] = [{}, {}, {}]
        for item in queries.all_names(desk.store, noun, 10_000_000):
            self.add(item.name, item.id)

    def add(self, name: str, record_id: str) -> None:
        """Make a name known."""
        for known, key in zip(self._by_key, _KEYS, strict=True):
            known.setdefault(key(name), []).append((record_id, name))

    def find(self, text: str) -> "str | Ambiguous | None":
        """Return the id of the record called so: exactly, else folded, else without spaces and signs."""
        for known, key in zip(self._by_key, _KEYS, strict=True):
            found = known.get(key(text))
            if found:
                return found[0][0] if len(found) == 1 else Ambiguous(tuple(name for _, name in found))
        return None
