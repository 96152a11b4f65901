"""Triggers that keep closed statements, closed periods and published plans as they are, whoever writes (domain.md 1.10).

An undo alone goes back before the closing.
"""

from collections.abc import Iterator

CLOSED = "('closed', 'paid')"
SAID = ("plan_id", "no", "valid_from", "terms", "content_hash", "published_at", "deleted_at")
"""What a published version says; it ends where a later one begins."""
PAID = ("participant_id", "period_code", "version", "currency", "earned_minor", "clawed_back_minor", "forgiven_minor",
        "payable_minor", "acknowledged", "prev_hash", "input_hash", "output_hash", "engine_version", "calculated_at",
        "calculated_by_id", "approved_by_id", "deleted_at")  # fmt: skip
LIMITS = ("code", "kind", "starts_on", "ends_on", "closed_by_id", "closed_at", "status", "deleted_at")


def commission_rules(is_live: str) -> Iterator[str]:
    """Yield the triggers; `is_live` is the condition that no undo is writing."""
    back = f"old.status = 'closed' AND new.status NOT IN {CLOSED} OR old.status = 'paid' AND new.status <> 'paid'"
    yield from _kept("comp_statement", PAID, f"old.status IN {CLOSED}", back, is_live, "statement_is_closed")
    yield from _kept("comp_period", LIMITS, "old.status = 'closed'", "0", is_live, "period_is_closed")
    again = "new.status = 'draft'"
    yield from _kept("comp_plan_version", SAID, "old.status <> 'draft'", again, is_live, "plan_is_published")
    line = f"EXISTS (SELECT 1 FROM comp_statement s WHERE s.id {{0}} AND s.status IN {CLOSED})"
    balance = (
        "EXISTS (SELECT 1 FROM comp_statement s WHERE s.participant_id = {0}.participant_id"
        f" AND s.period_code = {{0}}.period_code AND s.status IN {CLOSED})"
    )
    yield from _parts("comp_line", is_live, {
        "INSERT": line.format("= new.statement_id"),
        "UPDATE": line.format("IN (old.statement_id, new.statement_id)"),
        "DELETE": line.format("= old.statement_id"),
    })  # fmt: skip
    yield from _parts("comp_balance", is_live, {
        "INSERT": balance.format("new"),
        "UPDATE": f"({balance.format('old')} OR {balance.format('new')})",
        "DELETE": balance.format("old"),
    })  # fmt: skip


def _kept(table: str, columns: tuple[str, ...], kept: str, back: str, is_live: str, refusal: str) -> Iterator[str]:
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    named = ", ".join(dict.fromkeys((*columns, "status")))
    yield (
        f"CREATE TRIGGER rule_{table}_update BEFORE UPDATE OF {named} ON {table}"
        f" WHEN {kept} AND {is_live} AND ({back} OR {differs}) BEGIN\n  SELECT RAISE(ABORT, '{refusal}');\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_{table}_delete BEFORE DELETE ON {table} WHEN {kept} AND {is_live} BEGIN\n"
        f"  SELECT RAISE(ABORT, '{refusal}');\nEND"
    )


def _parts(table: str, is_live: str, conditions: dict[str, str]) -> Iterator[str]:
    for event, condition in conditions.items():
        yield (
            f"CREATE TRIGGER rule_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {is_live} AND {condition} BEGIN\n"
            "  SELECT RAISE(ABORT, 'statement_is_closed');\nEND"
        )
