"""Before one calls or writes: too often, or at night where they are, is told in one line (domain.md 4.4); for both doors."""

from __future__ import annotations

from datetime import timedelta

from db.queries import consent as queries
from sfa.clock import instant_text
from sfa.domain.consent import channel_of
from sfa.domain.reach import CHANNELS, RULES, Limits
from sfa.errors import NotAllowedError, UsageError
from sfa.services.country_zones import zone_called, zones_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from db.store import Store
    from sfa.config import Config


def warnings(
    store: Store, config: Config, contact_ids: Sequence[str], kind: str, at: datetime, *, is_forced: bool = False
) -> list[str]:
    """Return a sentence for each of the people who would be reached too often, or at night.

    Args:
        store: the book.
        config: its settings.
        contact_ids: who is to be reached.
        kind: of the activity.
        at: when.
        is_forced: whether the user insists.

    Raises:
        NotAllowedError: the company's rule is to block, and the user does not insist.
        UsageError: a setting is none.
    """
    if channel_of(kind) not in CHANNELS or not contact_ids:
        return []
    limits = limits_of(config)
    since = instant_text(at - timedelta(days=limits.days))
    found = []
    for _, ref, name, zone, country, times in queries.reached(store, contact_ids, CHANNELS, since, instant_text(at)):
        own = zone_called(zone) if zone else None
        night = _night(limits, at, [own] if own else zones_of(country) or [store.clock.zone()])
        often = f"reached {times} times in {limits.days} days" if limits.most and times >= limits.most else ""
        told = "; ".join(part for part in (night, often) if part)
        if told and limits.is_blocking and not is_forced:
            raise NotAllowedError(f"{name} ({ref}): {told}.", hint="Another time; or insist: --force and the reason.")
        found += [f"{name} ({ref}): {told}."] if told else []
    return found


def limits_of(config: Config) -> Limits:
    """Return what the settings allow.

    Raises:
        UsageError: one of them is none.
    """
    return Limits(
        read_quiet(config.text("reach.quiet_hours")),
        config.number("reach.most"),
        config.number("reach.days"),
        read_rule(config.text("reach.rule")),
    )


def read_quiet(text: str) -> str:
    """Return hours as they were typed, once they are known to be some.

    Raises:
        UsageError: they are none.
    """
    try:
        Limits(text, 0, 0, "")
    except ValueError as error:
        hint = 'Such as: sfa config reach.quiet_hours "20:00-08:00"'
        raise UsageError(f"“{text}” are no hours of a day.", hint=hint) from error
    return text


def read_rule(text: str) -> str:
    """Return what becomes of reaching out too often.

    Raises:
        UsageError: it is none of the rules.
    """
    if text not in RULES:
        raise UsageError(f"“{text}” is no rule for reaching out.", hint=f"Choose {' or '.join(RULES)}.")
    return text


def _night(limits: Limits, at: datetime, zones: Sequence[tzinfo]) -> str:
    """Return what time it is with them, where it is night in all zones of a country."""
    locals_ = [at.astimezone(zone) for zone in zones]
    return f"it is {locals_[0]:%H:%M} there" if locals_ and all(map(limits.is_quiet, locals_)) else ""
