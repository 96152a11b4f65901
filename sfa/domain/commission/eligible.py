"""Which events a component takes, and why not (domain.md 1.2, step 2)."""

from collections.abc import Mapping

from sfa.domain.commission.plan import Component

CATEGORY = "category"


def refusal(component: Component, traits: Mapping[str, str]) -> dict[str, object] | None:
    """Return the condition that an event does not fulfil; None where it fulfils all.

    A category is fulfilled by all below it: `Hardware` by `Hardware/Servers`.
    """
    for name, allowed in component.only:
        value = traits.get(name, "")
        if value not in allowed and not (name == CATEGORY and any(is_below(value, one) for one in allowed)):
            return {"condition": name, "allowed": list(allowed), "found": value}
    return None


def is_below(category: str, other: str) -> bool:
    """Return whether a category is another or lies below it."""
    return category == other or category.startswith(f"{other}/")


def own_rate_ppm(component: Component, traits: Mapping[str, str]) -> int:
    """Return the rate of the event's product, or of its deepest category; -1 where none has one."""
    product, category = traits.get("product", ""), traits.get(CATEGORY, "")
    for rule in component.rates:
        if rule.product and rule.product == product:
            return rule.rate_ppm
    above = [rule for rule in component.rates if rule.category and is_below(category, rule.category)]
    return max(above, key=lambda rule: len(rule.category)).rate_ppm if above else -1
