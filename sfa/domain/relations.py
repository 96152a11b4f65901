"""How people and companies stand to each other, in words from either side (domain.md 4.3)."""

from typing import Final

CONTACT_KINDS: Final = ("influences", "assists", "recommended", "works_with", "knows", "family", "blocks")
ACCOUNT_KINDS: Final = (
    "agent_of",
    "reseller_of",
    "supplier_of",
    "partner_of",
    "influences",
    "competes_with",
    "advises",
)
KINDS: Final = {"contact": CONTACT_KINDS, "account": ACCOUNT_KINDS}
MUTUAL: Final = frozenset({"works_with", "knows", "family", "partner_of", "competes_with"})
_THERE: Final = {"family": "is family of", "recommended": "recommended"}
_BACK: Final = {
    "influences": "is influenced by",
    "assists": "is assisted by",
    "recommended": "was recommended by",
    "blocks": "is blocked by",
    "agent_of": "has as agent",
    "reseller_of": "has as reseller",
    "supplier_of": "has as supplier",
    "advises": "is advised by",
}


def words(kind: str, *, is_outgoing: bool = True) -> str:
    """Return what stands between the one looked at and the other: `influences`, `is influenced by`, `is agent of`."""
    if not is_outgoing and kind not in MUTUAL:
        return _BACK[kind]
    told = _THERE.get(kind, kind.replace("_", " "))
    return f"is {told}" if kind.endswith("_of") else told
