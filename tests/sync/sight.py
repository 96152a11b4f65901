"""Who may see what of a simulated company, from users and territories alone, without the product's own code for it."""

from typing import Any

from sfa.server.catalog import shared_tables
from tests.sync.world import ORG, Laptop, World

COSTS = {
    "product": {"cost_dec6", "floor_dec6", "min_margin_ppm"},
    "quote_version": {"cost_minor"},
    "quote_line": {"cost_minor", "cost_dec6"},
    "sales_order": {"cost_minor", "extra_cost_minor"},
    "sales_order_line": {"cost_minor"},
    "invoice_line": {"cost_minor"},
    "comp_event": {"cost_minor"},
}
"""Columns that no rep may know, by table."""
COMPANY = {
    "app_user", "team", "territory", "pipeline", "stage", "tag", "product", "fx_rate", "price_book", "price_entry", "price_rule",
    "contract_price", "comp_period",
}  # fmt: skip
LINKS_UP = (
    ("account_id", "account"), ("opportunity_id", "opportunity"), ("contact_id", "contact"), ("order_id", "sales_order"),
    ("invoice_id", "invoice"), ("version_id", "quote_version"), ("quote_id", "quote"),
)  # fmt: skip


def server_rows(world: World, table: str) -> dict[str, dict[str, Any]]:
    """Return all rows of a table by id."""
    columns = shared_tables()[table].columns
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE org = ?"
    return {row[0]: dict(zip(columns, row, strict=True)) for row in world.database.rows(sql, (ORG,))}


def filled_tables(world: World) -> set[str]:
    """Return the tables that have rows at all."""
    parts = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} WHERE org = ?)" for table in shared_tables()]
    return {row[0] for row in world.database.rows(" UNION ALL ".join(parts), (ORG,) * len(parts))}


class Sight:
    """Who may see what, from users and territories alone."""

    def __init__(self, world: World, laptop: Laptop) -> None:
        filled = filled_tables(world)
        self._rows = {table: server_rows(world, table) if table in filled else {} for table in shared_tables()}
        self.user = self._rows["app_user"][laptop.user]
        people, areas = self._rows["app_user"], self._rows["territory"]
        self._areas = {self.user["territory_id"]} - {None}
        for _ in areas:
            self._areas |= {area for area, row in areas.items() if row["parent_id"] in self._areas}
        self._people = {laptop.user}
        if self.user["role"] == "manager":
            for _ in people:
                self._people |= {one for one, row in people.items() if row["manager_id"] in self._people}

    def sees_account(self, row: dict[str, Any]) -> bool:
        if self.user["role"] in ("finance", "admin"):
            return True
        if row["territory_id"]:
            return row["territory_id"] in self._areas
        return row["owner_id"] in self._people

    def sees(self, table: str, row: dict[str, Any]) -> bool:
        """Tell whether a row is for this person, by the account that it hangs on, or else by whose it is."""
        if self.user["role"] in ("finance", "admin") or table in COMPANY:
            return True
        if table in ("inbox_entry", "forecast_submission"):
            return row["user_id"] in self._people
        if table.startswith("comp_"):
            return self._is_own_pay(table, row)
        if table == "record_tag":
            table, row = row["table_name"], self._rows[row["table_name"]][row["row_id"]]
        account, owner = self._account(table, row)
        return self.sees_account(account) if account else owner in self._people

    def _is_own_pay(self, table: str, row: dict[str, Any]) -> bool:
        """Tell whether it is this person's pay, or a plan that they are paid by."""
        if table == "comp_line":
            row = self._rows["comp_statement"][row["statement_id"]]
        if table in ("comp_plan", "comp_plan_version"):
            plan = row["plan_id"] if table == "comp_plan_version" else row["id"]
            paid = self._rows["comp_assignment"].values()
            return any((one["plan_id"], one["participant_id"]) == (plan, self.user["id"]) for one in paid)
        return bool(row["owner_id" if table == "comp_event" else "participant_id"] == self.user["id"])

    def check(self, table: str, row: dict[str, Any]) -> None:
        """Fail where a row of an answer is not for its person."""
        whole = self._rows[table].get(row["id"])
        assert whole is None or self.sees(table, whole), f"{self.user['name']} is told of {table} {row['id']}"

    def may_see(self, table: str, pk: str) -> bool:
        """Tell whether a row is for this person, or not there at all."""
        row = self._rows[table].get(pk)
        return row is None or self.sees(table, row)

    def seen(self, table: str) -> set[str]:
        """Return the ids of all rows of a table that are for this person."""
        return {pk for pk, row in self._rows[table].items() if self.sees(table, row)}

    def rows(self, table: str) -> dict[str, dict[str, Any]]:
        """Return all rows of a table, for this person or not."""
        return self._rows[table]

    def _account(self, table: str, row: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
        """Return the account that a row hangs on, and whose it is where it hangs on none."""
        if table == "account":
            return row, None
        if table == "contact":
            roles = [one for one in self._rows["contact_role"].values() if one["contact_id"] == row["id"]]
            roles.sort(key=lambda one: (one["valid_to"] is not None, -(one["is_primary"] or 0), one["id"]))
            return (self._rows["account"][roles[0]["account_id"]] if roles else None), row["owner_id"]
        for column, parent in LINKS_UP:
            if row.get(column):
                return self._account(parent, self._rows[parent][row[column]])
        return None, row.get("owner_id")
