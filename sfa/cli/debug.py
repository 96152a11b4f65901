"""Hidden helpers of the crash tests."""

import sys

from typer.core import TyperCommand, TyperGroup

from sfa.cli.building import argument, command, group
from sfa.services import quick_entry
from sfa.services.desk import open_desk
from sfa.services.records import verbs_of


def debug() -> TyperGroup:
    """Return `sfa debug`."""
    return group("debug", "Helpers of the crash tests.", {"burst": _burst_command})


def _burst_command() -> TyperCommand:
    params = [argument("count", help="How many.")]
    return command("burst", _burst, params, "Write entries; print ACK after each commit.")


def _burst(*, count: str) -> None:
    """Write entries through the real services; each is told only after its commit returned."""
    desk = open_desk()
    account = desk.store.value("SELECT id FROM account WHERE name = 'Burst Ltd' AND deleted_at IS NULL")
    if account is None:
        account = verbs_of("account").add(desk, {"name": "Burst Ltd"}).id
    for number in range(int(count)):
        saved = quick_entry.enter(desk, f"called Burst Ltd 5min, entry {number}; call back friday")
        sys.stdout.write(f"ACK {saved.id}\n")
        sys.stdout.flush()
