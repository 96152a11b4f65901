"""sfa date: what a text about time means."""

from collections.abc import Sequence

from typer.core import TyperCommand

from sfa.cli.building import argument, command, flag, option
from sfa.dating import LANGUAGES, LEANINGS, ORDERS, tell_date

HELP = "The date in a text: tomorrow 10:00, next tue, end of march, 下周二下午三点, every other friday."


def date() -> TyperCommand:
    """Return `sfa date`."""
    params = [
        argument("text", is_many=True, help="Any text; the best date in it is told."),
        option("--now", "now", help="As seen from this moment, such as 2026-11-21T10:00.", shown="MOMENT"),
        option("--tz", "zone_name", help="The zone that it is seen in, such as Europe/Berlin.", shown="ZONE"),
        option("--lang", "language", help="The language of the text.", default="auto", shown="|".join(LANGUAGES)),
        option("--order", "order", help="How 3/4/2026 is meant; without it as is usual here.", shown="|".join(ORDERS)),
        option("--prefer", "prefers", help="Which friday, if it is open.", default="future", shown="|".join(LEANINGS)),
        flag("--json", "is_json", help="One JSON object: start, end (exclusive), all_day, grain, rule, text, rest."),
    ]
    return command("date", _date, params, HELP)


def _date(
    *,
    text: Sequence[str],
    now: str | None,
    zone_name: str | None,
    language: str,
    order: str | None,
    prefers: str,
    is_json: bool,
) -> int:
    return tell_date(
        " ".join(text),
        now=now,
        zone_name=zone_name,
        language=language,
        order=order,
        prefers=prefers,
        is_json=is_json,
    )
