"""Forged mutations of a rep, each with nothing at fault but the one thing that must be refused; and honest ones."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from db.seeds import PIPELINE_ID, stage_id
from sfa.server.catalog import shared_tables
from tests.sync.sight import Sight

Made = tuple[str, str, str, Mapping[str, Any], Mapping[str, Any]]
"""Operation, table, id, values, base."""
OFTEN_FOREIGN = (
    "account", "contact", "opportunity", "quote", "quote_version", "quote_line", "note", "phone", "contact_role", "inbox_entry",
)  # fmt: skip
DAYS = {"quoted_on": "2026-03-01", "priced_on": "2026-03-01"}


class Scene:
    """What a forger knows: all ids of the company, and which of the rows its victim sees."""

    def __init__(self, random: Random, sight: Sight, user: str, new_id: Callable[[], str], areas: list[str]) -> None:
        self.random, self.sight, self.user, self.new_id, self.areas = random, sight, user, new_id, areas

    def one(self, table: str, *, seen: bool, where: Callable[[dict[str, Any]], bool] = lambda _row: True) -> Any:  # noqa: ANN401 - a row or None
        """Return a row that the victim sees, or one that it does not see, or None."""
        visible = self.sight.seen(table)
        rows = [row for pk, row in sorted(self.sight.rows(table).items()) if (pk in visible) == seen and where(row)]
        return self.random.choice(rows) if rows else None

    def word(self) -> str:
        """Return a name that nobody has."""
        return f"w{self.random.randrange(10**8, 10**9)}"

    def create(self, table: str, **values: object) -> Made:
        """Return a creation under a fresh id."""
        return "create", table, self.new_id(), values, {}


def _foreign_patch(scene: Scene) -> Made | None:
    table = scene.random.choice(OFTEN_FOREIGN)
    # What is meant for a merged record goes to the one that it became part of, which may be seen.
    row = scene.one(table, seen=False, where=lambda row: row.get("merged_into") is None)
    if row is None:
        return None
    shape = shared_tables()[table]
    column = scene.random.choice([name for name in shape.columns[1:] if name not in shape.links])
    value = "2026-03-05T00:00:00.000Z" if column == "deleted_at" else 7 if column in shape.numbers else scene.word()
    return "patch", table, row["id"], {column: value}, {column: row[column]}


def _foreign_delete(scene: Scene) -> Made | None:
    table = scene.random.choice(OFTEN_FOREIGN)
    row = scene.one(table, seen=False)
    return row and ("delete", table, row["id"], {}, row)


def _taken_id(scene: Scene) -> Made | None:
    row = scene.one("account", seen=scene.random.random() < 0.3)
    return row and ("create", "account", row["id"], {"name": scene.word(), "owner_id": scene.user}, {})


def _foreign_link(scene: Scene) -> Made | None:
    account, contact = (scene.one(table, seen=False, where=_live) for table in ("account", "contact"))
    quote, version = scene.one("quote", seen=False), scene.one("quote_version", seen=False)
    mine, partner = scene.one("account", seen=True), scene.one("contact", seen=True)
    made: list[Made] = []
    if account:
        deal = {
            "name": scene.word(), "pipeline_id": PIPELINE_ID, "stage_id": stage_id(1), "created_on": "2026-03-01",
            "probability_ppm": 100_000, "category": "pipeline", "amount_minor": 1, "currency": "EUR",
            "is_probability_overridden": 0, "is_category_overridden": 0, "owner_id": scene.user,
        }  # fmt: skip
        made += [
            scene.create("opportunity", account_id=account["id"], **deal),
            scene.create("note", account_id=account["id"], body=scene.word(), owner_id=scene.user),
            scene.create("external_id", table_name="account", row_id=account["id"], source="x", value=scene.word()),
        ]
    if account and partner:
        made.append(scene.create("contact_role", account_id=account["id"], contact_id=partner["id"], is_primary=0))
    if account and mine:
        made.append(("patch", "account", mine["id"], {"parent_id": account["id"]}, {"parent_id": mine["parent_id"]}))
    if contact and mine:
        made.append(scene.create("contact_role", account_id=mine["id"], contact_id=contact["id"], is_primary=1))
    if contact and partner:
        merged = {"deleted_at": "2026-03-05T00:00:00.000Z", "merged_into": contact["id"]}
        made.append(("patch", "contact", partner["id"], merged, {"deleted_at": None, "merged_into": None}))
    if quote:
        made.append(scene.create("quote_version", quote_id=quote["id"], revision=99, **DAYS))
    if version:
        made.append(scene.create("quote_line", version_id=version["id"], ordinal=9, kind="text", description="x"))
    return scene.random.choice(made) if made else None


def _take_over(scene: Scene) -> Made | None:
    table, columns = scene.random.choice(
        (
            ("account", ("owner_id", "territory_id", "credit_limit_minor", "price_group")),
            ("opportunity", ("owner_id",)),
        )
    )
    row, column = scene.one(table, seen=True), scene.random.choice(columns)
    values = {"owner_id": scene.user, "territory_id": scene.random.choice(scene.areas), "credit_limit_minor": 10**9}
    return row and ("patch", table, row["id"], {column: values.get(column, "best")}, {column: row[column]})


def _born_elsewhere(scene: Scene) -> Made | None:
    """An account for somebody else, or in an area of others."""
    other = scene.one("app_user", seen=True, where=lambda row: row["id"] != scene.user)
    return scene.create("account", name=scene.word(), type="prospect", owner_id=other["id"])


def _promote(scene: Scene) -> Made | None:
    column, value = scene.random.choice(
        (("role", "admin"), ("territory_id", scene.random.choice(scene.areas)), ("manager_id", None), ("is_active", 0))
    )
    other = scene.one("app_user", seen=True)
    return scene.random.choice(
        (
            ("patch", "app_user", scene.user, {column: value}, {}),
            ("patch", "app_user", other["id"], {column: value}, {}),
            scene.create("app_user", name=scene.word(), role="admin", is_active=1),
            ("patch", "territory", scene.random.choice(scene.areas), {"parent_id": None}, {}),
            scene.create("team", name=scene.word()),
            ("patch", "stage", stage_id(1), {"probability_ppm": 900_000}, {"probability_ppm": 100_000}),
        )
    )


def _pay(scene: Scene) -> Made | None:
    table = scene.random.choice(
        (
            "comp_quota",
            "comp_credit",
            "comp_statement",
            "comp_balance",
            "comp_adjustment",
            "comp_assignment",
            "comp_plan",
        )
    )
    shape = shared_tables()[table]
    values = {column: 7 if column in shape.numbers else scene.user for column in shape.columns[1:]}
    return "create", table, scene.new_id(), values, {}


def _prices(scene: Scene) -> Made | None:
    product = scene.one("product", seen=True)
    column = scene.random.choice(("cost_dec6", "floor_dec6", "min_margin_ppm", "name"))
    return scene.random.choice(
        (
            ("patch", "product", product["id"], {column: 1}, {column: product[column]}),
            ("delete", "product", product["id"], {}, product),
            scene.create("price_book", name=scene.word(), currency="EUR"),
            scene.create("fx_rate", source="USD", target="EUR", on_day="2026-03-01", rate_e9=1),
        )
    )


def _number(scene: Scene) -> Made | None:
    quote, account = scene.one("quote", seen=True), scene.one("account", seen=True)
    taken = scene.one("quote", seen=False) or quote
    if quote is None or account is None:
        return None
    head = {"name": scene.word(), "account_id": account["id"], "currency": "EUR", "created_on": "2026-03-01"}
    return scene.random.choice(
        (
            ("patch", "quote", quote["id"], {"number": scene.word()}, {"number": quote["number"]}),
            scene.create("quote", number=taken["number"], is_primary=0, is_template=0, owner_id=scene.user, **head),
        )
    )


def _frozen(scene: Scene) -> Made | None:
    """Whatever rewrites what was sent to a customer."""
    sent = scene.one("quote_version", seen=True, where=lambda row: row["sent_at"] is not None)
    if sent is None:
        return None
    line = scene.one("quote_line", seen=True, where=lambda row: row["version_id"] == sent["id"])
    changes = (
        {"net_minor": 1},
        {"content_hash": "f" * 64},
        {"sent_at": None},
        {"state": "draft"},
        {"terms": scene.word()},
    )
    values = scene.random.choice(changes)
    made: list[Made] = [
        ("patch", "quote_version", sent["id"], values, {column: sent[column] for column in values}),
        ("delete", "quote_version", sent["id"], {}, sent),
        scene.create("quote_line", version_id=sent["id"], ordinal=7, kind="text", description=scene.word()),
    ]  # fmt: skip
    if line:
        made += [
            ("patch", "quote_line", line["id"], {"net_minor": 1}, {"net_minor": line["net_minor"]}),
            ("delete", "quote_line", line["id"], {}, line),
        ]
    return scene.random.choice(made)


def _other_paper(scene: Scene) -> Made | None:
    """An acceptance of a document that is none of the version."""
    sent = scene.one("quote_version", seen=True, where=lambda row: row["sent_at"] is not None)
    signed = {"signer": "Jane", "method": "typed", "signed_at": "2026-03-05T00:00:00.000Z"}
    return sent and scene.create("acceptance", version_id=sent["id"], document_sha256="f" * 64, **signed)


def _false_totals(scene: Scene) -> Made | None:
    """A quote that is sent, or an order that is made, with sums that are not those of its lines."""
    draft = scene.one("quote_version", seen=True, where=lambda row: row["state"] == "draft")
    account = scene.one("account", seen=True, where=_live)
    made: list[Made] = []
    if draft:
        false = {scene.random.choice(("list_minor", "net_minor", "tax_minor", "gross_minor", "payable_minor")): 4}
        sent = {"state": "sent", "sent_at": "2026-03-05T00:00:00.000Z", "content_hash": "f" * 64, **false}
        made.append(("patch", "quote_version", draft["id"], sent, {column: draft[column] for column in sent}))
    if account:
        head = {"name": scene.word(), "number": scene.word(), "account_id": account["id"], "currency": "EUR"}
        whole = {"state": "open", "tax_method": "total", "rounding": "half_up", "is_tax_inclusive": 0, **head}
        made.append(scene.create("sales_order", ordered_on="2026-03-01", net_minor=7, owner_id=scene.user, **whole))
    return scene.random.choice(made) if made else None


def _jump(scene: Scene) -> Made | None:
    """An acceptance of what was never sent, with the right base and with a wrong one."""
    draft = scene.one("quote_version", seen=True, where=lambda row: row["state"] == "draft")
    base = {"state": scene.random.choice(("draft", "sent"))}
    return draft and ("patch", "quote_version", draft["id"], {"state": "accepted"}, base)


def _inbox(scene: Scene) -> Made | None:
    entry = scene.one("inbox_entry", seen=True)
    whole = {"user_id": scene.user, "kind": "refused", "table_name": "account", "row_id": scene.user, "code": "x"}
    made: list[Made] = [scene.create("inbox_entry", status="open", happened_at="2026-03-05T00:00:00.000Z", **whole)]
    if entry:
        made += [
            ("patch", "inbox_entry", entry["id"], {"sentence": scene.word()}, {}),
            ("patch", "inbox_entry", entry["id"], {"status": "mine", "user_id": scene.user}, {}),
            ("delete", "inbox_entry", entry["id"], {}, entry),
        ]
    return scene.random.choice(made)


def _history(scene: Scene) -> Made | None:
    row = scene.one("opportunity_history", seen=True)
    return row and ("patch", "opportunity_history", row["id"], {"at": "2020-01-01T00:00:00.000Z"}, {"at": row["at"]})


def _malformed(scene: Scene) -> Made | None:
    account = scene.one("account", seen=True)
    if account is None:
        return None
    values: dict[str, Any] = scene.random.choice(
        (
            {"name": 1.5}, {"name": True}, {"name": None}, {"name": "x" * 300}, {"name": "w\0"}, {"employees": 10**30},
            {"type": "king"}, {"org": "another"}, {"ref": "ABCD"}, {"created_at": "1970-01-01"}, {"id": scene.new_id()},
            {"name) VALUES (1); --": 1}, {"custom": "{"},
        )
    )  # fmt: skip
    base = {column: account[column] for column in values if column in account}
    return scene.random.choice(
        (
            ("patch", "account", account["id"], values, base),
            (
                "create",
                scene.random.choice(("s_grant", "setting", "operation", "sqlite_master")),
                scene.new_id(),
                {"a": 1},
                {},
            ),
        )
    )


def _old_words(scene: Scene) -> Made | None:
    """A change of somebody else's record in the words of a version before, of which some are one field now, or two."""
    table, column = scene.random.choice(
        (("account", "remark"), ("account", "fax"), ("contact", "label"), ("phone", "area"), ("opportunity", "story"))
    )
    row = scene.one(table, seen=False, where=lambda row: row.get("merged_into") is None)
    return row and ("patch", table, row["id"], {column: f"{scene.word()}|{scene.word()}"}, {column: None})


Forgery = Callable[[Scene], Made | None]
FORGERIES: Mapping[str, Forgery] = {
    one.__name__[1:]: one
    for one in (
        _foreign_patch, _foreign_delete, _taken_id, _foreign_link, _take_over, _born_elsewhere, _promote, _pay, _prices, _number,
        _frozen, _false_totals, _other_paper, _jump, _inbox, _history, _malformed,
    )
}  # fmt: skip


IN_ALL_WORDS: Mapping[str, Forgery] = {**FORGERIES, "old_words": _old_words}
"""The same for a company whose laptops are of several versions."""


def _live(row: dict[str, Any]) -> bool:
    return row["merged_into"] is None


def _honest_note(scene: Scene) -> Made | None:
    account = scene.one("account", seen=True, where=_live)
    return account and scene.create("note", account_id=account["id"], body=scene.word(), owner_id=scene.user)


def _honest_edit(scene: Scene) -> Made | None:
    account = scene.one("account", seen=True, where=_live)
    return account and (
        "patch",
        "account",
        account["id"],
        {"industry": scene.word()},
        {"industry": account["industry"]},
    )


HONEST = (_honest_note, _honest_edit)
"""What the person may do themselves; nothing else in a world touches these fields."""
