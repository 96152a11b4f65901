"""Triggers that keep numbers, invoices and commission events as they were written, whoever writes."""

from collections.abc import Iterator

FROZEN = (
    "number", "series", "kind", "corrects_id", "order_id", "currency", "issued_on", "net_minor", "tax_minor",
    "gross_minor", "taxes", "prepaid_minor", "payable_rounding_minor",
)  # fmt: skip
"""What an invoice of ours says; what becomes of it (payments, credits, a note) goes on changing."""
EVENT = (
    "type", "event_date", "recorded_at", "source_type", "source_id", "source_line_id", "product_id", "quantity_dec6",
    "net_minor", "cost_minor", "currency", "reverses_event_id",
)  # fmt: skip
"""What a commission event says; a merge may move it to another account."""

OF_DESK = "(SELECT is_replay FROM journal_state) < 2"
"""An undo must leave no gap either; what the server says has none, whatever part of it is on this laptop."""


def order_rules(is_live: str) -> Iterator[str]:
    """Yield the triggers; `is_live` is the condition that no undo is writing."""
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in FROZEN)
    yield (
        f"CREATE TRIGGER rule_invoice_update BEFORE UPDATE OF {', '.join(FROZEN)} ON invoice"
        f" WHEN old.series IS NOT NULL AND {is_live} AND ({differs}) BEGIN\n  SELECT RAISE(ABORT, 'invoice_is_issued');\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_invoice_gap BEFORE DELETE ON invoice WHEN old.series IS NOT NULL AND {OF_DESK} AND EXISTS (SELECT 1"
        " FROM invoice i WHERE i.series = old.series AND (length(i.number), i.number) > (length(old.number), old.number))"
        " BEGIN\n  SELECT RAISE(ABORT, 'invoice_leaves_gap');\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_invoice_trash BEFORE UPDATE OF deleted_at ON invoice WHEN {OF_DESK}"
        " AND new.deleted_at IS NOT NULL AND old.series IS NOT NULL BEGIN\n  SELECT RAISE(ABORT, 'invoice_leaves_gap');\nEND"
    )
    yield (
        "CREATE TRIGGER rule_order_number BEFORE UPDATE OF number ON sales_order"
        f" WHEN old.number <> new.number AND {is_live} BEGIN\n  SELECT RAISE(ABORT, 'order_number_stays');\nEND"
    )
    for event in (f"UPDATE OF {', '.join(EVENT)}", "DELETE"):
        yield (
            f"CREATE TRIGGER rule_comp_event_{event.split()[0].lower()} BEFORE {event} ON comp_event WHEN {is_live} BEGIN\n"
            "  SELECT RAISE(ABORT, 'comp_event_is_final');\nEND"
        )
