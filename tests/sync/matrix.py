"""A company with one row of every table in every relation to a rep, each text of it a canary: who is told of which?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from sfa.ids import RandomIds
from sfa.server import founding
from sfa.server.book import Book
from sfa.server.catalog import SharedTable, shared_tables
from sfa.server.database import SqliteDatabase
from sfa.server.handle import Server
from sfa.sync.protocol import PROTOCOL, SCHEMA, Mutation, decode, encode

ORG, NOW = "acme", datetime(2026, 3, 2, 8, tzinfo=UTC)
COMPANY = {
    "app_user", "team", "territory", "pipeline", "stage", "tag", "tax_code", "product", "approval_rule", "comp_period",
    "contract_price", "discount_schedule", "fx_rate", "kpi_baseline", "price_book", "price_entry", "price_rule", "tax_rate",
}  # fmt: skip
FINANCE = {"comp_plan", "comp_plan_version"}
PAY = {
    "comp_assignment", "comp_quota", "comp_event", "comp_credit", "comp_statement", "comp_balance", "comp_dispute",
    "comp_adjustment", "comp_line",
}  # fmt: skip
FOLLOWS = {
    "account", "account_relation", "acceptance", "activity", "activity_contact", "address", "approval_request", "attachment",
    "consent_event", "contact", "contact_relation", "contact_role", "dispute", "email", "event", "event_attendee",
    "event_reminder", "external_id", "invoice", "invoice_line", "note", "opportunity", "opportunity_contact",
    "opportunity_history", "opportunity_line", "paper_file", "payment", "phone", "quote", "quote_allowance", "quote_line",
    "quote_version", "record_tag", "sales_order", "sales_order_line", "shipment", "task", "value_class",
}  # fmt: skip
OWN = {"forecast_submission", "inbox_entry", "lead"}
REAL = {"app_user", "team", "territory", "pipeline", "stage"}
"""Tables whose rows must be real ones: people, areas, and what a company has from its birth."""

SECRETS = {
    "product": {"cost_dec6", "floor_dec6", "min_margin_ppm"},
    "quote_version": {"cost_minor"},
    "quote_line": {"cost_minor", "cost_dec6"},
    "sales_order": {"cost_minor", "extra_cost_minor"},
    "sales_order_line": {"cost_minor"},
    "invoice_line": {"cost_minor"},
    "comp_event": {"cost_minor"},
}
"""What no rep is told, of whatever row."""

VIEWERS = {"rep": "rep", "other": "rep", "manager": "manager", "finance": "finance", "admin": "admin", "quit": "rep"}
RELATIONS = ("own area", "other area", "own", "others")
OPERATIONS = ("read", "digest", "patch", "delete", "create", "link", "forge")


def sees(viewer: str, relation: str, table: str) -> bool:
    """Tell whether a viewer is told of a row, in the words of the guide."""
    if viewer == "quit":
        return False
    if viewer in ("finance", "admin") or table in COMPANY:
        return True
    if table in FINANCE:
        return viewer == ("other" if relation in ("other area", "others") else "rep")
    if table in PAY:
        return viewer == ("other" if relation in ("other area", "others") else "rep")
    if table in OWN:
        return {"rep": relation in ("own area", "own"), "manager": relation in ("own area", "own")}.get(
            viewer, relation in ("other area", "others")
        )
    if relation in ("own area", "own"):
        return viewer in ("rep", "manager")
    return viewer == "other"


@dataclass
class Company:
    """The server with its rows; `rows` by (relation, table)."""

    server: Server
    devices: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def sync(self, viewer: str, mutations: list[tuple[Any, ...]] = []) -> list[dict[str, Any]]:  # noqa: B006 - read only
        """Sync a viewer's device until nothing more comes; return all answers."""
        first = self.numbers.get(viewer, 0) + 1
        self.numbers[viewer] = first + len(mutations) - 1
        sent = [Mutation(first + place, *one).as_json() for place, one in enumerate(mutations)]
        cursors: dict[str, list[int]] = {}
        answers = []
        while True:
            message = {"protocol": PROTOCOL, "schema": SCHEMA, "mutations": sent, "cursors": cursors}
            answers.append(decode(self.server.handle(ORG, self.devices[viewer], encode(message), NOW)))
            cursors |= {one["bucket"]: [one["epoch"], one["to"], one["floor"]] for one in answers[-1]["changes"]}
            sent = []
            if not answers[-1]["more"]:
                return answers

    def state(self) -> list[Any]:
        """Return everything that business is about, as it is now."""
        tables = (*(name for name in shared_tables() if name != "inbox_entry"), "s_grant", "s_number")
        rows = self.server.database.rows
        places = [
            rows(f"SELECT * FROM {table} WHERE tbl <> 'inbox_entry' ORDER BY 1, 2, 3, 4")
            for table in ("s_loc", "s_row")
        ]
        return places + [rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]


def canary(relation: str, table: str, column: str = "") -> str:
    """Return what is written into a text column of a row."""
    return f"canary-{relation}-{table}-{column}".replace(" ", "")


def make() -> Company:
    """Return the company."""
    new_id = RandomIds(lambda: int(NOW.timestamp() * 1000), Random(1).randbytes).new
    database = SqliteDatabase(":memory:")
    founding.found(database)
    founding.add_company(database, ORG, "Acme", NOW)
    company = Company(Server(database, new_id))
    areas = {}
    for relation in RELATIONS[:2]:
        areas[relation] = new_id()
        founding.put(database, ORG, "territory", {"id": areas[relation], "name": relation}, NOW)
    for viewer, role in VIEWERS.items():
        area = {"other": areas["other area"], "finance": None, "admin": None}.get(viewer, areas["own area"])
        values = {"name": viewer, "role": role, "territory_id": area, "is_active": 1}
        company.users[viewer] = new_id()
        founding.put(database, ORG, "app_user", {"id": company.users[viewer], **values}, NOW)
        code = founding.issue_code(database, ORG, company.users[viewer], NOW)
        company.devices[viewer] = str(founding.enrol(database, code, 1, NOW, new_id)["device"])
    founding.put(database, ORG, "app_user", {"id": company.users["rep"], "manager_id": company.users["manager"]}, NOW)
    founding.put(database, ORG, "app_user", {"id": company.users["quit"], "is_active": 0}, NOW)
    with database.writing():
        book = Book(database, ORG, "2026-03-02T08:00:00.000Z")
        for relation in RELATIONS:
            _fill(company, book, relation, areas, new_id)
    return company


def _fill(company: Company, book: Book, relation: str, areas: dict[str, str], new_id: Any) -> None:  # noqa: ANN401
    owner = company.users["other" if relation in ("other area", "others") else "rep"]
    own = {"app_user": owner, "territory": areas.get(relation), "team": None}
    company.rows |= {(relation, name): new_id() for name in shared_tables() if name not in REAL}
    for name, shape in shared_tables().items():
        if name in REAL:
            continue
        row: dict[str, Any] = {"id": company.rows[relation, name]}
        for column in shape.columns[1:]:
            row[column] = _value(company, shape, relation, column, own)
        if "table_name" in row:
            row |= {
                "table_name": "account",
                "row_id" if "row_id" in row else "record_id": company.rows[relation, "account"],
            }
        book.insert(name, row)
    # Placed when all are there: a contact's home is that of its first role.
    for name in shared_tables():
        if name not in REAL:
            book.place(name, company.rows[relation, name], owner, {"": ""})


def _value(company: Company, shape: SharedTable, relation: str, column: str, own: dict[str, str | None]) -> Any:  # noqa: ANN401
    target = shape.links.get(column)
    if target == shape.name or column in ("deleted_at", "merged_into", "sent_at"):
        return None
    if target is None:
        return 1 if column in shape.numbers else canary(relation, shape.name, column)
    if target in own:
        return own[target]
    return company.rows.get((relation, target))


def told(answers: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return (table, row) of all rows in answers."""
    for answer in answers:
        for change in answer["changes"]:
            for table, data in change["rows"].items():
                yield from (
                    (table, dict(zip(data["columns"], row, strict=True))) for row in zip(*data["values"], strict=True)
                )
