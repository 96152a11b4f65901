"""Where a workspace lives: one folder with `sfa.toml`, `sales.db`, `backups/`, `documents/`, `templates/`, `library/`.

Names are plain texts until somebody asks for a `Path`: the fast door has no time to import `pathlib`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def home_name() -> str:
    """Return the workspace folder as a text: `SFA_HOME`, or the platform's data folder."""
    override = os.environ.get("SFA_HOME")
    if override:
        return os.path.expanduser(override)
    if sys.platform == "linux":
        data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
        return os.path.join(data, "sfa")
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where SFA_HOME is set

    return str(user_data_path("sfa", appauthor=False))


def home() -> Path:
    """Return the workspace folder."""
    return _path(home_name())


class Workspace:
    """The names of the files in one workspace folder.

    Attributes:
        place: the folder, as a text.
        file: the database, as a text.
        signed_off: where it stands that the book was taken away, as a text.
    """

    def __init__(self, folder: Path | str) -> None:
        self.place = os.fspath(folder)
        self.file = os.path.join(self.place, "sales.db")
        self.signed_off = os.path.join(self.place, "signed-off.json")

    @classmethod
    def default(cls) -> Workspace:
        """Return the workspace that this process works on."""
        return cls(home_name())

    @property
    def folder(self) -> Path:
        """Return the folder."""
        return _path(self.place)

    @property
    def database(self) -> Path:
        """Return the database file."""
        return _path(self.file)

    @property
    def config(self) -> Path:
        """Return the settings file."""
        return self.folder / "sfa.toml"

    @property
    def backups(self) -> Path:
        """Return the folder of backups."""
        return self.folder / "backups"

    @property
    def documents(self) -> Path:
        """Return the folder of documents."""
        return self.folder / "documents"

    @property
    def templates(self) -> Path:
        """Return the folder of the company's own templates of documents."""
        return self.folder / "templates"

    @property
    def library(self) -> Path:
        """Return the folder of texts that proposals are made of."""
        return self.folder / "library"

    @property
    def lock(self) -> Path:
        """Return the file that programs lock."""
        return self.folder / ".sfa.lock"


def _path(name: str) -> Path:
    from pathlib import Path  # noqa: PLC0415 - costs 7 ms

    return Path(name)
