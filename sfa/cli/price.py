"""`sfa price`: its verbs, each made when it is asked for."""

from typing import Any

from sfa.cli.building import LazyGroup, lazily

VERBS = {
    "show": "sfa.cli.price_verbs:show",
    "list": "sfa.cli.price_verbs:list_prices",
    "set": "sfa.cli.price_verbs_writing:set_price",
    "edit": "sfa.cli.price_verbs:edit",
    "remove": "sfa.cli.price_verbs:remove",
    "restore": "sfa.cli.price_verbs:restore",
    "history": "sfa.cli.price_verbs:history",
    "contract": "sfa.cli.price_verbs_writing:contract",
    "contracts": "sfa.cli.price_verbs:contracts",
    "schedule": "sfa.cli.price_verbs:schedule",
    "promo": "sfa.cli.price_verbs:promo",
    "tax": "sfa.cli.price_verbs:tax",
    "rate": "sfa.cli.price_verbs_writing:rate",
    "import": "sfa.cli.price_verbs:import_prices",
    "simulate": "sfa.cli.price_simulate:simulate",
}
"""Where each verb is made, in the order of the help."""


class PriceGroup(LazyGroup):
    """What is no verb is a product: `sfa price "Pressure sensor" --qty 12`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer's own signature
        """Find the command of the first word; another word begins the name of a product."""
        if args[0].startswith("-") or self.get_command(ctx, args[0]) is not None:
            return super().resolve_command(ctx, args)
        return "show", self.get_command(ctx, "show"), args


def price() -> LazyGroup:
    """Return `sfa price`."""
    help_text = "What something costs, and why: sfa price PRODUCT --account ACME --qty 12; and the prices themselves."
    return PriceGroup("price", help_text, lazily(VERBS))
