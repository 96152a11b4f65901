"""`sfa price`: its verbs, each made when it is asked for."""

from sfa.cli.building import LazyGroup, group, lazily

VERBS: dict[str, str] = {}
"""Where each verb is made, in the order of the help: `module:function`."""


def price() -> LazyGroup:
    """Return `sfa price`."""
    return group("price", "What something costs, and why.", lazily(VERBS))
