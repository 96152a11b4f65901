"""`sfa commission` and `sfa quota`: what is earned, and why; plans, quotas and statements."""

from typer.core import TyperGroup

from sfa.cli.building import LazyGroup, group, lazily

PLAN = {"check": "plan_check", "publish": "plan_publish", "list": "plan_list", "show": "plan_show", "assign": "plan_assign",
        "end": "plan_end"}  # fmt: skip


def commission() -> TyperGroup:
    """Return `sfa commission` with its verbs."""
    looking = {name: f"sfa.cli.commission_looking:{name}" for name in ("statement", "explain", "whatif", "attainment")}
    keeping = {
        name: f"sfa.cli.commission_keeping:{name}"
        for name in ("run", "close", "adjust", "approve", "adjustments", "split")
    }
    groups = {name: f"sfa.cli.commission:{name}" for name in ("plan", "quota", "period", "dispute")}
    return group(
        "commission",
        "What is earned, and why.",
        lazily({**looking, **groups, **keeping, "simulate": "sfa.cli.commission_simulate:simulate"}),
    )


def plan() -> LazyGroup:
    """Return `sfa commission plan`."""
    verbs = lazily({name: f"sfa.cli.commission_plan_verbs:{place}" for name, place in PLAN.items()})
    return group("plan", "Plans: check, publish, list, show, assign, end.", verbs)


def quota() -> LazyGroup:
    """Return `sfa quota`, which is `sfa commission quota` too."""
    verbs = lazily({name: f"sfa.cli.commission_plan_verbs:quota_{name}" for name in ("set", "list")})
    return group("quota", "What people are to reach: set, list.", verbs)


def period() -> LazyGroup:
    """Return `sfa commission period`."""
    verbs = lazily({name: f"sfa.cli.commission_keeping:period_{name}" for name in ("list", "make")})
    return group("period", "The periods that statements are made for: list, make.", verbs)


def dispute() -> LazyGroup:
    """Return `sfa commission dispute`."""
    names = ("open", "list", "accept", "reject", "withdraw", "defer")
    verbs = lazily({name: f"sfa.cli.commission_disputes:dispute_{name}" for name in names})
    return group("dispute", "What is objected to: open, list, accept, reject, withdraw, defer.", verbs)
