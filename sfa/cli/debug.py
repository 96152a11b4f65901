"""Hidden helpers of the crash tests."""

import sys

from typer.core import TyperCommand, TyperGroup

from sfa.cli.building import argument, command, group
from sfa.services import quick_entry
from sfa.services.desk import Desk, open_desk
from sfa.services.records import add_within

CUSTOMER = "Burst Ltd"


def debug() -> TyperGroup:
    """Return `sfa debug`."""
    return group("debug", "Helpers of the crash tests.", {"burst": _burst_command})


def _burst_command() -> TyperCommand:
    params = [argument("count", help="How many.")]
    return command("burst", _burst, params, "Write entries; print ACK after each commit.")


def _burst(*, count: str) -> None:
    """Write entries through the real services; each is told only after its commit returned."""
    desk = open_desk()
    _know_customer(desk)
    for number in range(int(count)):
        saved = quick_entry.enter(desk, f"called {CUSTOMER} 5min, entry {number}; call back friday")
        sys.stdout.write(f"ACK {saved.id}\n")
        sys.stdout.flush()


def _know_customer(desk: Desk) -> None:
    """Add the account of all entries once: looked for under the write lock, since several bursts begin together."""
    with desk.store.write("account.add", f"Added account {CUSTOMER}") as work:
        if desk.store.value("SELECT id FROM account WHERE name = ? AND deleted_at IS NULL", [CUSTOMER]) is None:
            add_within(desk, work, "account", {"name": CUSTOMER})
