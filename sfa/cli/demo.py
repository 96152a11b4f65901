"""`sfa demo`: a generated company in a folder of its own, opened in the screens."""

import sys
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.building import command, flag, option
from sfa.cli.output import tell
from sfa.errors import ConflictError, UsageError
from sfa.paths import Workspace, home
from sfa.services.desk import Desk, open_desk

SCALES = (1, 10, 100)
SEED = 7


def demo() -> TyperCommand:
    """Return `sfa demo`."""
    params = [
        option("--scale", "scale", type=int, help="1, 10 or 100 times the size."),
        option("--folder", "folder", help="Where it lives; a folder beside your own where none is given."),
        option("--seed", "seed", type=int, help="Another company."),
        flag("--fresh", "is_fresh", help="Make it anew."),
        flag("--no-open", "is_closed", help="Make it, do not open it."),
    ]
    return command("demo", _demo, params, "Open the desk on generated data; your own workspace is not touched.")


def _demo(*, scale: int | None, folder: str | None, seed: int | None, is_fresh: bool, is_closed: bool) -> int:
    if scale is not None and scale not in SCALES:
        raise UsageError(f"The scale {scale} is unknown.", hint="Choose 1, 10 or 100.")
    own = home()
    place = Path(folder).expanduser() if folder else own.with_name(f"{own.name}-demo")
    _prepare(place, scale, seed, is_fresh=is_fresh)
    if is_closed or not (sys.stdout.isatty() and sys.stdin.isatty()):
        tell(f"The demo is in {place}. Look at it with: SFA_HOME={place} sfa")
        return 0
    from screens.app import run  # noqa: PLC0415 - Textual only where the screens open

    return run(place)


def _prepare(place: Path, scale: int | None, seed: int | None, *, is_fresh: bool) -> None:
    """Make the company, unless it is there already.

    Raises:
        ConflictError: the folder holds somebody's own data, or another demo than the one asked for.
    """
    from sfa.services.demo import is_empty, made_as  # noqa: PLC0415 - only here

    desk = open_desk(place)
    try:
        found = made_as(desk)
        if found is None and not is_empty(desk):
            raise ConflictError(
                f"{place} holds data that is not the demo's.", hint="Choose another folder with --folder."
            )
        if found is not None and not is_fresh:
            _tell_found(place, found, scale, seed)
            return
        if found is None:
            _make(desk, place, scale, seed)
            return
    finally:
        desk.close()
    _clear(place)
    desk = open_desk(place)
    try:
        _make(desk, place, scale, seed)
    finally:
        desk.close()


def _tell_found(place: Path, found: str, scale: int | None, seed: int | None) -> None:
    asked = [f"{name} {value}" for name, value in (("scale", scale), ("seed", seed)) if value is not None]
    if any(words not in found.split(", ") for words in asked):
        raise ConflictError(f"The demo in {place} was made of {found}.", hint="Make it anew with --fresh.")
    tell(f"Using the demo that is there ({found}); --fresh makes it anew.")


def _clear(place: Path) -> None:
    database = Workspace(place).database
    for suffix in ("-wal", "-shm", ""):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _make(desk: Desk, place: Path, scale: int | None, seed: int | None) -> None:
    from sfa.services.demo import make_store  # noqa: PLC0415 - only here

    tell(f"Making the demo company in {place} ...")
    counts = make_store(desk, scale or 1, SEED if seed is None else seed)
    told = (("account", "accounts"), ("contact", "contacts"), ("opportunity", "deals"), ("activity", "activities"))
    tell(", ".join(f"{counts[table]:,} {name}" for table, name in told) + ".")
