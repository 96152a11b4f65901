"""What must hold after any history, asked without the product's own code for it."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

from sfa.server.catalog import shared_tables
from sfa.sync.protocol import Mutation
from tests.sync.sight import COSTS, Sight, filled_tables, server_rows
from tests.sync.tongues import LOCAL
from tests.sync.world import ORG, Laptop, World

MANUAL = {"stage_id", "amount_minor"}
COUNTED = {"sales_order_line": ("delivered_dec6", "returned_dec6"), "invoice": ("paid_minor", "credited_minor")}


def laptop_rows(laptop: Laptop, table: str) -> dict[str, dict[str, Any]]:
    """Return all rows of a table by id, in the laptop's words."""
    cursor = laptop.store.connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["id"]: {name: row[name] for name in names if name not in LOCAL} for row in rows}


def check_converged(world: World) -> None:
    """Each laptop holds just what its person may see, equal to the server's rows."""
    for laptop in world.active():
        sight = Sight(world, laptop)
        waits = _waiting_for_others(laptop)
        for table in filter(laptop.tongue.has, shared_tables()):
            mine = laptop_rows(laptop, table)
            theirs = {pk: laptop.tongue.told(table, row) for pk, row in server_rows(world, table).items()}
            expected = sight.seen(table) - waits.get(table, set())
            assert set(mine) == expected, f"{laptop.name} {table}: {set(mine) ^ expected}"
            for pk, row in mine.items():
                hidden = COSTS.get(table, set()) if laptop.role == "rep" else set()
                expected_row = {name: _seen(laptop, table, name, theirs[pk][name]) for name in row}
                differing = {name for name in row if _plain(row[name]) != _plain(expected_row[name])} - hidden
                assert not differing, f"{laptop.name} {table} {pk}: {differing}"


def _plain(value: object) -> object:
    """Return what JSON means: the order of its members is nobody's business."""
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value


def _seen(laptop: Laptop, table: str, column: str, value: object) -> object:
    """Return a value as a laptop has it: a link to a row that it does not have is empty there."""
    target = shared_tables()[table].links.get(column)
    if target is None or value is None:
        return value
    return value if laptop.store.rows(f"SELECT 1 FROM {target} WHERE id = ?", (value,)) else None


def _waiting_for_others(laptop: Laptop) -> dict[str, set[str]]:
    """Return rows that cannot be without a row of somebody else, by table; each must really lack one."""
    found: dict[str, set[str]] = {}
    for table, pk, column, target in laptop.store.rows(
        "SELECT table_name, row_id, field, target_id FROM sync_gap WHERE body IS NOT NULL"
    ):
        found.setdefault(table, set()).add(pk)
        above = shared_tables()[table].links[column]
        assert not laptop.store.rows(f"SELECT 1 FROM {above} WHERE id = ?", (target,)), (
            f"{table} {pk} waits for nothing"
        )
    return found


def check_whole(world: World) -> None:
    """No row names one that is not there, on any side."""
    for laptop in world.laptops:
        broken = laptop.store.rows("PRAGMA foreign_key_check")
        assert not broken, f"{laptop.name}: {broken}"
    known = {table: set(server_rows(world, table)) for table in shared_tables()}
    for table, shape in shared_tables().items():
        for pk, row in server_rows(world, table).items():
            for column, target in shape.links.items():
                assert row[column] is None or row[column] in known[target], f"server {table} {pk} {column}"


def check_judged_once(world: World) -> None:
    """Every mutation was judged, in order, once; what was refused is in its writer's inbox."""
    for laptop in world.active():
        waiting = laptop.store.value("SELECT count(*) FROM sync_out")
        made = int(laptop.store.setting("sync_next_n") or 1) - 1
        last = world.database.rows("SELECT last_n FROM s_device WHERE org = ? AND device = ?", (ORG, laptop.device))[0][
            0
        ]
        assert (waiting, last) == (0, made), laptop.name


def check_documents(world: World) -> None:
    """Numbers are unique; a quote has at most one accepted version; a sent version keeps its hash."""
    numbers = [row["number"] for row in server_rows(world, "quote").values()]
    assert len(numbers) == len(set(numbers))
    accepted = [row["quote_id"] for row in server_rows(world, "quote_version").values() if row["state"] == "accepted"]
    assert len(accepted) == len(set(accepted))


def check_sums(world: World) -> None:
    """What was delivered, paid and credited is what its papers come to, however many wrote them at once."""
    papers: Counter[tuple[str, str]] = Counter()
    for row in server_rows(world, "shipment").values():
        for line in json.loads(row["lines"]):
            papers[line["line_id"], f"{'delivered' if row['kind'] == 'delivery' else 'returned'}_dec6"] += line[
                "quantity_dec6"
            ]
    for row in server_rows(world, "payment").values():
        papers[row["invoice_id"], "paid_minor"] += row["amount_minor"]
    for row in server_rows(world, "invoice").values():
        if row["corrects_id"]:
            papers[row["corrects_id"], "credited_minor"] -= row["gross_minor"]
    for table, columns in COUNTED.items():
        for pk, row in server_rows(world, table).items():
            for column in columns:
                assert row[column] == papers[pk, column], (
                    f"{table} {pk}: {column} is {row[column]}, {papers[pk, column]}"
                )


def check_versions(world: World) -> None:
    """Versions of a bucket are given out without repetition, none beyond its head."""
    for bucket, head in world.database.rows("SELECT bucket, head FROM s_bucket WHERE org = ?", (ORG,)):
        sql = "SELECT ver FROM s_row WHERE org = ? AND bucket = ?"
        versions = [row[0] for row in world.database.rows(sql, (ORG, bucket))]
        assert len(versions) == len(set(versions))
        assert max(versions, default=0) <= head


def watch(world: World) -> None:
    """Look at every answer and at every laptop after each sync."""
    world.eyes = lambda laptop: Sight(world, laptop)
    world.spied = lambda laptop, answer: check_answer(world, laptop, answer)
    world.watched = lambda *parts: check_reach(world, *parts)
    world.synced = check_pending


def check_answer(world: World, laptop: Laptop, answer: dict[str, Any]) -> None:
    """Nothing of a row that is not for its person is in an answer, nor what their role may not know."""
    sight = Sight(world, laptop)
    for change in answer["changes"]:
        for table, data in change["rows"].items():
            for values in zip(*data["values"], strict=True):
                sight.check(table, dict(zip(data["columns"], values, strict=True)))
            assert laptop.role != "rep" or not set(data["columns"]) & COSTS.get(table, set())
    for n, _, _, row in answer["verdicts"]:
        if row is not None:
            sight.check(laptop.tables[n], row)


def check_reach(
    world: World, laptop: Laptop, mutations: dict[int, Mutation], answer: dict[str, Any], before: Sight
) -> None:
    """Nobody changes what they cannot see."""
    after = Sight(world, laptop)
    for n, status, _, _ in answer["verdicts"]:
        mutation = mutations[n]
        if mutation.op != "create" and status in ("ok", "merged", "conflict"):
            if before.may_see(mutation.table, mutation.row_id) or after.may_see(mutation.table, mutation.row_id):
                continue
            # What is meant for a merged record goes to the one that it became part of.
            heirs = _line(_heirs(world), mutation.row_id) - {mutation.row_id}
            assert any(after.may_see(mutation.table, heir) for heir in heirs), (
                f"{laptop.name} changed {mutation} unseen"
            )


def check_pending(laptop: Laptop) -> None:
    """What a person wrote and the server has not judged yet is what they see."""
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for (body,) in laptop.store.rows("SELECT body FROM sync_out ORDER BY n"):
        _, op, table, pk, values, *_, version = json.loads(body)
        wanted.setdefault((table, pk), {}).update(laptop.tongue.read(version, table, values))
        if op == "delete":
            wanted[table, pk].clear()
    lacking = {tuple(row) for row in laptop.store.rows("SELECT table_name, row_id FROM sync_gap")}
    changed = {
        tuple(row)
        for row in laptop.store.rows(
            "SELECT c.table_name, c.row_id FROM change c JOIN operation o"
            " ON o.id = c.operation_id WHERE o.verb <> 'sync' AND o.rowid > ?",
            (int(laptop.store.setting("sync_gathered") or 0),),
        )
    }
    for (table, pk), values in wanted.items():
        row = laptop_rows(laptop, table).get(pk)
        if row is None or (table, pk) in lacking | changed or _has_stepped_aside(laptop, table, row, values):
            continue
        assert all(row[column] == value for column, value in values.items()), (
            f"{laptop.name}: {table} {pk} lost an edit"
        )


def _has_stepped_aside(laptop: Laptop, table: str, row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Tell whether an acceptance waits unseen, because somebody else's of the same quote is there already."""
    sql = "SELECT 1 FROM quote_version WHERE quote_id = ? AND id <> ? AND state = 'accepted'"
    is_accepted = table == "quote_version" and wanted.get("state") == "accepted"
    return is_accepted and bool(laptop.store.rows(sql, (row["quote_id"], row["id"])))


Key = tuple[str, str]
Allowed = dict[Key, dict[str, set[Any]]]


def check_kept(world: World) -> None:
    """Nothing that was accepted is lost."""
    rows, (allowed, deleted) = {table: server_rows(world, table) for table in shared_tables()}, _accepted(world)
    for table, pk in deleted:
        assert pk not in rows[table], f"{table} {pk} came back"
    for (table, pk), columns in allowed.items():
        # Whoever sits at the server changes people too.
        if (table, pk) in deleted or table == "app_user":
            continue
        assert pk in rows[table], f"{table} {pk} was accepted and is gone"
        for column, values in columns.items():
            if (table, pk, column) in world.in_parts:
                continue
            assert rows[table][pk][column] in values, f"{table}.{column} {pk}: {rows[table][pk][column]} of {values}"


def _accepted(world: World) -> tuple[Allowed, set[Key]]:
    """Return what each field may hold after all that was accepted, and which rows were deleted."""
    allowed: Allowed = {}
    deleted: set[Key] = set()
    heirs = _heirs(world)
    for laptop, mutation, status in world.judged:
        key = mutation.table, mutation.row_id
        hidden = COSTS.get(mutation.table, set()) if laptop.role == "rep" else set()
        if status == "reject":
            continue
        if mutation.op == "delete":
            deleted.add(key)
            continue
        deleted.discard(key)
        row = allowed.setdefault(key, {})
        if status == "ok" and mutation.op == "patch":
            _check_base(mutation, row)
        for column, value in mutation.values.items():
            if column in hidden:
                continue
            first = {world.furniture.get(key, {}).get(column)}
            others = row.get(column, first) | {mutation.base.get(column), *_line(heirs, value)}
            row[column] = {value} if status == "ok" else {value} | others
            if status == "merged" and mutation.row_id in heirs:
                # What was meant for a merged record went to the one that it became part of.
                for heir in _line(heirs, mutation.row_id) - {mutation.row_id}:
                    before = {mutation.base.get(column), world.furniture.get((mutation.table, heir), {}).get(column)}
                    allowed.setdefault((mutation.table, heir), {}).setdefault(column, before).update(
                        _line(heirs, value)
                    )
    return allowed, deleted


def _heirs(world: World) -> dict[str, set[str]]:
    """Return into which records each merged one went, now or at any time."""
    heirs: dict[str, set[str]] = {}
    merged = [row for table in ("account", "contact") for row in server_rows(world, table).values()]
    merged += [{"id": one.row_id, **one.values} for _, one, status in world.judged if status != "reject"]
    for row in merged:
        if row.get("merged_into"):
            heirs.setdefault(row["id"], set()).add(row["merged_into"])
    return heirs


def _line(heirs: dict[str, set[str]], value: Any) -> set[Any]:  # noqa: ANN401 - an id, or any other value
    """Return a value and, where it names a merged record, those that this became part of."""
    found = {value}
    while more := {heir for one in found for heir in heirs.get(one, ())} - found:
        found |= more
    return found


def _check_base(mutation: Mutation, row: dict[str, set[Any]]) -> None:
    for column in MANUAL & set(mutation.values) & set(row):
        fits = {mutation.base.get(column), mutation.values[column]} & row[column]
        assert fits, f"{mutation.table} {mutation.row_id} {column}: a change nobody saw was written over"


def check_sight(world: World) -> None:
    """Nothing that was refused leaves its writer's sight; reps gave nothing away."""
    drafts = {(row["user_id"], row["table_name"], row["row_id"]) for row in server_rows(world, "inbox_entry").values()}
    for laptop, mutation, status in world.judged:
        if status in ("reject", "conflict"):
            draft = laptop.user, mutation.table, mutation.row_id
            # An answer to a question leaves the question where it is, or went with it.
            is_told = draft in drafts or mutation.table == "inbox_entry"
            assert is_told, f"{laptop.name}: {draft} was refused without a word"
        elif laptop.role == "rep" and mutation.op == "patch" and mutation.table == "account":
            assert not {"owner_id", "territory_id"} & set(mutation.values), f"{laptop.name} gave an account away"


def check_believed(world: World) -> None:
    """What a laptop believes to be judged was judged; no clock of the future is believed."""
    known = {(laptop.device, mutation.n) for laptop, mutation, _ in world.judged}
    for laptop in world.active():
        done = {(laptop.device, n) for (n,) in laptop.store.rows("SELECT n FROM sync_done")}
        assert done <= known, f"{laptop.name} believes that {done - known} was judged"
    latest = f"{int((world.now + timedelta(minutes=5)).timestamp() * 1000):012x}~"
    for (clocks,) in world.database.rows("SELECT hlc FROM s_loc WHERE org = ? AND is_home = 1", (ORG,)):
        assert all(clock <= latest for clock in json.loads(clocks).values()), "a clock of the future is believed"


def check_silent(world: World) -> None:
    """A sync with nothing to say writes nothing."""
    for laptop in world.active():
        before = laptop.store.connection.total_changes
        world.sync(laptop)
        assert laptop.store.connection.total_changes == before, laptop.name


def check_all(world: World) -> None:
    """Check everything."""
    check_kept(world)
    check_sight(world)
    check_believed(world)
    check_silent(world)
    check_converged(world)
    check_whole(world)
    check_judged_once(world)
    check_documents(world)
    check_sums(world)
    check_versions(world)


__all__ = ["Sight", "filled_tables", "server_rows"]
