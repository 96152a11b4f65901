"""What every use case is handed: the store, the user, the settings, the clock."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.connection import connect
from db.store import Store, UnitOfWork, open_store
from sfa.clock import Clock
from sfa.config import Config, load_config
from sfa.ids import Ids
from sfa.paths import Workspace
from sfa.services import gate


@dataclass(frozen=True, slots=True)
class Saved:
    """What a writing use case did.

    Attributes:
        operation_id: the journal's name for it, None where nothing changed or it was a dry run.
        summary: one sentence for people.
        id: the record, where there is exactly one.
        ref: its short reference.
        count: how many records were written.
    """

    summary: str
    operation_id: str | None = None
    id: str | None = None
    ref: str | None = None
    count: int = 1
    is_dry_run: bool = False


@dataclass(slots=True)
class Desk:
    """One rep at one workspace."""

    store: Store
    config: Config

    @property
    def today(self) -> date:
        """Return the user's local date."""
        return self.store.clock.today()

    @property
    def currency(self) -> str:
        """Return the currency of amounts that name none."""
        return self.config.text("workspace.currency")

    @property
    def user_id(self) -> str | None:
        """Return the id of the person at this laptop, or None before their first own record."""
        return self.store.setting("user_id")

    def user_for(self, work: UnitOfWork) -> str:
        """Return the id of the person at this laptop, making the user where there is none yet."""
        known = self.user_id
        if known and self.store.value("SELECT 1 FROM app_user WHERE id = ?", (known,)):
            return known
        name = self.config.text("user.name") or _login_name()
        found = self.store.value("SELECT id FROM app_user WHERE name = ? AND deleted_at IS NULL", (name,))
        user_id = str(found) if found else work.insert_founding("app_user", {"name": name, "role": "rep"})
        work.remember("user_id", user_id)
        work.sign(name)
        return user_id

    def reader(self) -> "Desk":
        """Return a desk beside this one, for reads in another thread; this one itself where its file is makeshift."""
        store = self.store
        if store.note:
            return self
        connection = connect(store.workspace.database, read_only=True)
        return Desk(Store(connection, store.workspace, store.clock, store.ids), self.config)

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def open_desk(
    folder: Path | None = None, clock: Clock | None = None, ids: Ids | None = None, *, is_for_sync: bool = False
) -> Desk:
    """Open the workspace of a folder, or of this process.

    Args:
        folder: the process's own if None.
        clock: the system's if None.
        ids: the system's if None.
        is_for_sync: open it though its lease is over: nothing of it is shown.

    Raises:
        StorageError: it cannot be opened.
        LeaseError, SignedOffError: the company's server has to be met first, or took the book away.
        UsageError: `sfa.toml` cannot be read.
    """
    workspace = Workspace(folder) if folder else Workspace.default()
    store = open_store(folder, clock, ids, is_for_sync=is_for_sync)
    store.gate = gate.keep
    return Desk(store, load_config(workspace.config))


def _login_name() -> str:
    import getpass  # noqa: PLC0415 - once in the life of a workspace

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "me"
