"""Where a workspace lives: one folder with `sfa.toml`, `sales.db`, `backups/` and `documents/`."""

import os
from pathlib import Path


def home() -> Path:
    """Return the workspace folder: `SFA_HOME`, or the platform's data folder."""
    override = os.environ.get("SFA_HOME")
    if override:
        return Path(override).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where SFA_HOME is set

    return user_data_path("sfa", appauthor=False)


class Workspace:
    """The names of the files in one workspace folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "sales.db"
        self.config = folder / "sfa.toml"
        self.backups = folder / "backups"
        self.documents = folder / "documents"
        self.lock = folder / ".sfa.lock"

    @classmethod
    def default(cls) -> "Workspace":
        """Return the workspace that this process works on."""
        return cls(home())
