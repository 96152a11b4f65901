"""Desks and records for tests: a frozen clock, seeded ids, and one function per noun.

Records are made by the services themselves, of values by field name: as typed ("40k EUR", "tomorrow") or typed.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from random import Random
from typing import Any

from sfa.config import load_config
from sfa.domain.fields import NOUNS
from sfa.ids import RandomIds
from sfa.paths import Workspace
from sfa.services.desk import Desk, open_desk
from sfa.services.records import add_within

TODAY = date(2026, 3, 10)
NOON = time(12, 0, tzinfo=UTC)
USER_NAME = "Alex Rep"


class FrozenClock:
    """A clock that stands at noon UTC of a day until a test moves it."""

    def __init__(self, today: date = TODAY, zone: tzinfo = UTC) -> None:
        self.moment = datetime.combine(today, NOON)
        self._zone = zone

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(self._zone).date()

    def zone(self) -> tzinfo:
        return self._zone

    def advance(self, **amount: float) -> None:
        """Move on by days, hours, minutes, seconds..., as timedelta names them."""
        self.moment += timedelta(**amount)


def seeded_ids(clock: FrozenClock, seed: int = 1) -> RandomIds:
    """Return a maker of ids that gives the same ones in every run."""
    return RandomIds(lambda: int(clock.moment.timestamp() * 1000), Random(seed).randbytes)


def make_desk(
    folder: Path,
    today: date = TODAY,
    currency: str = "USD",
    *,
    seed: int = 1,
    settings: dict[str, object] | None = None,
) -> Desk:
    """Open a fresh (or the existing) workspace in a folder; its clock is a FrozenClock."""
    clock = FrozenClock(today)
    values = {"user.name": USER_NAME, "workspace.currency": currency, **(settings or {})}
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    if not workspace.config.exists():
        texts = {key: str(value).lower() if isinstance(value, bool) else repr(value) for key, value in values.items()}
        lines = (f"{key} = {value}".replace('"', '\\"').replace("'", '"') for key, value in texts.items())
        workspace.config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk = open_desk(folder, clock, seeded_ids(clock, seed))
    desk.config = load_config(workspace.config)
    return desk


def clock_of(desk: Desk) -> FrozenClock:
    """Return the desk's clock, to move it."""
    clock = desk.store.clock
    assert isinstance(clock, FrozenClock)
    return clock


def an_account(desk: Desk, **values: object) -> str:
    """Add an account and return its id."""
    return _add(desk, "account", {"name": "Acme", **values})


def a_contact(desk: Desk, **values: object) -> str:
    """Add a contact and return its id."""
    return _add(desk, "contact", {"name": "Jane Doe", **values})


def a_lead(desk: Desk, **values: object) -> str:
    """Add a lead and return its id."""
    return _add(desk, "lead", {"name": "Lee Newcomer", **values})


def an_opportunity(desk: Desk, **values: object) -> str:
    """Add a deal and return its id."""
    return _add(desk, "opportunity", {"name": "Acme renewal", **values})


def an_activity(desk: Desk, **values: object) -> str:
    """Add an activity and return its id."""
    return _add(desk, "activity", {"kind": "call", "subject": "Call", **values})


def a_task(desk: Desk, **values: object) -> str:
    """Add a task and return its id."""
    return _add(desk, "task", {"subject": "Send quote", **values})


def a_note(desk: Desk, **values: object) -> str:
    """Add a note and return its id."""
    return _add(desk, "note", {"body": "Likes blue.", **values})


def a_product(desk: Desk, **values: object) -> str:
    """Add a product and return its id."""
    return _add(desk, "product", {"name": "Widget", **values})


def a_user(desk: Desk, **values: object) -> str:
    """Add a user and return their id."""
    return _add(desk, "user", {"name": "Pat Colleague", **values})


def an_event(desk: Desk, **values: object) -> str:
    """Add an appointment and return its id."""
    return _add(desk, "event", {"subject": "Demo", "starts": "2026-03-11T10:00", **values})


def ref_of(desk: Desk, noun: str, record_id: str) -> str:
    """Return the short reference of a record."""
    return str(desk.store.value(f"SELECT ref FROM {NOUNS[noun].table} WHERE id = ?", (record_id,)))


def column_of(desk: Desk, noun: str, record_id: str, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return what a column of a record holds."""
    return desk.store.value(f"SELECT {column} FROM {NOUNS[noun].table} WHERE id = ?", (record_id,))


def _add(desk: Desk, noun: str, values: dict[str, object]) -> str:
    """Add a record as a user would; what no field is called goes into the column of that name as it is."""
    fields = {name: value for name, value in values.items() if _is_field(noun, name)}
    columns = {name: value for name, value in values.items() if name not in fields}
    with desk.store.write(f"{noun}.add", f"Added {noun}") as work:
        record_id = add_within(desk, work, noun, fields)
        work.update(NOUNS[noun].table, record_id, columns)
    return record_id


def _is_field(noun: str, name: str) -> bool:
    return name in NOUNS[noun].fields or name.removesuffix("_id") in NOUNS[noun].fields
