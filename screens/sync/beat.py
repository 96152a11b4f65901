"""Sync in the background: on a connection of its own, sooner or later as the network is, and silent while it is away."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sfa.clock import Clock
from sfa.errors import NotAllowedError, SfaError, SignedOffError
from sfa.services.desk import Desk
from sfa.sync import syncing

BASE_S = 30
MOST_S = 15 * 60
OK, AWAY, REFUSED, BUSY = "ok", "away", "refused", "busy"


@dataclass(frozen=True, slots=True)
class Beat:
    """What a sync in the background came to.

    Attributes:
        state: `ok`, `away` (no network, or a busy server), `refused` (somebody has to see to it), `busy` (a long
            one goes on).
        waiting: changes that were not sent yet.
        open_entries: questions in the inbox.
        received: rows that came or left.
        retry_after_s: how long the server asks us to stay away.
        problem: the sentence of a refusal.
        lease_days_left: days until the laptop has to meet its server, where they are few.
    """

    state: str
    waiting: int
    open_entries: int
    received: int = 0
    retry_after_s: int = 0
    problem: str = ""
    lease_days_left: int | None = None

    @property
    def badge(self) -> str:
        """Return it in as few cells as tell it; signs with words, as colour says nothing here."""
        parts = [
            f"↑{self.waiting:,} to send" if self.waiting else "",
            f"?{self.open_entries} inbox" if self.open_entries else "",
            "!sync" if self.state == REFUSED else "",
            "" if self.lease_days_left is None else f"!locks in {max(self.lease_days_left, 0)} days",
            f"↓{self.received:,} so far" if self.state == BUSY and not self.waiting else "",
        ]
        return " ".join(part for part in parts if part) or ("synced" if self.state == OK else "")


def sync_once(
    folder: Path | None, clock: Clock | None, tell: Callable[[Beat], object] | None = None, *, is_asked: bool = True
) -> Beat | None:
    """Sync where this laptop belongs to a server, in the thread that calls; None where it belongs to none.

    Args:
        folder: of the workspace.
        clock: the desk's.
        tell: told after each round how far a long sync is.
        is_asked: whether the network is asked; else only what is known here is told.

    Raises:
        SignedOffError: the company took the book away.
    """
    desk = syncing.open_for_sync(folder, clock)
    try:
        status = syncing.status(desk)
        if status.url is None:
            return None
        short = status.lease_days_left if status.is_lease_short else None
        if not is_asked:
            return Beat(OK if status.last_at else AWAY, status.waiting, status.open_entries, lease_days_left=short)
        try:
            report = syncing.sync(desk, _told_on(desk, tell) if tell else None)
        except SignedOffError:
            raise
        except NotAllowedError as error:
            return Beat(REFUSED, status.waiting, status.open_entries, problem=error.message, lease_days_left=short)
        except (SfaError, OSError) as error:
            wait_s = _retry_after(error)
            return Beat(AWAY, status.waiting, status.open_entries, retry_after_s=wait_s, lease_days_left=short)
        return Beat(OK, report.waiting, report.open_entries, report.received + report.removed)
    finally:
        desk.close()


def _told_on(desk: Desk, tell: Callable[[Beat], object]) -> Callable[[int], None]:
    """Return what tells on after each round but the first: most syncs have no second one."""
    done = rounds = 0

    def advance(count: int) -> None:
        nonlocal done, rounds
        done, rounds = done + count, rounds + 1
        if rounds > 1:
            status = syncing.status(desk)
            tell(Beat(BUSY, status.waiting, status.open_entries, done))

    return advance


def _retry_after(error: BaseException) -> int:
    """Return the seconds that a busy server asked for, 0 where it named none."""
    value = getattr(error.__cause__ or error, "detail", {}).get("retry_after", 0)
    return max(0, int(value)) if isinstance(value, int | float) else 0


def delay_s(minutes: int, failures: int, retry_after_s: int, random: Random) -> float:
    """Return how long to wait for the next sync.

    Args:
        minutes: the setting `sync.minutes`.
        failures: how many in a row did not reach the server; from the first on, any time up to 30 s doubled by each.
        retry_after_s: what the server asked for; it is the least.
        random: spreads the laptops of a company.
    """
    usual = 60.0 * minutes
    if not failures:
        return max(usual, retry_after_s)
    most = min(MOST_S, BASE_S * 2 ** min(failures - 1, 10))
    return retry_after_s + random.uniform(0, most)
