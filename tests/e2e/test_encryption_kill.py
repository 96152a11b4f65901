"""An encrypted book after programs were killed: nothing of it is readable on the disk, and a conversion loses nothing."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db import encryption, key_locks, keys
from db.backup import list_backups, verify
from db.connection import connect
from sfa.paths import Workspace
from sfa.services.desk import open_desk
from tests.support.crash_support import Gang, tell
from tests.support.power import watching
from tests.support.shell import environment, run_cli

pytestmark = pytest.mark.crash

CANARIES = 200
STEP = 1500
PHRASE = "horse battery staple"


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, str]:
    """Return the environment of programs that know the passphrase, and leave temporary files where they are found."""
    (tmp_path / "secret").write_text(f"{PHRASE}\n", encoding="utf-8")
    (tmp_path / "temp").mkdir()
    return {keys.PASSPHRASE_FILE: str(tmp_path / "secret"), "TMPDIR": str(tmp_path / "temp")}


def test_no_canary_is_found_on_the_disk_after_a_kill(tmp_path: Path, secret: dict[str, str]) -> None:
    home = tmp_path / "home"
    canaries = [f"canary{number:03}x{number * 7919 % 1000:03}" for number in range(CANARIES)]
    half = CANARIES // 2
    assert run_cli(["+", "--file", _lines(tmp_path, canaries[:half])], home, **secret).code == 0
    assert run_cli(["backup"], home, **secret).code == 0
    assert _found(canaries, home) == set(canaries[:half]), "in clear, a search finds them"
    done = run_cli(["encrypt", "--passphrase", "--yes"], home, **secret)
    assert (done.code, done.stderr.count("sfa:")) == (0, 0)
    assert run_cli(["+", "--file", _lines(tmp_path, canaries[half:])], home, **secret).code == 0
    for words in (["backup"], ["search", canaries[0]], ["restore", "--yes"], ["doctor"], ["note", "list", "--json"]):
        assert run_cli(words, home, **secret).code == 0, words
    with Gang(2, ["debug", "burst", "100000"], home) as gang:
        gang.read_until(20)
        gang.kill()
    assert (home / "sales.db-wal").stat().st_size > 0
    assert _found(canaries, home, tmp_path / "temp") == set()
    shown = run_cli(["note", "list", "--json"], home, **secret).stdout
    assert all(canary in shown for canary in canaries)
    assert run_cli(["encrypt", "lock"], home).code == 0
    locked = run_cli(["note", "list"], home)
    assert (locked.code, "locked" in locked.stderr, "damaged" in locked.stderr) == (5, True, False)
    wrong = tmp_path / "wrong"
    wrong.write_text("horse battery stable\n", encoding="utf-8")
    assert run_cli(["note", "list"], home, **{keys.PASSPHRASE_FILE: str(wrong)}).code == 5


def test_a_killed_conversion_loses_nothing_and_can_be_gone_on_with(iolog: Path, tmp_path: Path) -> None:
    base, key = tmp_path / "base", key_locks.new_key()
    assert run_cli(["debug", "burst", "30"], base).code == 0
    assert run_cli(["backup"], base).code == 0
    locks = {**key_locks.new_locks(key), "holder": keys.PASSPHRASE, keys.RECOVERY: "none"}
    encryption.save_locks(Workspace(base), locks)
    keys.remember(locks, key)
    before = _rows(base)
    words = [str(word) for word in (iolog, base, tmp_path, key, STEP)]
    subprocess.run(
        [sys.executable, "-m", "tests.support.converting", *words],
        env=environment(base, **watching(iolog, tmp_path)),
        check=True,
    )
    seen = {True: 0, False: 0}
    for home in sorted(tmp_path.glob("killed*")):
        workspace = Workspace(home)
        assert _rows(home) == before, home
        seen[keys.is_encrypted(workspace.database)] += 1
        for info in list_backups(workspace):
            verify(info.path)
        encryption.convert(workspace, key)
        assert encryption.files_in_other_form(workspace, wanted=True) == [], home
        assert _rows(home) == before, home
        assert sorted(path.name for path in home.iterdir() if "conv" in path.name or "over" in path.name) == []
        with closing(connect(workspace.database)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        shutil.rmtree(home)
    keys.forget(locks)
    assert all(seen.values()), seen
    tell(f"{sum(seen.values())} conversions killed: {seen[False]} left the plain book, {seen[True]} the encrypted one")


def _lines(folder: Path, canaries: list[str]) -> str:
    path = folder / "lines.txt"
    path.write_text("".join(f"note: {canary} wants a quote\n" for canary in canaries), encoding="utf-8")
    return str(path)


def _found(canaries: list[str], *folders: Path) -> set[str]:
    heap = b"\n".join(path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file())
    return {canary for canary in canaries if canary.encode() in heap}


def _rows(home: Path) -> list[Any]:
    with closing(open_desk(home)) as desk:
        return [desk.store.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("activity", "operation", "change")]
