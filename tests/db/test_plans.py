"""How lists and the board are read: by an index in its order, never by sorting the table."""

import pytest

from db.queries import day as queries
from db.queries import hierarchy, relations, timeline
from sfa.services.desk import Desk

PAGE = (
    "SELECT o.id FROM opportunity o WHERE o.deleted_at IS NULL {more} AND (o.close_date, o.rowid) >= ('2026-03-01', 7)"
    " ORDER BY o.close_date, o.rowid LIMIT 64"
)


def plan(desk: Desk, sql: str) -> str:
    return "\n".join(str(row[3]) for row in desk.store.rows(f"EXPLAIN QUERY PLAN {sql}"))


@pytest.mark.parametrize("more", ["", "AND o.closed_on IS NULL"], ids=["all deals", "open deals"])
def test_a_page_of_deals_by_close_date_is_read_in_the_order_of_an_index(desk: Desk, more: str) -> None:
    found = plan(desk, PAGE.format(more=more))
    assert "close_date>" in found
    assert "TEMP B-TREE" not in found


def test_the_sums_of_an_owners_board_need_the_index_alone(desk: Desk) -> None:
    sums = (
        "SELECT stage_id, currency, count(*), sum(amount_minor) FROM opportunity INDEXED BY opportunity_open"
        " WHERE owner_id = 'x' AND closed_on IS NULL AND deleted_at IS NULL GROUP BY stage_id, currency"
    )
    found = plan(desk, sums)
    assert "COVERING INDEX opportunity_open" in found
    assert "TEMP B-TREE" not in found


def test_the_next_steps_of_one_owner_are_found_without_reading_the_deals_of_others(desk: Desk) -> None:
    asked: list[str] = []
    desk.store.connection.set_trace_callback(asked.append)
    queries.next_steps_due(desk.store, "somebody", "2026-03-10", 10)
    desk.store.connection.set_trace_callback(None)
    found = plan(desk, asked[-1])
    assert "opportunity_next_step (owner_id=? AND next_step_on" in found
    assert "TEMP B-TREE" not in found


LARGE = ("account", "activity", "change", "consent_event", "contact", "contact_role", "event", "opportunity", "task")
"""Tables that no page about one record may read from end to end."""


@pytest.mark.parametrize("noun", ["account", "contact", "opportunity", "lead"])
def test_a_timeline_reads_by_index_from_what_is_meant(desk: Desk, noun: str) -> None:
    asked: list[str] = []
    desk.store.connection.set_trace_callback(asked.append)
    timeline.lines(desk.store, noun, "nobody", 10, has_children=True)
    timeline.series_of(desk.store, noun, "nobody")
    hierarchy.below(desk.store, "nobody", "2026-01-01", "2027-01-01")
    hierarchy.ultimate_parent(desk.store, "nobody")
    relations.line_of_command(desk.store, "nobody")
    desk.store.connection.set_trace_callback(None)
    for sql in asked:
        scanned = [line.split()[1] for line in plan(desk, sql).splitlines() if line.startswith("SCAN")]
        assert not set(scanned) & {*LARGE, *"aceghkopy"}, sql
