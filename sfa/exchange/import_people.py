"""Companies, people, users and products of a file as rows of the store."""

from collections.abc import Mapping
from typing import Any

from sfa.domain.text import person_name_parts
from sfa.errors import UsageError
from sfa.exchange.import_entries import Entry, Link, RowProblem
from sfa.exchange.import_rows import RowBuilder
from sfa.services.accounts import territories_in
from sfa.services.identity import account_key, company_domain, person_key


class AccountRows(RowBuilder):
    """Companies: found again by the key of their name and by their domain."""

    def complete(self, entry: Entry) -> None:
        """Fill the keys that duplicates are found by."""
        entry.tell(match_key=account_key(entry.text("name")))
        website, email = entry.text("website") or None, entry.text("email") or None
        if website or email:
            entry.fill(domain=company_domain(website, email))
        if website:
            entry.told.add("domain")
        if entry.columns.get("referrer_id") == entry.id:
            raise RowProblem("an account does not refer itself")
        if entry.text("operates_in"):
            try:
                entry.tell(operates_in=territories_in(self.context.desk, entry.text("operates_in")))
            except UsageError as error:
                raise RowProblem(error.message) from error
        if entry.columns.get("category_spend_minor") is not None:
            entry.fill(spend_as_of=self.context.today)
        entry.fill(type="prospect", created_on=self.context.today)

    def settle(self, entry: Entry, before: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Date a new estimate of what it spends."""
        known = before["category_spend_minor"]
        if changes.get("category_spend_minor", known) != known and not entry.text("spend_as_of"):
            changes["spend_as_of"] = self.context.today


class ContactRows(RowBuilder):
    """People, and where they work."""

    def complete(self, entry: Entry) -> None:
        """Fill the name's parts and key, and the role at the account."""
        name = entry.text("name") or entry.text("email")
        if not name:
            raise RowProblem("neither a name nor an e-mail")
        entry.tell(name=name, match_key=person_key(name))
        if not (entry.columns.get("given_name") or entry.columns.get("family_name")):
            given, family = person_name_parts(name)
            entry.tell(given_name=given or None, family_name=family or None)
        entry.fill(created_on=self.context.today)
        account_id = self.reference(entry, "account")
        if account_id:
            role = {"role": entry.text("role")} if entry.text("role") else {}
            since = {"is_primary": 1, "valid_from": entry.columns["created_on"]}
            entry.links.append(Link("contact_role", "contact_id", {"account_id": account_id, **role, **since}))


class LeadRows(RowBuilder):
    """Leads: without a person's name they go by their company's."""

    def complete(self, entry: Entry) -> None:
        """Fill name, status and day."""
        entry.fill(
            name=entry.text("company") or entry.text("email") or None, status="new", created_on=self.context.today
        )
        if not entry.columns["name"]:
            raise RowProblem("neither a name nor a company")
        if entry.text("name") and not (entry.text("given_name") or entry.text("family_name")):
            given, family = person_name_parts(entry.text("name"))
            entry.tell(given_name=given or None, family_name=family or None)


class UserRows(RowBuilder):
    """People who sell; whoever others report to is a manager."""

    def complete(self, entry: Entry) -> None:
        """Fill the role."""
        entry.fill(role="rep", is_active=1)


class ProductRows(RowBuilder):
    """What is sold."""

    def complete(self, entry: Entry) -> None:
        """Fill currency and state."""
        entry.fill(currency=self.context.currency, is_active=1)

    def settle(self, entry: Entry, before: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Give a first price its currency."""
        if before["currency"] is None and ("price_dec6" in changes or "cost_dec6" in changes):
            changes.setdefault("currency", entry.columns["currency"])
