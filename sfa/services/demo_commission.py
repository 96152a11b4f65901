"""Commission of a demo: a plan, whom it pays since new year, and what each is to reach; sales are the deals won."""

from collections.abc import Sequence
from datetime import date, time
from hashlib import sha256
from pathlib import Path
from typing import Final

from sfa.domain.commission.plan_text import read_plan
from sfa.services.demo_rows import Row, Rows

QUOTAS: Final = (20_000_000, 25_000_000, 30_000_000)
"""A quarter's, in cents."""
QUARTERS: Final = 4


def make_commission(rows: Rows, reps: Sequence[Row]) -> None:
    """Publish a plan and let it pay the reps."""
    text = Path(__file__).with_name("demo_plan.toml").read_text(encoding="utf-8")
    found = read_plan(text)
    begun = date(rows.today.year, 1, 1)
    plan = rows.add("comp_plan", code=found.code, name=found.name, currency=found.currency)
    at = rows.instant(begun, time(9))
    rows.add(
        "comp_plan_version", plan_id=plan["id"], no=found.version, valid_from=begun.isoformat(), terms=text,
        status="published", content_hash=sha256(text.encode()).hexdigest(), published_at=at,
    )  # fmt: skip
    for number, rep in enumerate(reps):
        rows.add("comp_assignment", participant_id=rep["id"], plan_id=plan["id"], valid_from=begun.isoformat())
        for quarter in range(1, QUARTERS + 1):
            rows.add(
                "comp_quota", participant_id=rep["id"], period_code=f"{begun.year}-Q{quarter}",
                amount=QUOTAS[number % len(QUOTAS)], currency=found.currency, recorded_at=at,
            )  # fmt: skip
