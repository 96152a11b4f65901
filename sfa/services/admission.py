"""Whether the book may still be shown, asked again while the desk is open."""

from pathlib import Path

from db import lease, wiping
from sfa.errors import SignedOffError
from sfa.paths import Workspace
from sfa.services.desk import Desk


def require_admission(desk: Desk) -> None:
    """Refuse a desk whose book was taken away, or whose laptop has to meet its server first.

    Raises:
        SignedOffError: the company took it away.
        LeaseError: its lease is over.
    """
    store = desk.store
    if Path(store.workspace.signed_off).exists():
        company = (wiping.facts_of(store.workspace) or {}).get("company") or "the company"
        raise SignedOffError(f"This laptop was signed off by {company}'s server.")
    lease.require(store.connection, lease.true_now(store.clock))


def finish_removal(folder: Path | None) -> None:
    """Remove what an open desk held back of a book that was taken away, and say so.

    Raises:
        SignedOffError: always.
    """
    wiping.refuse(Workspace(folder) if folder else Workspace.default())
