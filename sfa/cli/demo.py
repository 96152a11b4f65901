"""`sfa demo`: a generated company in a folder of its own, opened in the screens."""

import sys
from pathlib import Path

from typer.core import TyperCommand

from sfa.cli.building import command, flag, option
from sfa.cli.output import tell
from sfa.errors import ConflictError, UsageError
from sfa.paths import Workspace, home

SCALES = (1, 10, 100)


def demo() -> TyperCommand:
    """Return `sfa demo`."""
    params = [
        option("--scale", "scale", type=int, default=1, help="1, 10 or 100 times the size."),
        option("--folder", "folder", help="Where it lives; a folder beside your own where none is given."),
        option("--seed", "seed", type=int, default=7, help="Another company."),
        flag("--fresh", "is_fresh", help="Make it anew."),
        flag("--no-open", "is_closed", help="Make it, do not open it."),
    ]
    return command("demo", _demo, params, "Open the desk on generated data; your own workspace is not touched.")


def _demo(*, scale: int, folder: str | None, seed: int, is_fresh: bool, is_closed: bool) -> int:
    if scale not in SCALES:
        raise UsageError(f"The scale {scale} is unknown.", hint="Choose 1, 10 or 100.")
    own = home()
    place = Path(folder).expanduser() if folder else own.with_name(f"{own.name}-demo")
    _prepare(place, scale, seed, is_fresh=is_fresh)
    if is_closed or not sys.stdout.isatty():
        tell(f"The demo is in {place}. Look at it with: SFA_HOME={place} sfa")
        return 0
    from screens.app import run  # noqa: PLC0415 - Textual only where the screens open

    return run(place)


def _prepare(place: Path, scale: int, seed: int, *, is_fresh: bool) -> None:
    """Make the company where it is not there yet."""
    from sfa.services.demo import make_company  # noqa: PLC0415 - only here
    from sfa.services.desk import open_desk  # noqa: PLC0415 - as above

    workspace = Workspace(place)
    if is_fresh and workspace.database.exists():
        for suffix in ("", "-wal", "-shm"):
            workspace.database.with_name(workspace.database.name + suffix).unlink(missing_ok=True)
    desk = open_desk(place)
    if desk.store.value("SELECT 1 FROM operation WHERE verb = 'demo.make'"):
        desk.close()
        return
    if desk.store.value("SELECT 1 FROM operation LIMIT 1"):
        desk.close()
        raise ConflictError(f"{place} holds data that is not the demo's.", hint="Choose another folder with --folder.")
    tell(f"Making the demo company in {place} ...")
    counts = make_company(desk, scale, seed)
    told = (("account", "accounts"), ("contact", "contacts"), ("opportunity", "deals"), ("activity", "activities"))
    tell(", ".join(f"{counts[table]:,} {words}" for table, words in told) + ".")
    desk.close()
