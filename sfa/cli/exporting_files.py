"""`sfa export calendar` and `sfa export contacts`: files that every calendar and address book reads."""

from pathlib import Path

from sfa.cli.naming import counted
from sfa.cli.opening import open_desk
from sfa.cli.output import say, tell
from sfa.errors import SfaError, UsageError
from sfa.services.moments import read_day

ENDINGS = {"event": "ics", "contact": "vcf"}
VERSIONS = {"3": "3.0", "3.0": "3.0", "4": "4.0", "4.0": "4.0"}


def export_file(
    noun: str, file: str | None, chosen: str, where: str, first: str | None, last: str | None, version: str | None
) -> None:
    """Write appointments or contacts; to the standard output where no file is named.

    Raises:
        UsageError: the noun has no such format, or an option does not go with it.
    """
    if ENDINGS.get(noun) != chosen:
        fits = f"{ENDINGS[noun]}, csv, json or xlsx" if noun in ENDINGS else "csv, json or xlsx"
        raise UsageError(f"{chosen} is no format for that.", hint=f"Choose from: {fits}.")
    text, count = _calendar(first, last, where) if noun == "event" else _cards(where, version)
    if file is None:
        say(text.replace("\r\n", "\n").rstrip("\n"))
        return
    _write(Path(file), text)
    tell(f"Wrote {counted(count, noun)} to {file}.")


def _calendar(first: str | None, last: str | None, where: str) -> tuple[str, int]:
    from datetime import timedelta  # noqa: PLC0415 - each kind imports its own

    from sfa.exchange.calendar_export import write_calendar  # noqa: PLC0415 - as above

    if where:
        raise UsageError("A calendar is chosen by days.", hint="Use --from and --to.")
    desk = open_desk()
    after = read_day(desk, last) + timedelta(days=1) if last else None
    return write_calendar(desk, read_day(desk, first) if first else None, after)


def _cards(where: str, version: str | None) -> tuple[str, int]:
    from sfa.exchange.card_export import write_cards  # noqa: PLC0415 - as above

    chosen = VERSIONS.get(version or "4")
    if chosen is None:
        raise UsageError(f"vCard {version} is not written.", hint="Choose from: 3, 4.")
    return write_cards(open_desk(), where, chosen)


def _write(path: Path, text: str) -> None:
    """Write beside the target and rename: a file that is there already is whole, old or new."""
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(text.encode("utf-8", "replace"))
        draft.replace(path)
    except OSError as error:
        raise SfaError(f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place.") from error
    finally:
        draft.unlink(missing_ok=True)
