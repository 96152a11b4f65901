"""Collections on servers that this laptop syncs with: listed, added, let go of; the network is elsewhere (`sfa.dav`)."""

from collections.abc import Iterable
from typing import Final

from db.queries import dav
from db.queries.dav import Collection, Conflict
from sfa.domain.text import clean, fold
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk, Saved

KINDS: Final = {"calendar": "event", "contacts": "contact"}
LONGEST_NAME: Final = 60
WHICH: Final = ("mine", "theirs")


def collections(desk: Desk) -> list[Collection]:
    """Return the collections by name."""
    return dav.collections(desk.store)


def named(desk: Desk, name: str) -> Collection:
    """Return the collection of a name, in any case.

    Raises:
        NotFoundError: there is none.
    """
    found = [item for item in collections(desk) if fold(item.name) == fold(name)]
    if not found:
        raise NotFoundError(f"There is no calendar or address book {name}.", hint="List them with: sfa dav list")
    return found[0]


def add(desk: Desk, new: Iterable[Collection]) -> Saved:
    """Add collections; the first of each kind gets what is new in the book.

    Raises:
        ConflictError: one of them is there already.
    """
    wanted = list(new)
    present = collections(desk)
    for item in wanted:
        twin = next((other for other in present if (other.url, other.kind) == (item.url, item.kind)), None)
        if twin:
            raise ConflictError(
                f"{item.url} is here already, as {twin.name}.", hint=f"Sync it: sfa dav sync {twin.name}"
            )
    taken = {fold(item.name) for item in present}
    kinds = {item.kind for item in present if item.takes_new}
    with desk.store.write("dav.add") as work:
        for item in wanted:
            item.name = _free_name(item.name or item.kind, taken)
            taken.add(fold(item.name))
            item.takes_new = int(item.kind not in kinds)
            kinds.add(item.kind)
            dav.save(work, item)
    return Saved(f"Added {', '.join(item.name for item in wanted)}", count=len(wanted))


def _free_name(wish: str, taken: set[str]) -> str:
    """Return a name that nothing else has, one word long as the shell likes it."""
    plain = "-".join(clean(wish).split())[:LONGEST_NAME] or "dav"
    name, number = plain, 2
    while fold(name) in taken:
        name, number = f"{plain}-{number}", number + 1
    return name


def remove(desk: Desk, name: str) -> Saved:
    """Let go of a collection: its records stay in the book and on the server.

    Raises:
        NotFoundError: there is none.
    """
    found = named(desk, name)
    with desk.store.write("dav.remove") as work:
        dav.drop_collection(work, found.name)
        heir = next((item for item in collections(desk) if item.kind == found.kind), None)
        if found.takes_new and heir is not None:
            heir.takes_new = 1
            dav.save(work, heir)
    return Saved(f"Let go of {found.name}; its records stay here and on the server")


def inbox(desk: Desk) -> list[Conflict]:
    """Return what waits for a choice, the oldest first."""
    return dav.conflicts(desk.store)


def waiting(desk: Desk, number: str) -> Conflict:
    """Return what waits for a choice, by its number.

    Raises:
        UsageError: it is no number.
        NotFoundError: nothing waits under it.
    """
    if not (number.isascii() and number.isdigit()):
        raise UsageError(f"“{number}” is no number of the inbox.", hint="List them with: sfa dav inbox")
    found = [item for item in inbox(desk) if item.id == int(number)]
    if not found:
        raise NotFoundError(f"Nothing waits under {number}.", hint="List them with: sfa dav inbox")
    return found[0]
