"""Numbers of documents that need no server: `Q-2026-A7-000123`, type, year, device, and a counter that never turns back."""

import re

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.errors import UsageError
from sfa.services.desk import Desk

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "123456789"
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_LENGTH = 6


def next_number(desk: Desk, work: UnitOfWork, kind: str, table: str) -> str:
    """Return a number that nothing here ever had; the counter is no part of the journal, so no undo gives it twice.

    Args:
        desk: whose year and device it carries.
        work: the operation that uses it up; where that fails, the number is free again.
        kind: the letters in front, such as Q or SO.
        table: where such numbers stand, in `number`.

    Raises:
        UsageError: the device's code in the settings is none.
    """
    prefix = f"{kind}-{desk.today.year}-{device_code(desk, work)}-"
    key = f"number {prefix}"
    used = queries.last_number(desk.store, table, prefix)
    last = max(int(desk.store.setting(key) or 0), int(used[len(prefix) :]) if used else 0)
    work.remember(key, str(last + 1))
    return f"{prefix}{last + 1:0{_LENGTH}d}"


def device_code(desk: Desk, work: UnitOfWork) -> str:
    """Return the code of this laptop: that of the settings, else one that is chosen once and kept."""
    wanted = desk.config.text("quotes.device").strip().upper()
    if wanted:
        if not _CODE.fullmatch(wanted):
            raise UsageError(
                f"“{wanted}” is no code of a device.", hint="A letter and up to five more: sfa config quotes.device A7"
            )
        return wanted
    kept = desk.store.setting("device_code")
    if kept:
        return kept
    chance = int(desk.store.ids.new().replace("-", "")[-12:], 16)
    made = LETTERS[chance % len(LETTERS)] + DIGITS[chance // len(LETTERS) % len(DIGITS)]
    work.remember("device_code", made)
    return made
