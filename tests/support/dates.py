"""Reads a text as seen from a Saturday morning and tells the date in one short line."""

from datetime import datetime, tzinfo

from sfa.domain.when import When, find_when

SATURDAY = datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001 - wall time by design


def read(
    text: str,
    now: datetime = SATURDAY,
    *,
    order: str = "dmy",
    language: str = "auto",
    prefers: str = "future",
    zone: tzinfo | None = None,
) -> When | None:
    """Return what is found, as from a Saturday morning."""
    return find_when(text, now, order=order, language=language, prefers=prefers, zone=zone)


def told(text: str, now: datetime = SATURDAY, *, order: str = "dmy", prefers: str = "future") -> str | None:
    """Return `2026-11-24`, `2026-11-24 10:00`, `2026-11-23 > 2026-11-30`, with the rule of what recurs behind `|`."""
    found = read(text, now, order=order, prefers=prefers)
    if found is None:
        return None
    form = "%Y-%m-%d" if found.all_day else "%Y-%m-%d %H:%M"
    words = found.start.strftime(form)
    if found.end is not None:
        words += f" > {found.end.strftime(form)}"
    return f"{words} | {found.rule}" if found.rule else words
