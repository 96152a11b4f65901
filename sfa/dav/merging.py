"""Three-way merge of two versions of one text, field by field: what only one side changed is taken, the rest is for a person.

Server and book write the same thing differently, so each side has a base of its own: the text that it had when both agreed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sfa.dav.parts import IDENTITY, STAMPS, TIME, Field, Part, Parts, said

_SEQUENCE: Final = "SEQUENCE:"
Said = dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Merged:
    """What became of two versions: the text's parts, and the fields that both sides changed, differently."""

    parts: Parts
    disputed: list[str] = field(default_factory=list)


def merge(base: Parts | None, theirs: Parts, told: Parts | None, mine: Parts) -> Merged:
    """Merge the book's version into the server's.

    Args:
        base: the server's text when both agreed; None where they never did.
        theirs: its text now.
        told: the book's text when both agreed.
        mine: its text now.
    """
    found = Merged(Parts(theirs.name, {}, theirs.frame, {**mine.zones, **theirs.zones}))
    keys = dict.fromkeys([*theirs.parts, *mine.parts])
    for key in keys:
        was = told.parts.get(key) if told else None
        part = _merged(found, base.parts.get(key) if base else None, theirs.parts.get(key), was, mine.parts.get(key))
        if part is not None:
            found.parts.parts[key] = part
    _guard_series(found, base, theirs, told, mine)
    found.disputed = list(dict.fromkeys(found.disputed))
    return found


def _merged(found: Merged, base: Part | None, theirs: Part | None, told: Part | None, mine: Part | None) -> Part | None:
    """Return one component merged; None where one side took it away and the other left it alone."""
    remote, local = changed(base, theirs), changed(told, mine)
    if theirs is None or mine is None:
        there, was_here, is_touched = (mine, base, local) if theirs is None else (theirs, told, remote)
        if was_here is None:  # the other side has made it, or writes it under another name
            return there if (told if theirs is None else base) is None or theirs is not None else None
        if is_touched:
            found.disputed.append("an instance of the series")
            return there
        return None
    for name in sorted(remote & local):
        if said(theirs).get(name) != said(mine).get(name):
            found.disputed.append(name)
    return patched(theirs, mine, local) if local else theirs


def changed(before: Part | None, after: Part | None) -> set[str]:
    """Return the names of the fields that differ."""
    old, new = said(before), said(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def patched(theirs: Part, mine: Part, names: set[str]) -> Part:
    """Return the server's component with some fields as the book has them."""
    result = {name: item for name, item in theirs.items() if name not in names and name != STAMPS}
    taken = {group for item in result.values() for group in item.groups}
    for name in mine:
        if name in names:
            result[name] = _regrouped(mine[name], taken)
    result[STAMPS] = _stamps(theirs.get(STAMPS, Field()), mine.get(STAMPS, Field()))
    return result


def _regrouped(item: Field, taken: set[str]) -> Field:
    """Return lines whose groups do not clash with those of others."""
    lines = item.lines
    for group in item.groups & taken:
        lines = [f"sfa{line}" if line.lower().startswith(f"{group.lower()}.") else line for line in lines]
    return Field(lines, item.keys, item.groups)


def _stamps(theirs: Field, mine: Field) -> Field:
    """Return the stamps of the book, with a sequence that no other program takes for old."""
    own = {line.partition(":")[0].partition(";")[0]: line for line in mine.lines}
    kept = {line.partition(":")[0].partition(";")[0]: line for line in theirs.lines}
    both = [int(line[len(_SEQUENCE) :]) for line in (*theirs.lines, *mine.lines) if _is_number(line)]
    lines = {**kept, **own}
    if both:
        lines["SEQUENCE"] = f"{_SEQUENCE}{max(both)}"
    return Field(list(lines.values()))


def _is_number(line: str) -> bool:
    text = line.removeprefix(_SEQUENCE)
    return line.startswith(_SEQUENCE) and text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - as imports


def _guard_series(found: Merged, base: Parts | None, theirs: Parts, told: Parts | None, mine: Parts) -> None:
    """Dispute a series whose times one side changed while the other changed its instances: they hang on those times."""
    for (before, after), (other_before, other_after) in (
        ((base, theirs), (told, mine)),
        ((told, mine), (base, theirs)),
    ):
        has_moved = TIME in changed(_whole(before), _whole(after)) and _whole(before) is not None
        if has_moved and _instances(other_before) != _instances(other_after):
            found.disputed.append(TIME)


def _whole(parts: Parts | None) -> Part | None:
    return parts.parts.get("") if parts else None


def _instances(parts: Parts | None) -> Mapping[str, Said]:
    return {key: said(part) for key, part in (parts.parts if parts else {}).items() if key != IDENTITY}
