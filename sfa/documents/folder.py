"""The company's own folder of templates: a copy of the shipped ones, to be edited."""

from pathlib import Path

from sfa.documents.typesetting import TEMPLATES


def copy_templates(folder: Path) -> tuple[str, ...]:
    """Copy the shipped templates into a folder and return the names written; files that are there stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fonts").mkdir(exist_ok=True)
    written = []
    for source in sorted(TEMPLATES.iterdir()):
        target = folder / source.name
        if source.is_file() and not target.exists():
            target.write_bytes(source.read_bytes())
            written.append(source.name)
    return tuple(written)


def changed_templates(folder: Path) -> tuple[str, ...]:
    """Return the names of the company's templates that differ from the shipped ones."""
    pairs = ((folder / source.name, source) for source in sorted(TEMPLATES.iterdir()) if source.is_file())
    return tuple(own.name for own, source in pairs if own.is_file() and own.read_bytes() != source.read_bytes())
