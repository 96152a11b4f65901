"""A record of a file as rows of the store: columns of its own table, and rows that hang on it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from db.seeds import PIPELINE_ID
from sfa.clock import instant_text
from sfa.domain.fields import NOUNS
from sfa.domain.money import Money
from sfa.domain.text import company_key, person_name_parts
from sfa.exchange.import_names import Names
from sfa.exchange.import_stages import DealStages
from sfa.exchange.records import Record
from sfa.services.desk import Desk
from sfa.services.identity import company_domain, e164, folded_email, person_key

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = ("street", "city", "region", "postal_code", "country")
PHONES = {"phone": "work", "mobile": "mobile", "home_phone": "home"}
ONE_DEC6 = 1_000_000
LONGEST_SUBJECT = 500
LONGEST_NAME = 200
OWNED = frozenset({"account", "contact", "lead", "opportunity", "activity", "task"})


class RowProblem(ValueError):  # noqa: N818 - a reason against a row, not a failure
    """Why a row cannot be imported, in words."""


@dataclass(slots=True)
class Built:
    """One record as rows: its own columns, and (table, columns) of the rows that hang on it."""

    id: str
    columns: dict[str, Any]
    parts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class RowBuilder:
    """Builds rows of one noun."""

    def __init__(self, desk: Desk, names: Names, noun: str, at: str) -> None:
        self._desk = desk
        self._names = names
        self._noun = noun
        self._at = at
        self._today = desk.today.isoformat()
        self._country = desk.config.text("workspace.country")
        self.stages = DealStages(desk)
        self._owner = desk.user_id
        self._complete: dict[str, Callable[[Built, Record], None]] = {
            "account": self._account,
            "contact": self._contact,
            "opportunity": self._deal,
            "product": self._product,
            "activity": self._activity,
            "task": self._task,
            "lead": self._dated,
        }

    def build(self, record: Record, record_id: str) -> Built:
        """Return the rows of a new record.

        Raises:
            RowProblem: a reference is missing, or values contradict each other.
        """
        built = Built(record_id, {"created_at": self._at, "updated_at": self._at})
        for name, spec in NOUNS[self._noun].fields.items():
            value = record.values.get(name)
            if spec.target and spec.column:
                built.columns[spec.column] = self.reference(record, name)
            elif spec.column:
                built.columns[spec.column] = stored(value)
        if "owner_id" in built.columns and built.columns["owner_id"] is None and "owner" not in record.values:
            built.columns["owner_id"] = self._owner if self._noun in OWNED else None
        self._currency(built, record)
        self._complete.get(self._noun, _nothing)(built, record)
        self._reach(built, record)
        built.columns = {name: value for name, value in built.columns.items() if value is not None}
        return built

    def reference(self, record: Record, name: str) -> str | None:
        """Return the id that a reference of the record means, None where it names none.

        Raises:
            RowProblem: nothing or several records are called so.
        """
        if self._noun == "opportunity" and name in ("stage", "pipeline"):
            return None
        text = record.values.get(name)
        if name == "account":
            key = record.values.get("account_key")
            found = self._names.by_key("account", str(key)) if key else None
            if found or (key and not text):
                if not found:
                    raise RowProblem(f"no account has the id {key}")
                return found
        if text is None:
            return None
        try:
            if name == "manager":
                return self._names.make_manager(str(text))
            target = NOUNS[self._noun].fields[name].target or name
            return self._names.find(target, str(text), may_create=name in ("parent", "reports_to"))
        except LookupError as error:
            raise RowProblem(str(error)) from error

    def _currency(self, built: Built, record: Record) -> None:
        for value in record.values.values():
            if isinstance(value, Money) and "currency" in NOUNS[self._noun].fields:
                built.columns["currency"] = value.currency
                return

    def _account(self, built: Built, record: Record) -> None:
        values = record.values
        website, email = values.get("website"), values.get("email")
        built.columns["type"] = built.columns.get("type") or "prospect"
        built.columns["match_key"] = company_key(str(values["name"]))
        built.columns["domain"] = company_domain(str(website) if website else None, str(email) if email else None)
        self._dated(built, record)
        self._place(built, record, "account")

    def _contact(self, built: Built, record: Record) -> None:
        name = str(record.values.get("name") or record.values.get("email") or "")
        if not name:
            raise RowProblem("neither a name nor an e-mail")
        built.columns["name"] = name[:LONGEST_NAME]
        if not (built.columns.get("given_name") or built.columns.get("family_name")):
            given, family = person_name_parts(name)
            built.columns |= {"given_name": given or None, "family_name": family or None}
        built.columns["match_key"] = person_key(name)
        account = self.reference(record, "account")
        if account:
            role = record.values.get("role")
            built.parts.append(
                ("contact_role", {"account_id": account, "contact_id": built.id, "role": role, "is_primary": 1})
            )
        self._dated(built, record)
        self._place(built, record, "contact")

    def _dated(self, built: Built, _record: Record) -> None:
        built.columns["created_on"] = built.columns.get("created_on") or self._today
        if self._noun == "lead":
            built.columns["status"] = built.columns.get("status") or "new"
            built.columns["name"] = (
                built.columns.get("name") or built.columns.get("company") or built.columns.get("email")
            )
            if not built.columns["name"]:
                raise RowProblem("neither a name nor a company")

    def _deal(self, built: Built, record: Record) -> None:
        try:
            built.columns |= self.stages.columns(record.values, self._today)
        except LookupError as error:
            raise RowProblem(str(error)) from error
        built.columns["name"] = self._deal_name(record)
        built.columns["pipeline_id"] = PIPELINE_ID
        built.columns.setdefault("currency", None)
        if built.columns["amount_minor"] is not None and built.columns["currency"] is None:
            built.columns["currency"] = self._desk.currency
        product = self.reference(record, "product")
        if product:
            line = {"opportunity_id": built.id, "product_id": product, "seq": 1, "quantity_dec6": ONE_DEC6}
            built.parts.append(("opportunity_line", {**line, "amount_minor": built.columns["amount_minor"]}))
        contact = self.reference(record, "contact")
        if contact:
            built.parts.append(("opportunity_contact", {"opportunity_id": built.id, "contact_id": contact}))

    @staticmethod
    def _deal_name(record: Record) -> str:
        values = record.values
        made = " - ".join(str(values[name]) for name in ("account", "product") if values.get(name))
        return str(values.get("name") or made or values.get("external_id") or "Deal")[:LONGEST_NAME]

    def _product(self, built: Built, record: Record) -> None:
        active = record.values.get("is_active")
        built.columns["is_active"] = 1 if active is None else int(bool(active))
        built.columns["currency"] = built.columns.get("currency") or self._desk.currency

    def _activity(self, built: Built, record: Record) -> None:
        kind = built.columns.get("kind") or "other"
        built.columns["kind"] = kind
        built.columns["direction"] = built.columns.get("direction") or "out"
        built.columns["subject"] = str(built.columns.get("subject") or str(kind).capitalize())[:LONGEST_SUBJECT]
        built.columns["started_at"] = built.columns.get("started_at") or self._at
        contact = self.reference(record, "contact")
        if contact:
            built.parts.append(("activity_contact", {"activity_id": built.id, "contact_id": contact}))

    def _task(self, built: Built, _record: Record) -> None:
        columns = built.columns
        columns["priority"] = columns.get("priority") or "normal"
        columns["status"] = columns.get("status") or ("done" if columns.get("done_at") else "open")
        if columns["status"] == "done" and not columns.get("done_at"):
            columns["done_at"] = self._at
        if columns["status"] != "done":
            columns["done_at"] = None

    def _place(self, built: Built, record: Record, noun: str) -> None:
        place = {name: record.values[name] for name in PLACE if record.values.get(name)}
        if place:
            built.parts.append(
                ("address", {f"{noun}_id": built.id, "kind": "work", **{name: place.get(name) for name in PLACE}})
            )

    def _reach(self, built: Built, record: Record) -> None:
        """Add phones, e-mails and tags."""
        if self._noun in ("account", "contact"):
            self._phones(built, record)
            self._emails(built, record)
        tags = record.values.get("tags")
        for tag in tags if isinstance(tags, list) else ():
            tag_id = self._names.find("tag", str(tag), may_create=True)
            built.parts.append(
                ("record_tag", {"table_name": NOUNS[self._noun].table, "row_id": built.id, "tag_id": tag_id})
            )

    def _phones(self, built: Built, record: Record) -> None:
        for name, kind in PHONES.items():
            first = record.values.get(name)
            for number in [first, *record.more.get(name, [])] if first else []:
                row = {f"{self._noun}_id": built.id, "kind": "main" if self._noun == "account" else kind}
                number_row = {"number": str(number), "e164": e164(str(number), self._country)}
                built.parts.append(("phone", {**row, **number_row, "is_primary": int(name == "phone")}))

    def _emails(self, built: Built, record: Record) -> None:
        seen: set[str] = set()
        for name in ("email", "email_2"):
            first = record.values.get(name)
            for address in [first, *record.more.get(name, [])] if first else []:
                folded = folded_email(str(address))
                if folded not in seen:
                    row = {f"{self._noun}_id": built.id, "kind": "work", "address": str(address), "folded": folded}
                    built.parts.append(("email", {**row, "is_primary": int(not seen)}))
                seen.add(folded)


def _nothing(_built: Built, _record: Record) -> None:
    """Leave the rows as they are."""


def stored(value: object) -> Any:  # noqa: ANN401 - what a column holds
    """Return a value as its column holds it."""
    if isinstance(value, Money):
        return value.amount_minor
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return value
