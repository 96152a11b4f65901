"""One record, whole: facts and what belongs to it in sections, its timeline, and what new records about it link to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.queries import day as queries
from db.queries.names import account_of_contact, name_column
from sfa.domain.fields import NOUNS
from sfa.domain.money import Money, from_dec6
from sfa.services import listing
from sfa.services.commission_glance import worth_section
from sfa.services.desk import Desk
from sfa.services.listing import Record, percent_text
from sfa.services.order_reading import view
from sfa.services.people_lines import consent_lines, person_lines, relation_lines, reports_lines, role_lines
from sfa.services.sheet_lines import Line, Section, joined
from sfa.services.timeline import TimelineEntry, timeline

DEALS_SHOWN = 20
TIMELINE_SHOWN = 1000
_HIDDEN = frozenset({"id", "ref", "created_at", "updated_at", "deleted_at", "currency"})
_FIRST = ("stage", "amount", "close_date", "probability", "next_step", "next_step_on", "account", "owner")
STANCES = {-2: "blocks", -1: "doubts", 0: "neutral", 1: "supports", 2: "champions"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record as a page."""

    noun: str
    id: str
    ref: str
    label: str
    sections: tuple[Section, ...]
    timeline: tuple[TimelineEntry, ...]
    links: Mapping[str, str]


def sheet(desk: Desk, noun: str, record_id: str) -> Sheet:
    """Return a record as a page.

    Raises:
        NotFoundError: it does not exist.
    """
    found = listing.record(desk, noun, record_id)
    sections = [Section("", _facts(desk, noun, found)), *_SECTIONS.get(noun, _no_sections)(desk, record_id)]
    return Sheet(
        noun=noun,
        id=record_id,
        ref=found.ref,
        label=str(found.get(name_column(noun)) or ""),
        sections=tuple(section for section in sections if section.lines),
        timeline=tuple(timeline(desk, noun, record_id, TIMELINE_SHOWN)),
        links=_links(desk, noun, record_id),
    )


def _facts(desk: Desk, noun: str, found: Record) -> tuple[Line, ...]:
    fields = listing.seen_noun(desk, noun).fields
    order = [*(name for name in _FIRST if name in fields), *(name for name in fields if name not in _FIRST)]
    lines = []
    for name in order:
        value = found.get(name)
        if name in _HIDDEN or name == name_column(noun) or value is None or value == "":
            continue
        lines.append(Line(fields[name].title, _text(fields[name].kind, value)))
    return tuple(lines)


def _text(kind: str, value: object) -> str:
    if kind == "percent" and isinstance(value, int):
        return percent_text(value)
    if kind == "bool":
        return "yes" if value else "no"
    return str(value)[:16].replace("T", " ") if kind == "instant" else str(value)


def _no_sections(_desk: Desk, _record_id: str) -> Sequence[Section]:
    return ()


def _account_sections(desk: Desk, record_id: str) -> Sequence[Section]:
    deals = tuple(
        Line(row[2], joined(row[3], _money(row[4], row[5]), row[6]), "opportunity", row[0])
        for row in queries.deals_of(desk.store, record_id, DEALS_SHOWN)
    )
    closed = tuple(
        Line("Won" if row[0] else "Lost", f"{row[1]} deals, {_money(row[2], row[3])}" if row[3] else f"{row[1]} deals")
        for row in queries.closed_of(desk.store, record_id)
    )
    tasks = tuple(
        Line(row[2] or "no day", row[3], "task", row[0]) for row in queries.tasks_of(desk.store, record_id, DEALS_SHOWN)
    )
    children = tuple(
        Line(row[2], f"{row[3]} open deals", "account", row[0]) for row in queries.children_of(desk.store, record_id)
    )
    return (
        Section("People", person_lines(desk, record_id)),
        Section("Open deals", deals),
        Section("Closed", closed),
        Section("To do", tasks),
        Section("Below it", children),
        Section("Relations", relation_lines(desk, "account", record_id)),
    )


def _contact_sections(desk: Desk, record_id: str) -> Sequence[Section]:
    return (
        Section("How to reach", consent_lines(desk, record_id)),
        Section("Roles", role_lines(desk, record_id)),
        Section("Relations", relation_lines(desk, "contact", record_id)),
        Section("Reports to them", reports_lines(desk, record_id)),
    )


def _deal_sections(desk: Desk, record_id: str) -> Sequence[Section]:
    people = tuple(
        Line(row[2], joined(row[3], STANCES.get(row[4], "")), "contact", row[0])
        for row in queries.deal_people(desk.store, record_id)
    )
    lines = tuple(
        Line(str(row[0] or "line"), f"{from_dec6(row[1])} x {from_dec6(row[2]) if row[2] is not None else '–'}")
        for row in queries.deal_lines(desk.store, record_id)
    )
    return worth_section(desk, record_id), Section("People", people), Section("Products", lines)


def _order_sections(desk: Desk, record_id: str) -> Sequence[Section]:
    found = view(desk, record_id)
    lines = tuple(
        Line(
            f"{line['position']}  {line['product']}",
            joined(
                f"{line['delivered']} of {line['quantity']} delivered", f"{line['invoiced']} invoiced", str(line["net"])
            ),
        )
        for line in found.lines
    )
    moved = tuple(
        Line(f"{one['on']}  {one['kind']}", joined(one["carrier"], one["tracking"])) for one in found.shipments
    )
    bills = tuple(
        Line(
            f"{one['number']}",
            joined(one["state"].replace("_", " "), str(one["gross"]), f"due {one['due']}" if one["due"] else ""),
        )
        for one in found.invoices
    )
    return Section("Lines", lines), Section("Deliveries", moved), Section("Invoices", bills)


_SECTIONS = {
    "account": _account_sections,
    "contact": _contact_sections,
    "opportunity": _deal_sections,
    "order": _order_sections,
}


def _money(minor: int | None, currency: str | None) -> str:
    return str(Money(minor, currency)) if minor is not None and currency else ""


def _links(desk: Desk, noun: str, record_id: str) -> dict[str, str]:
    """Return what a new activity, note or task about this record refers to."""
    links = {noun: record_id} if noun in ("account", "contact", "opportunity") else {}
    if noun == "contact":
        account_id = account_of_contact(desk.store, record_id)
    elif noun == "opportunity":
        account_id = desk.store.value("SELECT account_id FROM opportunity WHERE id = ?", (record_id,))
    else:
        account_id = None
    if account_id:
        links["account"] = account_id
    return {name: value for name, value in links.items() if name in NOUNS["activity"].fields}
