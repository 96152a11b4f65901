"""Deals of a file as rows of the store."""

from collections.abc import Mapping
from typing import Any, Final

from sfa.domain.money import DEC6
from sfa.exchange.import_entries import Context, Entry, Link, RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.import_rows import RowBuilder
from sfa.exchange.import_stages import DealStages

LONGEST_NAME: Final = 200
_FORECAST: Final = {"probability": "probability_ppm", "category": "category"}
_CLOSING: Final = ("is_won", "closed_on")


class DealRows(RowBuilder):
    """Deals: stage, outcome and days agree, whatever columns the file has for them."""

    def __init__(self, context: Context, names: Names) -> None:
        super().__init__(context, names)
        self._stages = DealStages(context.desk)
        self._account_less = 0

    @property
    def notes(self) -> list[str]:
        """Return how stages were read, and what deals lack."""
        found = list(self._stages.notes)
        if self._stages.undated:
            found.append(f"{self._stages.undated:,} closed deals have no day of closing; today is taken.")
        return found

    def complete(self, entry: Entry) -> None:
        """Fill stage and days, name and currency, the product's line and the contact."""
        self._stage(entry)
        contact = self.reference(entry, "contact", entry.columns.get("account_id"))
        product = self.reference(entry, "product")
        entry.fill(currency=self.context.currency, name=self._name(entry, product))
        if product:
            line = {
                "product_id": product,
                "seq": 1,
                "quantity_dec6": DEC6,
                "amount_minor": entry.columns.get("amount_minor"),
            }
            entry.links.append(Link("opportunity_line", "opportunity_id", line))
        if contact:
            entry.links.append(Link("opportunity_contact", "opportunity_id", {"contact_id": contact}))

    def _stage(self, entry: Entry) -> None:
        """Fill what the stage decides; what of it the row tells is what it gives a column for."""
        decided = self._stages.columns(entry.values)
        is_told = bool({"stage", "outcome"} & entry.values.keys())
        told = {"created_on"} & entry.told | {"close_date"} & entry.told
        if is_told:
            told |= {"stage_id", "pipeline_id"}
            told |= {"closed_on"} if {"closed", "close_date"} & entry.values.keys() and decided["closed_on"] else set()
        for name, column in _FORECAST.items():
            if name in entry.values:
                told |= {column, f"is_{name}_overridden"}
        entry.columns |= decided
        entry.told = entry.told - {"closed_on", *_FORECAST.values()} | told

    def _name(self, entry: Entry, product_id: str | None) -> str:
        account_id = entry.columns.get("account_id")
        account = self.names.label("account", account_id) if account_id else ""
        product = self.names.label("product", product_id) if product_id else ""
        made = f"{account} - {product}" if account and product else f"{account} deal" if account else ""
        return (made or entry.text("external_id") or product or "Deal")[:LONGEST_NAME]

    def settle(self, entry: Entry, before: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Close or open a deal together with its stage; what a closed stage decides is not changed apart."""
        target = entry.columns
        if "stage_id" in changes:
            changes |= {name: target[name] for name in (*_CLOSING, "pipeline_id")}
            if target["closed_on"] or before["closed_on"]:
                flags = {f"is_{name}_overridden": target[f"is_{name}_overridden"] for name in _FORECAST}
                changes |= {**flags, **{column: target[column] for column in _FORECAST.values()}}
        elif before["closed_on"]:
            for name, column in _FORECAST.items():
                changes.pop(column, None)
                changes.pop(f"is_{name}_overridden", None)
        if changes.get("closed_on") and (changes.get("created_on") or before["created_on"]) > changes["closed_on"]:
            raise RowProblem(f"closed on {changes['closed_on']}, before it was created on {before['created_on']}")
