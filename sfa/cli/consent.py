"""`sfa contact consent`: what somebody said about being reached, and what counts."""

from collections.abc import Sequence
from dataclasses import asdict

from typer.core import TyperCommand

from sfa.cli import targets
from sfa.cli.building import argument, command, dry_run_option, json_option, option
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, emit_table, local_time, say, tell
from sfa.cli.results import tell_saved
from sfa.domain.consent import CHANNELS, PURPOSES, SALES, STANCES
from sfa.errors import UsageError
from sfa.services.desk import Desk

NOUN = "contact"
EXAMPLE = 'sfa contact consent "Jane Doe" email forbidden --source "told me at the fair"'


def consent() -> TyperCommand:
    """Return `sfa contact consent`."""
    params = [
        argument("words", is_many=True, shown="REFERENCE [CHANNEL STANCE]", help=_WORDS),
        option("--purpose", "purpose", default=SALES, help=f"One of: {', '.join(PURPOSES)}."),
        option("--source", "source", default="", help="How you know: told me, web form, contract..."),
        option("--evidence", "evidence", help="What was said or signed, word by word."),
        option("--on", "on", shown="DAY", help="When it was said; without channel and stance: what counted then."),
        dry_run_option(),
        json_option("One JSON object."),
    ]
    return command("consent", _consent, params, "What they allow, by channel and purpose; the newest word counts.")


_WORDS = f"Who; then one of {', '.join(CHANNELS)} and one of {', '.join(STANCES)} to write down what they said."


def _consent(
    *,
    words: Sequence[str],
    purpose: str,
    source: str,
    evidence: str | None,
    on: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    from sfa.services import consent as service  # noqa: PLC0415 - each command imports its own

    who, channel, stance = _split(words)
    desk = open_desk()
    contact_id = targets.one(desk, NOUN, who)
    if not channel:
        _show(desk, contact_id, on, is_json=is_json)
        return
    word = service.Word(channel, stance, purpose, source, evidence or "", on or "")
    saved = service.say(desk, contact_id, word, is_dry_run=is_dry_run)
    tell_saved(desk, NOUN, saved, is_json=is_json)


def _split(words: Sequence[str]) -> tuple[Sequence[str], str, str]:
    """Return whom, channel and stance; without the last two where the words end in neither."""
    *rest, last = words
    is_stance, is_channel = last.lower() in STANCES, last.lower() in CHANNELS
    if not rest or not (is_stance or is_channel or rest[-1].lower() in CHANNELS):
        return words, "", ""
    *who, channel = rest
    if is_stance and channel.lower() in CHANNELS and who:
        return who, channel.lower(), last.lower()
    if is_channel:
        raise UsageError(f"What of {last}?", hint=EXAMPLE)
    wrong = f"“{last}” is no stance" if channel.lower() in CHANNELS else f"“{channel}” is no channel"
    raise UsageError(f"{wrong}.", hint=f"Channels: {', '.join(CHANNELS)}. Stances: {', '.join(STANCES)}.")


def _show(desk: Desk, contact_id: str, on: str | None, *, is_json: bool) -> None:
    from sfa.services import consent as service  # noqa: PLC0415 - as above
    from sfa.services import listing  # noqa: PLC0415 - as above

    who = listing.record(desk, NOUN, contact_id)
    standing, history = service.standing(desk, contact_id, on), service.history(desk, contact_id)
    if is_json:
        told = {name: who[name] for name in ("id", "ref", "name", "preferred_channel", "preferred_time", "language")}
        facts = [{name: value for name, value in asdict(item).items() if name != "evidence"} for item in standing]
        emit_json({**told, "standing": facts, "history": [asdict(item) for item in history]})
        return
    liked = ", ".join(str(who[name]) for name in ("preferred_channel", "preferred_time", "language") if who[name])
    say(f"{who['name']} ({who.ref}){f', prefers {liked}' if liked else ''}")
    rows = [(item.purpose, item.channel, item.stance, local_time(item.said_at)[:10], item.source) for item in standing]
    if rows:
        emit_table(("Purpose", "Channel", "Stance", "Since", "Source"), rows, [False] * 5)
    else:
        tell(f"Nothing was said{' by then' if on else ' yet'}. Write it down: {EXAMPLE}")
