"""A card of an address file as the book holds a contact; what the book has no place for is kept as it is written."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sfa.domain.text import clean, has_cjk, person_name_parts
from sfa.exchange.card_places import READERS, TABLES, key_of, read_rows, says_more
from sfa.exchange.content_lines import Component, Line, split_value, unparsed, unparsed_component
from sfa.exchange.kept_lines import ROOM, categories, within_room
from sfa.services.identity import person_key

FINGERPRINT: Final = "@sfa-file"
LONGEST_TEXT: Final = 200
LONGEST_UID: Final = 500
LONGEST_NOTE: Final = 65_536
_SHORTER: Final = {"prefix": 60, "suffix": 60}
_NAME_PARTS: Final = ("family_name", "given_name", "middle_name", "prefix", "suffix")
_READ: Final = frozenset(
    {"VERSION", "PRODID", "FN", "N", "NICKNAME", "TITLE", "NOTE", "UID", "ROLE", "ORG", "CATEGORIES"}
)
_DAY: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
OMITTED_YEAR: Final = "X-APPLE-OMIT-YEAR"
PICTURES: Final = ("PHOTO", "LOGO")
_GROUPS: Final = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


class CardProblem(ValueError):  # noqa: N818 - a reason against a card, not a failure
    """Why a card cannot be taken."""


@dataclass(slots=True)
class Card:
    """One contact of a file.

    Attributes:
        line: where it begins.
        columns: of `contact`.
        rows: of `phone`, `email` and `address`, by table.
        organization, role: where the person works, and as what; `org_line` as it is written.
        revision: its REV; a later one is newer.
        notes: what was left out, each with its line.
    """

    line: int
    columns: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    organization: str
    role: str
    org_line: str
    revision: str
    tags: list[str] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def uid(self) -> str:
        """Return what names it."""
        return str(self.columns["uid"])

    @property
    def name(self) -> str:
        """Return what it is called."""
        return str(self.columns["name"])


def read_card(component: Component) -> Card:
    """Return a card as the book holds it.

    Raises:
        CardProblem: it is not whole, it is a group, or nothing in it is a name.
    """
    if not component.is_whole:
        raise CardProblem("it has no end (END:VCARD)")
    if any(component.text(name).lower() == "group" for name in _GROUPS):
        raise CardProblem("a group of cards has no place in the book")
    rows = {table: read_rows(component.lines, name) for name, table in TABLES.items()}
    organization, department = _organization(component)
    columns = _names(component, organization, rows)
    columns |= {"title": _text(component, "TITLE"), "department": department, "birthday": _birthday(component)}
    columns["nickname"] = _listed(component.one("NICKNAME"))
    note = component.text("NOTE")
    columns["description"] = note[:LONGEST_NOTE] or None
    language = component.text("LANG")
    columns["language"] = language if 0 < len(language) <= len("zh-Hant-TW") else None
    org = component.one("ORG")
    card = Card(
        component.number,
        columns,
        rows,
        organization,
        " ".join(component.text("ROLE").split())[:LONGEST_TEXT],
        unparsed(org) if org else "",
        component.text("REV"),
        categories(component),
        list(component.problems),
    )
    card.notes += _cut(component)
    columns["extra"] = _extra(component, card) or None
    columns["uid"] = _uid(component, card)
    return card


def _cut(component: Component) -> Iterator[tuple[int, str]]:
    """Yield what is longer than the book's columns, each with its line."""
    for name, longest in (
        ("FN", LONGEST_TEXT),
        ("TITLE", LONGEST_TEXT),
        ("ROLE", LONGEST_TEXT),
        ("NOTE", LONGEST_NOTE),
    ):
        line = component.one(name)
        if line is not None and len(line.value) > longest and len(component.text(name)) > longest:
            yield line.number, f"{name} has {len(component.text(name)):,} characters; {longest:,} are kept"


def _text(component: Component, name: str) -> str | None:
    return component.text(name).replace("\n", " ")[:LONGEST_TEXT] or None


def _listed(line: Line | None) -> str | None:
    if line is None:
        return None
    names = (" ".join(clean(part).split()) for part in split_value(line.value, ","))
    return ", ".join(filter(None, names))[:LONGEST_TEXT] or None


def _organization(component: Component) -> tuple[str, str | None]:
    """Return the company and its department."""
    line = component.one("ORG")
    parts = [" ".join(clean(part).split()) for part in split_value(line.value, ";")] if line else []
    company = parts[0][:LONGEST_TEXT] if parts else ""
    return company, ", ".join(filter(None, parts[1:]))[:LONGEST_TEXT] or None


def _names(component: Component, organization: str, rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return the name and its parts; a card without a name goes by nickname, company, mail address or number.

    Raises:
        CardProblem: there is none of these.
    """
    line = component.one("N")
    texts = [" ".join(clean(part.replace(",", ", ")).split()) for part in split_value(line.value, ";")] if line else []
    parts: dict[str, Any] = dict.fromkeys(_NAME_PARTS)
    parts |= {
        name: text[: _SHORTER.get(name, LONGEST_TEXT)] or None for name, text in zip(_NAME_PARTS, texts, strict=False)
    }
    name: str | None = _text(component, "FN") or _joined(parts)
    has_person = any(parts[part] for part in ("family_name", "given_name"))
    others = [_listed(component.one("NICKNAME")), organization]
    others += [row[column] for table, column in (("email", "address"), ("phone", "number")) for row in rows[table]]
    if not name:
        name = next(filter(None, others), None)
        if name is None:
            raise CardProblem("it has no name")
    elif not has_person and name not in others:
        given, family = person_name_parts(name)
        parts |= {"given_name": given or None, "family_name": family or None}
    return {"name": name[:LONGEST_TEXT], "match_key": person_key(name[:LONGEST_TEXT]), **parts}


def _joined(parts: dict[str, Any]) -> str:
    """Return the whole name of its parts: the family first, without a space, where they are Chinese or Japanese."""
    order = ("given_name", "middle_name", "family_name", "suffix")
    whole = " ".join(parts[name] for name in order if parts[name])
    if has_cjk(whole):
        return "".join(parts[name] for name in ("family_name", "given_name", "middle_name") if parts[name])
    return whole


def _birthday(component: Component) -> str | None:
    """Return a whole date; None for what lacks its year or is a word."""
    line = component.one("BDAY")
    match = _DAY.fullmatch(line.value.strip()) if line and not line.parameters.get(OMITTED_YEAR) else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else None
    except ValueError:
        return None


def _extra(component: Component, card: Card) -> str:
    """Return the lines that say what the columns and rows cannot."""
    seen: set[object] = set()
    said: set[str] = set()
    kept = []
    for line in component.lines:
        text = unparsed(as_uri(line))
        if text in said:
            continue
        said.add(text)
        row = READERS[line.name](line) if line.name in READERS else None
        mark: object = (line.name, key_of(line.name, row)) if row else line.name
        is_first = mark not in seen
        seen.add(mark)
        if _is_kept(line, card, is_first=is_first) and (is_first or row is None):
            kept.append((line.number, text))
    blocks = [text for child in component.children for text in unparsed_component(child)]
    taken = sum(len(text) + 1 for text in blocks)
    if taken > ROOM:
        card.notes.append((component.number, "a card in it is too large to be kept"))
        taken, blocks = 0, []
    lines = within_room(kept, card.notes, taken)
    return "\n".join([*lines, *blocks])


def as_uri(line: Line) -> Line:
    """Return a picture in base64 as vCard 4.0 writes it, so that it is kept in one form whatever file it came from."""
    is_base64 = line.first("ENCODING").upper() in ("B", "BASE64")
    if line.name not in PICTURES or not is_base64:
        return line
    kind = (line.first("TYPE") or "jpeg").lower()
    rest = {name: value for name, value in line.parameters.items() if name not in ("ENCODING", "TYPE", "VALUE")}
    return line._replace(value=f"data:image/{kind};base64,{line.value}", parameters=rest)


def _is_kept(line: Line, card: Card, *, is_first: bool) -> bool:
    if line.name in TABLES:
        is_boxed = line.name == "ADR" and (not line.value.startswith(";;") or "\\n" in line.value.lower())
        is_boxed = is_boxed or (line.name == "ADR" and len(line.value) > LONGEST_TEXT)
        return says_more(line) or is_boxed or not read_rows([line], line.name)
    if line.name == "BDAY":
        return card.columns["birthday"] is None or "T" in line.value.upper()
    if line.name in ("N", "TITLE", "NOTE", "ROLE", "FN"):
        return not is_first
    if line.name == "ORG":
        return not is_first or bool(line.group) or line.value.strip(";").count(";") > 1
    return line.name not in _READ


def _uid(component: Component, card: Card) -> str:
    """Return the UID of a card; where it has none a fingerprint of who it is."""
    given = component.text("UID")
    if given and len(given) <= LONGEST_UID:
        return given
    said = [card.name, card.organization]
    said += sorted(row["folded"] for row in card.rows["email"]) + sorted(row["number"] for row in card.rows["phone"])
    digest = hashlib.sha1("\x1f".join(said).encode(), usedforsecurity=False).hexdigest()
    return digest + FINGERPRINT
