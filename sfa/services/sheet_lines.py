"""What a page about a record is made of: lines in sections."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A label and a text; with a noun and id where it leads to a record."""

    label: str
    text: str
    noun: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title; the first section has none."""

    title: str
    lines: tuple[Line, ...]


def joined(*texts: str | None) -> str:
    """Return the texts that are not empty, separated by commas."""
    return ", ".join(text for text in texts if text)
