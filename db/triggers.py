"""Triggers, generated from the tables: journal, references, search queue, and the rules that a row can hold by itself.

Every door is caught alike, a person with a SQL shell included, so they use nothing but what plain SQLite has.
A write outside of our own transactions has no operation: such writes within two seconds of each other share one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from db.commission_rules import commission_rules
from db.item_rules import item_rules
from db.order_rules import order_rules
from db.quote_rules import quote_rules

REF_LENGTHS = (4, 5, 6, 8, 12)
NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
MILLIS = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_FRESH_ID = (
    "(SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3)"
    f" || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', {MILLIS}) AS h, lower(hex(randomblob(9))) AS r))"
)
CURRENT = "(SELECT COALESCE(operation_id, direct_id) FROM journal_state)"
IS_LIVE = "(SELECT is_replay FROM journal_state) = 0"
_FRESH_AT = f"COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), {NOW})"
NEW_ID = "(SELECT id FROM fresh)"
WHEN = "(SELECT at FROM fresh)"
PARENT_DEPTH = 12

SEARCHED = (
    "account", "contact", "lead", "opportunity", "product", "activity", "task", "note", "event", "quote", "sales_order", "invoice",
)  # fmt: skip
SEARCHED_THROUGH = {
    "phone": ("account", "contact"),
    "email": ("account", "contact"),
    "address": ("account", "contact"),
    "contact_role": ("contact",),
}
"""Links whose texts are searched as those of the records on which they hang."""
FOUND_BY_ACCOUNT = ("opportunity", "activity", "task", "note", "event", "quote", "sales_order", "invoice")
"""Tables of what is found by the name of its account too, as the people who work there are."""
PARENTS = {"account": "parent_id", "app_user": "manager_id", "territory": "parent_id", "contact": "reports_to_id"}


@dataclass(frozen=True)
class TableShape:
    """A journaled table: its columns, and those that are this laptop's own."""

    name: str
    columns: tuple[str, ...]
    local: frozenset[str]


def all_triggers(shapes: list[TableShape]) -> Iterator[str]:
    """Yield every CREATE TRIGGER statement, in a stable order.

    SQLite reads all of them whenever a database is opened, before anything else: what several have in common stands
    once, at a door, and a table's own say no more than which row passes.
    """
    yield f"CREATE VIEW fresh (id, at) AS SELECT {_FRESH_ID}, {_FRESH_AT}"
    yield f"CREATE VIEW ref_length (n) AS VALUES {', '.join(f'({length})' for length in REF_LENGTHS)}"
    yield from _doors(frozenset[str]().union(*(shape.local for shape in shapes)))
    # SQLite fires the youngest trigger first: the journal comes last here, so that it tells of a statement before
    # it tells of what the rules made of it, and an undo finds the changes of a field in their order.
    for table, column in PARENTS.items():
        yield from _no_cycles(table, column)
    yield from _opportunity_rules()
    yield from _consent_rules()
    yield from _submission_rules()
    yield from quote_rules(IS_LIVE)
    yield from order_rules(IS_LIVE)
    yield from commission_rules(IS_LIVE)
    yield from item_rules()
    for shape in shapes:
        yield from _journal(shape)


def _doors(local: frozenset[str]) -> Iterator[str]:
    """The doors of rows that come, change and go; behind them all is the journal's own.

    An edit passes twice: as the row was, which is kept for a moment, and as it is.
    """
    view = "(tab, id, row) AS SELECT NULL, NULL, NULL"
    door = "INSERT INTO journal_door SELECT new.tab, new.id,"
    steps = {
        "insert": f"{door} NULL, json_patch('{{}}', new.row)",
        "before": "UPDATE journal_state SET before = json_patch('{}', new.row)",
        "update": f"{door} before, json_patch('{{}}', new.row) FROM journal_state",
        "delete": f"{door} json_patch('{{}}', new.row), NULL",
    }
    yield "CREATE VIEW journal_door (tab, row_id, old, new) AS SELECT NULL, NULL, NULL, NULL"
    yield _door(local)
    for verb, step in steps.items():
        yield f"CREATE VIEW journal_{verb} {view}"
        yield f"CREATE TRIGGER journal_{verb}_pass INSTEAD OF INSERT ON journal_{verb} BEGIN\n  {step};\nEND"


def _door(local: frozenset[str]) -> str:
    """Journal a row that came or went whole, or the fields by which its states as JSON differ; queue it for the search."""
    passed = ", ".join(f"'{name}'" for name in sorted({"id", *local}))
    fields = "SELECT key, value AS o, NULL AS n FROM json_each(new.old) UNION ALL SELECT key, NULL, value FROM json_each(new.new)"
    is_edit = "new.old IS NOT NULL AND new.new IS NOT NULL"
    return (
        "CREATE TRIGGER journal_door_write INSTEAD OF INSERT ON journal_door BEGIN\n"
        f"{_open_direct()}"
        "  INSERT INTO change (operation_id, table_name, row_id, old, new)"
        f" SELECT {CURRENT}, new.tab, new.row_id, new.old, new.new WHERE NOT ({is_edit});\n"
        "  INSERT INTO change (operation_id, table_name, row_id, field, old, new)"
        f" SELECT {CURRENT}, new.tab, new.row_id, key, max(o), max(n) FROM ({fields})"
        f" WHERE {is_edit} AND key NOT IN ({passed}) GROUP BY key HAVING max(o) IS NOT max(n);\n"
        f"  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.tab, new.row_id WHERE new.tab IN {SEARCHED};\n"
        "END"
    )


def _journal(shape: TableShape) -> Iterator[str]:
    name = shape.name
    # A reference is given within the insert, which the journal tells whole.
    edited = " WHEN old.ref NOT NULL" if "ref" in shape.columns else ""
    pairs = ", ".join(f"'{column}', {column}" for column in shape.columns)
    yield f"CREATE VIEW whole_{name} AS SELECT '{name}', id, json_object({pairs}) FROM {name}"
    yield (
        f"CREATE TRIGGER journal_{name}_insert AFTER INSERT ON {name} BEGIN\n"
        f"{_give_ref(shape)}{_pass(name, 'insert', 'new')}{_queue(name, 'new')}END"
    )
    yield (
        f"CREATE TRIGGER journal_{name}_before BEFORE UPDATE ON {name}{edited} BEGIN\n{_pass(name, 'before', 'old')}END"
    )
    yield (
        f"CREATE TRIGGER journal_{name}_update AFTER UPDATE ON {name}{edited} BEGIN\n"
        f"{_pass(name, 'update', 'new')}{_queue(name, 'new')}{_queue(name, 'old')}END"
    )
    if name == "account":
        yield (
            "CREATE TRIGGER search_account_renamed AFTER UPDATE OF name ON account WHEN old.name IS NOT new.name BEGIN\n"
            f"{''.join(_queue_of_account())}END"
        )
    yield (
        f"CREATE TRIGGER journal_{name}_delete BEFORE DELETE ON {name} BEGIN\n"
        f"{_pass(name, 'delete', 'old')}{_queue(name, 'old')}END"
    )


def _pass(table: str, verb: str, row: str) -> str:
    """Pass a row of a table as it stands."""
    return f"  INSERT INTO journal_{verb} SELECT * FROM whole_{table} WHERE id = {row}.id;\n"


def _open_direct() -> str:
    """Begin an operation for a write that came by no door of ours, or go on with the one of a moment ago."""
    stale = "(direct_at IS NULL OR CAST(direct_at AS REAL) < julianday('now') - 2.0 / 86400)"
    return (
        f"  UPDATE journal_state SET direct_id = {NEW_ID}, direct_at = CAST(julianday('now') AS TEXT)"
        f" WHERE operation_id IS NULL AND {stale};\n"
        "  INSERT OR IGNORE INTO operation (id, at, hlc, actor, device, verb, summary)"
        f" SELECT direct_id, {NOW}, '', 'sql', COALESCE((SELECT value FROM setting WHERE key = 'device'), ''),"
        " 'sql', 'Direct change of the database' FROM journal_state WHERE operation_id IS NULL;\n"
    )


def _give_ref(shape: TableShape) -> str:
    """Give the shortest tail of the id that no record of the table has; the older record keeps the shorter one."""
    if "ref" not in shape.columns:
        return ""
    # The new row itself has none yet: what is not among the references is NULL, not false.
    return (
        f"  UPDATE {shape.name} SET ref = (SELECT substr(id, -n) AS t FROM ref_length"
        f" WHERE t IN (SELECT ref FROM {shape.name}) IS NULL) WHERE id = new.id AND ref IS NULL;\n"
    )


def _queue(table: str, row: str) -> str:
    """Queue what is found by the words of a row that hangs on it."""
    if table == "external_id":
        return (
            f"  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT {row}.table_name, {row}.row_id"
            f" WHERE {row}.table_name IN {SEARCHED};\n"
        )
    return "".join(
        f"  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT '{target}', {row}.{target}_id"
        f" WHERE {row}.{target}_id IS NOT NULL;\n"
        for target in SEARCHED_THROUGH.get(table, ())
    )


def _queue_of_account() -> Iterator[str]:
    insert = "  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT"
    yield f"{insert} 'contact', contact_id FROM contact_role WHERE account_id = new.id;\n"
    for table in FOUND_BY_ACCOUNT:
        yield f"{insert} '{table}', id FROM {table} WHERE account_id = new.id;\n"


def _no_cycles(table: str, column: str) -> Iterator[str]:
    """Refuse a tree that is deeper than PARENT_DEPTH; one that bites its tail has no end.

    Rows of a server come one after the other: on the way from one of its trees to another there may be a circle.
    """
    above = (
        f"WITH RECURSIVE above (id, n) AS (SELECT new.{column}, 1 UNION ALL"
        f" SELECT {column}, n + 1 FROM above JOIN {table} USING (id) WHERE n <= {PARENT_DEPTH})"
    )
    for event in ("INSERT", f"UPDATE OF {column}"):
        yield (
            f"CREATE TRIGGER tree_{table}_{event.split()[0].lower()} AFTER {event} ON {table}"
            f" WHEN new.{column} IS NOT NULL AND {IS_LIVE} BEGIN\n"
            f"  SELECT RAISE(ABORT, 'tree:{table}.{column}') FROM ({above} SELECT 1 FROM above"
            f" WHERE n > {PARENT_DEPTH} AND id IS NOT NULL);\nEND"
        )


def _opportunity_rules() -> Iterator[str]:
    """Stage decides probability, category and closing; stage, amount and close date go to the history."""
    columns = (
        "id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm,"
        " category, owner_id, is_won"
    )
    state = "new.amount_minor, new.currency, new.close_date"
    at = (
        "CASE WHEN new.closed_on IS NOT NULL AND old.closed_on IS NOT new.closed_on"
        f" AND new.closed_on < substr({WHEN}, 1, 10) THEN new.closed_on || 'T12:00:00.000Z' ELSE {WHEN} END"
    )
    yield (
        f"CREATE TRIGGER rule_opportunity_stage AFTER UPDATE OF stage_id ON opportunity"
        f" WHEN old.stage_id <> new.stage_id AND {IS_LIVE} BEGIN\n"
        "  UPDATE journal_state SET is_replay = 1;\n"
        "  UPDATE opportunity SET"
        " probability_ppm = CASE WHEN s.type IN ('won', 'lost') OR NOT is_probability_overridden"
        " THEN s.probability_ppm ELSE opportunity.probability_ppm END,"
        " category = CASE WHEN s.type IN ('won', 'lost') OR NOT is_category_overridden"
        " THEN s.category ELSE opportunity.category END,"
        " pipeline_id = s.pipeline_id,"
        " is_won = CASE s.type WHEN 'won' THEN 1 WHEN 'lost' THEN 0 END,"
        f" closed_on = CASE WHEN s.type IN ('won', 'lost') THEN COALESCE(new.closed_on, substr({WHEN}, 1, 10)) END"
        " FROM (SELECT * FROM stage) AS s WHERE opportunity.id = new.id AND s.id = new.stage_id;\n"
        "  UPDATE journal_state SET is_replay = 0;\n"
        f"  INSERT INTO opportunity_history ({columns})"
        f" SELECT {NEW_ID}, id, {at}, stage_id, 1, amount_minor, currency, close_date, probability_ppm, category,"
        " owner_id, is_won FROM opportunity WHERE id = new.id;\nEND"
    )
    yield (
        f"CREATE TRIGGER history_opportunity_insert AFTER INSERT ON opportunity WHEN {IS_LIVE} BEGIN\n"
        f"  INSERT INTO opportunity_history ({columns})"
        f" SELECT {NEW_ID}, new.id, min(new.created_on || 'T00:00:00.000Z', {WHEN}), s.id, 1, {state},"
        " CASE WHEN new.is_won IS NULL THEN new.probability_ppm ELSE s.probability_ppm END,"
        " CASE WHEN new.is_won IS NULL THEN new.category ELSE s.category END, new.owner_id, NULL"
        " FROM stage s WHERE s.id = CASE WHEN new.is_won IS NULL THEN new.stage_id ELSE (SELECT f.id FROM stage f"
        " WHERE f.pipeline_id = new.pipeline_id AND f.type = 'open' ORDER BY f.seq LIMIT 1) END;\n"
        f"  INSERT INTO opportunity_history ({columns})"
        f" SELECT {NEW_ID}, new.id, max(new.closed_on, new.created_on) || 'T12:00:00.000Z', new.stage_id, 1, {state},"
        " new.probability_ppm, new.category, new.owner_id, new.is_won WHERE new.is_won IS NOT NULL;\nEND"
    )
    watched = "amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won, closed_on"
    differs = " OR ".join(f"old.{name.strip()} IS NOT new.{name.strip()}" for name in watched.split(","))
    yield (
        f"CREATE TRIGGER history_opportunity_update AFTER UPDATE OF {watched} ON opportunity"
        f" WHEN {IS_LIVE} AND old.stage_id = new.stage_id AND ({differs}) BEGIN\n"
        f"  INSERT INTO opportunity_history ({columns})"
        f" VALUES ({NEW_ID}, new.id, {at}, new.stage_id, old.is_won IS NOT new.is_won, {state},"
        " new.probability_ppm, new.category, new.owner_id, new.is_won);\nEND"
    )


def _consent_rules() -> Iterator[str]:
    """What a contact said stays as it was said: an undo alone takes it back; a merge gives it to the one who stays."""
    refusal = "SELECT RAISE(ABORT, 'consent_is_final')"
    said = "channel, purpose, stance, said_at, source, evidence, deleted_at"
    yield (
        f"CREATE TRIGGER rule_consent_update BEFORE UPDATE OF {said} ON consent_event WHEN {IS_LIVE} BEGIN\n"
        f"  {refusal};\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_consent_moved BEFORE UPDATE OF contact_id ON consent_event WHEN {IS_LIVE}"
        " AND NOT EXISTS (SELECT 1 FROM contact WHERE id = old.contact_id AND merged_into = new.contact_id) BEGIN\n"
        f"  {refusal};\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_consent_delete BEFORE DELETE ON consent_event WHEN {IS_LIVE} AND NOT EXISTS"
        " (SELECT 1 FROM contact WHERE id = old.contact_id AND deleted_at IS NOT NULL) BEGIN\n"
        f"  {refusal};\nEND"
    )


def _submission_rules() -> Iterator[str]:
    """What somebody said a period would bring stays as it was said: an undo alone takes it back."""
    for event in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER rule_forecast_submission_{event.lower()} BEFORE {event} ON forecast_submission"
            f" WHEN {IS_LIVE} BEGIN\n  SELECT RAISE(ABORT, 'submission_is_final');\nEND"
        )
