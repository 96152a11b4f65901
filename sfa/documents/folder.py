"""The company's own folder of templates: a copy of the shipped ones, to be edited."""

from enum import StrEnum
from pathlib import Path

from sfa.documents.typesetting import TEMPLATES
from sfa.errors import StorageError


class TemplateState(StrEnum):
    """How a template of the company stands to the shipped one."""

    SHIPPED = "shipped"
    SAME = "copied"
    CHANGED = "changed"


def states(folder: Path) -> dict[str, TemplateState]:
    """Return each template by its name: not copied, copied as it is, or changed by the company."""
    return {source.name: _state(source, folder / source.name) for source in _shipped()}


def copy_templates(folder: Path, *, is_dry_run: bool = False) -> tuple[str, ...]:
    """Copy the shipped templates into a folder and return the names written; files that are there stay as they are.

    Raises:
        StorageError: the folder cannot be written.
    """
    new = [source for source in _shipped() if not (folder / source.name).exists()]
    if not is_dry_run:
        try:
            (folder / "fonts").mkdir(parents=True, exist_ok=True)
            for source in new:
                (folder / source.name).write_bytes(source.read_bytes())
        except OSError as error:
            raise StorageError(f"The templates cannot be written to {folder}: {error.strerror}.") from error
    return tuple(source.name for source in new)


def _shipped() -> list[Path]:
    return sorted(path for path in TEMPLATES.iterdir() if path.is_file())


def _state(source: Path, own: Path) -> TemplateState:
    if not own.is_file():
        return TemplateState.SHIPPED
    return TemplateState.SAME if own.read_bytes() == source.read_bytes() else TemplateState.CHANGED
