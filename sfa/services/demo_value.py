"""What is told of the customers of a demo and what their orders cost beside: so that their value can be looked at."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Final

from sfa.domain.currencies import exponent
from sfa.domain.fields import RATINGS, RISK_BANDS
from sfa.services import demo_words as words
from sfa.services.demo_rows import Row, Rows

TOLD_PER_CENT, SPEND_PER_CENT, REGIONS_PER_CENT, REFERRED_PER_CENT = 70, 60, 50, 30
EXTRA_PER_CENT, REBATE_PER_CENT = 15, 35
COST_PER_CENT: Final = (48, 58, 62, 62, 66, 74, 96)
LIST_PER_CENT: Final = (100, 100, 104, 108, 115, 125)
SPENDS: Final = (60_000, 120_000, 250_000, 500_000, 900_000)
SOURCES: Final = ("their buyer", "annual report", "trade association", "our own guess")
CHANNELS: Final = ("direct", "direct", "partner", "web")
SEGMENTS: Final = ((700, "Enterprise"), (120, "Mid-market"), (0, "Small"))
RATES: Final = {"visit": "180", "call_minute": "1.50", "order": "45", "capital_percent": "6"}
"""What it costs this company to serve a customer."""
HUNDRED: Final = 100


def tell_of(rows: Rows, account: Row, areas: Sequence[str], earlier: Sequence[Row]) -> None:
    """Tell of an account what its people would; a randomness of its own leaves the rest of the demo as it is.

    Args:
        rows: what is to be written.
        account: the account, to which it is added.
        areas: the names of the territories, its own first.
        earlier: who may have referred it.
    """
    random = Random(account["name"])  # noqa: S311 - invented data, no secret

    def maybe(per_cent: int) -> bool:
        return random.randrange(HUNDRED) < per_cent

    has_spend = maybe(SPEND_PER_CENT)
    unit = 10 ** exponent(account["currency"]) * words.RATES_PER_CENT[account["currency"]] // HUNDRED
    account |= {
        "segment": next(name for least, name in SEGMENTS if account["employees"] >= least),
        "annual_revenue_minor": account["employees"] * random.randint(60, 240) * 1000 * unit,
        "credit_limit_minor": random.choice((50, 100, 250)) * 1000 * unit if maybe(TOLD_PER_CENT) else None,
        "risk_band": random.choice((*RISK_BANDS, "low")) if maybe(TOLD_PER_CENT) else None,
        **{name: random.choice((1, 2, 3, 3, 4, 4, 5)) if maybe(TOLD_PER_CENT) else None for name in RATINGS},
        "category_spend_minor": random.choice(SPENDS) * unit if has_spend else None,
        "spend_as_of": (rows.today - timedelta(random.randint(10, 300))).isoformat() if has_spend else None,
        "spend_source": random.choice(SOURCES) if has_spend else None,
        "operates_in": ", ".join(areas[: random.randint(1, len(areas))]) if maybe(REGIONS_PER_CENT) else None,
        "has_stock_priority": 1 if account["employees"] >= SEGMENTS[0][0] and maybe(REFERRED_PER_CENT) else None,
        "referrer_id": random.choice(earlier)["id"] if earlier and maybe(REFERRED_PER_CENT) else None,
    }


def cost_of(order: Row, lines: Sequence[Row], random: Random) -> None:
    """Give an order and its lines their cost and list price, and what the order costs beside."""
    cost, listed, net = random.choice(COST_PER_CENT), random.choice(LIST_PER_CENT), order["net_minor"]
    for line in lines:
        line["cost_minor"], line["list_minor"] = (line["net_minor"] * part // HUNDRED for part in (cost, listed))
    order |= {
        "channel": random.choice(CHANNELS),
        "cost_minor": sum(line["cost_minor"] for line in lines),
        "list_minor": sum(line["list_minor"] for line in lines),
        "freight_minor": net * random.randint(5, 25) // 1000,
        "rebate_minor": net * random.randint(1, 4) // HUNDRED if random.randrange(HUNDRED) < REBATE_PER_CENT else None,
        "extra_cost_minor": net * random.randint(1, 9) // HUNDRED
        if random.randrange(HUNDRED) < EXTRA_PER_CENT
        else None,
    }
