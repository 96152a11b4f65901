"""Contacts as cards, vCard 3.0 (RFC 2426) or 4.0 (RFC 6350): what a file once said of them is said again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from db.queries import files
from db.queries import imports as queries
from db.queries.records import Row
from sfa.exchange.card_places import TABLES, write_rows
from sfa.exchange.card_reading import PICTURES
from sfa.exchange.content_lines import (
    Line,
    Parameters,
    escaped,
    folded,
    is_before_agent,
    read_lines,
    split_value,
    write_line,
)
from sfa.exchange.file_results import stamp
from sfa.services import listing
from sfa.services.desk import Desk

PREFERRED: Final[dict[str, Parameters]] = {"3.0": {"TYPE": ["PREF"]}, "4.0": {"PREF": ["1"]}}
_NAME: Final = ("family_name", "given_name", "middle_name", "prefix", "suffix")
_DATA: Final = re.compile(r"data:image/([\w.+-]+);base64\\?,(.*)")
_WRITTEN_APART: Final = frozenset({*TABLES, "ORG", "ROLE", "REV", "BDAY"})


def write_cards(desk: Desk, where: str, version: str) -> tuple[str, int]:
    """Return contacts as the text of an address file, and how many they are; version is `3.0` or `4.0`."""
    ids = listing.ids(desk, "contact", where)
    return cards_text(desk, ids, version), len(ids)


def cards_text(desk: Desk, ids: Sequence[str], version: str) -> str:
    """Return contacts by id as the text of an address file; version is `3.0` or `4.0`."""
    contacts = files.chosen_contacts(desk.store, ids)
    linked = {name: queries.links(desk.store, table, "contact_id", ids) for name, table in TABLES.items()}
    roles = files.current_roles(desk.store)
    tags = files.tags(desk.store, "contact")
    lines: list[str] = []
    for contact in contacts:
        rows = {name: found.get(contact["id"], []) for name, found in linked.items()}
        named = [tag["name"] for tag in tags.get(contact["id"], [])]
        lines += _card(contact, rows, roles.get(contact["id"]), named, version)
    return folded(lines)


def kept_lines(extra: str | None) -> tuple[list[Line], list[str]]:
    """Return what a file said of a contact beyond the book's columns: properties, and whole components as lines."""
    text = extra or ""
    head, begin, rest = text.partition("\nBEGIN:")
    if text.startswith("BEGIN:"):
        head, begin, rest = "", "BEGIN:", text[len("BEGIN:") :]
    return list(read_lines(head.encode())), (begin.lstrip() + rest).splitlines() if begin else []


def _card(
    contact: Row, rows: dict[str, list[Row]], role: Row | None, tags: Sequence[str], version: str
) -> Iterator[str]:
    kept, blocks = kept_lines(contact["extra"])
    yield from ("BEGIN:VCARD", f"VERSION:{version}", f"UID:{escaped(contact['uid'] or contact['id'] + files.OWN_UID)}")
    yield f"FN:{escaped(contact['name'])}"
    yield f"N:{';'.join(escaped(contact[part] or '') for part in _NAME)}"
    if contact["nickname"]:
        yield f"NICKNAME:{','.join(map(escaped, contact['nickname'].split(', ')))}"
    yield from _work(contact, role, kept)
    for name in TABLES:
        ordered = sorted(rows[name], key=lambda row: -row.get("is_primary", 0))
        yield from write_rows(name, ordered, kept, PREFERRED[version])
    yield from _birthday(contact, kept, version)
    if contact["description"]:
        yield f"NOTE:{escaped(contact['description'])}"
    if tags:
        yield f"CATEGORIES:{','.join(map(escaped, tags))}"
    if contact["language"] and version == "4.0" and not any(line.name == "LANG" for line in kept):
        yield f"LANG:{contact['language']}"
    yield from _others(kept, version)
    yield f"REV:{_revision(contact, kept)}"
    for text in blocks:
        yield from ("AGENT:", text) if text == "BEGIN:VCARD" else (text,)
    yield "END:VCARD"


def _work(contact: Row, role: Row | None, kept: Sequence[Line]) -> Iterator[str]:
    """Yield title, company and role; a company that is no account of the book as the file wrote it."""
    if contact["title"]:
        yield f"TITLE:{escaped(contact['title'])}"
    told = [line for line in kept if line.name == "ORG"]
    if role is None:
        yield from (_as_kept(line) for line in kept if line.name in ("ORG", "ROLE"))
        return
    same = [line for line in told if split_value(line.value, ";")[0].strip().casefold() == role["account"].casefold()]
    if same:
        yield _as_kept(same[0])
    else:
        units = [role["account"], *([contact["department"]] if contact["department"] else [])]
        yield f"ORG:{';'.join(map(escaped, units))}"
    if role["role"]:
        yield f"ROLE:{escaped(role['role'])}"
    yield from (_as_kept(line) for line in kept if line.name == "ROLE")


def _birthday(contact: Row, kept: Iterable[Line], version: str) -> Iterator[str]:
    told = [line for line in kept if line.name == "BDAY"]
    day = contact["birthday"]
    if day is None or any(line.value.replace("-", "").startswith(day.replace("-", "")) for line in told):
        yield from map(_as_kept, told[:1])
    else:
        yield f"BDAY:{day if version == '3.0' else day.replace('-', '')}"


def _others(kept: Iterable[Line], version: str) -> Iterator[str]:
    for line in kept:
        if line.name in _WRITTEN_APART or is_before_agent(line):
            continue
        yield _as_kept(_picture(line) if version == "3.0" and line.name in PICTURES else line)


def _picture(line: Line) -> Line:
    """Return a picture as vCard 3.0 writes it."""
    match = _DATA.fullmatch(line.value)
    if match is None:
        return line
    return line._replace(value=match[2], parameters={"ENCODING": ["b"], "TYPE": [match[1].upper()], **line.parameters})


def _as_kept(line: Line) -> str:
    return write_line(line.name, line.value, line.parameters, line.group)


def _revision(contact: dict[str, Any], kept: Iterable[Line]) -> str:
    """Return when it was changed last: as its file said, where nothing changed since it came."""
    told = next((line.value for line in kept if line.name == "REV"), "")
    if told and contact["created_at"] == contact["updated_at"]:
        return told
    return max(told, stamp(contact["updated_at"]))
