"""Triggers that keep a sent quote as it was sent, whoever writes; an undo alone goes back before the sending."""

from collections.abc import Iterator

FROZEN = (
    "quote_id", "revision", "quoted_on", "priced_on", "valid_until", "payment_terms_days", "tax_method",
    "is_tax_inclusive", "rounding", "cash_minor", "template", "cover", "terms", "is_nonstandard", "list_minor",
    "line_sum_minor", "net_minor", "tax_minor", "gross_minor", "prepaid_minor", "payable_rounding_minor",
    "payable_minor", "cost_minor", "content_hash", "sent_at",
)  # fmt: skip
"""What a version says; what becomes of it (state, decision, extension) goes on changing."""
ACCEPTED = "version_id, signer, method, signed_at, document_sha256"
PARTS = ("quote_line", "quote_allowance")
REFUSAL = "SELECT RAISE(ABORT, 'quote_is_sent')"


def quote_rules(is_live: str) -> Iterator[str]:
    """Yield the triggers; `is_live` is the condition that no undo is writing."""
    yield from _version(is_live)
    for table in PARTS:
        yield from _part(table, is_live)
    yield from _head(is_live)
    for event in (f"UPDATE OF {ACCEPTED}", "DELETE"):
        yield (
            f"CREATE TRIGGER rule_acceptance_{event.split()[0].lower()} BEFORE {event} ON acceptance WHEN {is_live} BEGIN\n"
            "  SELECT RAISE(ABORT, 'acceptance_is_final');\nEND"
        )


def _version(is_live: str) -> Iterator[str]:
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in FROZEN)
    back = "new.state IN ('draft', 'in_approval', 'approved')"
    yield (
        f"CREATE TRIGGER rule_quote_version_update BEFORE UPDATE OF {', '.join(FROZEN)}, state ON quote_version"
        f" WHEN old.sent_at IS NOT NULL AND {is_live} AND ({back} OR {differs}) BEGIN\n  {REFUSAL};\nEND"
    )
    yield (
        "CREATE TRIGGER rule_quote_version_delete BEFORE DELETE ON quote_version"
        f" WHEN old.sent_at IS NOT NULL AND {is_live} BEGIN\n  {REFUSAL};\nEND"
    )


def _part(table: str, is_live: str) -> Iterator[str]:
    """Nothing comes into a sent version, changes in it or leaves it."""
    sent = "EXISTS (SELECT 1 FROM quote_version v WHERE v.id {0} AND v.sent_at IS NOT NULL)"
    for event, which in (
        ("INSERT", "= new.version_id"),
        ("UPDATE", "IN (old.version_id, new.version_id)"),
        ("DELETE", "= old.version_id"),
    ):
        yield (
            f"CREATE TRIGGER rule_{table}_{event.lower()} BEFORE {event} ON {table}"
            f" WHEN {is_live} AND {sent.format(which)} BEGIN\n  {REFUSAL};\nEND"
        )


def _head(is_live: str) -> Iterator[str]:
    """A number stays for ever; whose quote it is and its currency, once a version was sent. A merge moves it on."""
    yield (
        f"CREATE TRIGGER rule_quote_number BEFORE UPDATE OF number ON quote WHEN old.number <> new.number AND {is_live}"
        " BEGIN\n  SELECT RAISE(ABORT, 'quote_number_stays');\nEND"
    )
    yield (
        f"CREATE TRIGGER rule_quote_update BEFORE UPDATE OF account_id, currency ON quote WHEN {is_live}"
        " AND (old.account_id <> new.account_id OR old.currency <> new.currency)"
        " AND EXISTS (SELECT 1 FROM quote_version v WHERE v.quote_id = new.id AND v.sent_at IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM account WHERE id = old.account_id AND merged_into = new.account_id)"
        f" BEGIN\n  {REFUSAL};\nEND"
    )
