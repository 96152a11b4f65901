"""Sync by a stick: the same book as over the network, in whatever order sticks travel; what is not ours changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sfa.config import load_config
from sfa.errors import ConflictError, NotAllowedError, NotFoundError, SfaError, StorageError, UsageError
from sfa.ids import system_ids
from sfa.server import bundles, founding, quarantine
from sfa.server.database import SqliteDatabase
from sfa.server.handle import Server
from sfa.services.desk import Desk
from sfa.sync import bundle, by_file, outbox
from sfa.sync.bundle import ANSWER, REQUEST, Label
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.test_lessons import add_account, name_of, named, rename
from tests.sync.world import ORG, Laptop, World

Change = Callable[[bytes], bytes]


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A company with a calm network; everybody has synced once."""
    made = make_world(1, is_calm=True)
    for laptop in made.laptops:
        made.sync(laptop)
    return made


def desk_of(laptop: Laptop) -> Desk:
    return Desk(laptop.store, load_config(laptop.store.workspace.folder / "sfa.toml"))


def export(laptop: Laptop, path: Path) -> Path:
    by_file.export(desk_of(laptop), path)
    return path


def answered(world: World, request: Path) -> Path:
    answer = request.with_name(f"{request.name}.answer")
    bundles.answer(world.server, request, answer, world.now)
    return answer


def carry(world: World, laptop: Laptop, folder: Path) -> None:
    """Sync by a stick, there and back."""
    by_file.take(desk_of(laptop), answered(world, export(laptop, folder / laptop.name)))


def book_of(laptop: Laptop) -> list[Any]:
    """Return all that a laptop holds, what waits and how far it has come included."""
    tables = [row[0] for row in laptop.store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [laptop.store.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables if "search" not in table]


def test_one_by_stick_and_one_by_network_come_to_the_same_book(world: World, tmp_path: Path) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    hers = add_account(world, mia, "Hers")
    world.sync(mia)
    mine = add_account(world, ann, "Mine")
    carry(world, ann, tmp_path)
    rename(ann, hers, "Hers, as Ann calls it")
    carry(world, ann, tmp_path)
    world.sync(mia)
    for laptop in (mia, ann):
        assert (name_of(laptop.store, mine), name_of(laptop.store, hers)) == ("Mine", "Hers, as Ann calls it")
    world.heal()
    oracles.check_converged(world)


def test_a_whole_book_goes_both_ways_at_the_first_time(
    make_world: MakeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_file, "MANY_ROWS", 20)
    monkeypatch.setattr(outbox, "MOST_MUTATIONS", 7)
    world = make_world(1, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    world.sync(mia)
    for laptop, area in ((mia, world.areas[0]), (ann, None)):
        with laptop.store.write("many") as work:
            for number in range(60):
                work.insert("account", {"name": f"{laptop.name} {number}", "territory_id": area})
    world.sync(mia)
    seen: list[int] = []
    request = export(ann, tmp_path / "ann")
    taken = bundles.answer(world.server, request, tmp_path / "back", world.now)
    report = by_file.take(desk_of(ann), tmp_path / "back", seen.append)
    assert (taken.judged, report.sent, report.waiting) == (60, 60, 0)
    assert len(seen) > 10
    assert report.received == taken.given >= 120
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.value("SELECT count(*) FROM account") == 120


def test_two_exports_are_answered_in_any_order_and_nothing_is_done_twice(world: World, tmp_path: Path) -> None:
    ann = named(world, "ann")
    first = add_account(world, ann, "First")
    one = export(ann, tmp_path / "one")
    second = add_account(world, ann, "Second")
    two = export(ann, tmp_path / "two")
    back_two, back_one = answered(world, two), answered(world, one)
    assert by_file.take(desk_of(ann), back_two).sent == 2
    before = book_of(ann)
    for again in (back_one, back_two):
        with pytest.raises(ConflictError, match="put in place already"):
            by_file.take(desk_of(ann), again)
    assert book_of(ann) == before
    rows = world.database.rows("SELECT id FROM account WHERE org = ?", (ORG,))
    assert sorted(row[0] for row in rows) == sorted([first, second])


def test_an_older_answer_may_come_first_and_what_it_lacks_goes_with_the_next(world: World, tmp_path: Path) -> None:
    ann = named(world, "ann")
    add_account(world, ann, "First")
    one = export(ann, tmp_path / "one")
    second = add_account(world, ann, "Second")
    two = export(ann, tmp_path / "two")
    back_one, back_two = answered(world, one), answered(world, two)
    assert by_file.take(desk_of(ann), back_one).waiting == 1
    with pytest.raises(ConflictError, match="put in place already"):
        by_file.take(desk_of(ann), back_two)
    carry(world, ann, tmp_path)
    assert outbox.waiting(ann.store) == 0
    assert name_of(ann.store, second) == "Second"


def test_what_the_network_brought_meanwhile_is_not_set_back_by_an_older_stick(world: World, tmp_path: Path) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia, "Old")
    world.heal()
    answer = answered(world, export(ann, tmp_path / "ann"))
    rename(mia, pk, "Now")
    answer_now = answered(world, export(ann, tmp_path / "later"))
    world.heal()
    for old in (answer, answer_now):
        with pytest.raises(ConflictError):
            by_file.take(desk_of(ann), old)
    assert name_of(ann.store, pk) == "Now"


def test_what_was_written_while_the_stick_travelled_stays_and_goes_next(world: World, tmp_path: Path) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia, "Hers")
    world.heal()
    rename(mia, pk, "Hers now")
    world.sync(mia)
    request = export(ann, tmp_path / "ann")
    rename(ann, pk, "Mine")
    by_file.take(desk_of(ann), answered(world, request))
    assert name_of(ann.store, pk) == "Mine"
    world.heal()
    assert name_of(mia.store, pk) == name_of(ann.store, pk)


def test_a_refused_change_comes_back_as_a_question(world: World, tmp_path: Path) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.heal()
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    carry(world, ann, tmp_path)
    assert ann.store.value("SELECT territory_id FROM account WHERE id = ?", (pk,)) == world.areas[0]
    assert ann.store.value("SELECT count(*) FROM inbox_entry WHERE row_id = ?", (pk,)) == 1


def test_a_revoked_laptop_is_refused_kept_aside_and_told(world: World, tmp_path: Path) -> None:
    ann = named(world, "ann")
    add_account(world, ann, "Too late")
    founding.revoke(world.database, ORG, ann.device)
    request, answer = export(ann, tmp_path / "ann"), tmp_path / "answer"
    with pytest.raises(NotAllowedError, match="ann's laptop A2 was refused"):
        bundles.answer(world.server, request, answer, world.now)
    assert "Too late" in str(quarantine.kept(world.database, ORG, ann.device))
    assert world.database.rows("SELECT count(*) FROM account WHERE org = ?", (ORG,)) == [(0,)]
    before = book_of(ann)
    with pytest.raises(NotAllowedError, match="may not sync any more"):
        by_file.take(desk_of(ann), answer)
    assert book_of(ann) == before


def test_a_server_that_was_put_back_asks_again_for_what_it_has_forgotten(world: World, tmp_path: Path) -> None:
    ann = named(world, "ann")
    world.copy_server()
    first = add_account(world, ann, "First")
    world.sync(ann)
    world.restore()
    add_account(world, ann, "Second")
    request, answer = export(ann, tmp_path / "ann"), tmp_path / "answer"
    with pytest.raises(SfaError, match="refused"):
        bundles.answer(world.server, request, answer, world.now)
    with pytest.raises(ConflictError, match="put back from a backup"):
        by_file.take(desk_of(ann), answer)
    carry(world, ann, tmp_path)
    names = sorted(row[0] for row in world.database.rows("SELECT name FROM account WHERE org = ?", (ORG,)))
    assert names == ["First", "Second"]
    assert name_of(ann.store, first) == "First"


def test_much_of_a_book_leaves_only_after_a_yes(world: World, tmp_path: Path) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    with mia.store.write("many") as work:
        for number in range(80):
            work.insert("account", {"name": f"A{number}", "owner_id": mia.user, "territory_id": world.areas[0]})
    world.heal()
    founding.put(world.database, ORG, "app_user", {"id": ann.user, "territory_id": world.areas[1]}, world.now)
    answer = answered(world, export(ann, tmp_path / "ann"))
    before = book_of(ann)
    with pytest.raises(ConflictError, match="80 of"):
        by_file.take(desk_of(ann), answer)
    assert book_of(ann) == before
    by_file.take(desk_of(ann), answer, may_remove=lambda gone, _held: gone == 80)
    assert ann.store.value("SELECT count(*) FROM account") == 0


# --- files that are not what they should be

BROKEN: dict[str, tuple[Change, type[SfaError]]] = {
    "empty": (lambda _: b"", UsageError),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(3_000), UsageError),
    "no label": (lambda _: bundle.MAGIC + b"[]\n" + bytes(500), UsageError),
    "a label without an end": (lambda _: bundle.MAGIC + b"{" * 50_000, UsageError),
    "a label of numbers": (lambda whole: whole.replace(b'"re": "', b'"re": 7, "no": "', 1), UsageError),
    "another kind": (lambda whole: whole.replace(b'"kind": "', b'"kind": "x', 1), UsageError),
    "cut in the label": (lambda whole: whole[: len(bundle.MAGIC) + 20], UsageError),
    "cut in the signature": (lambda whole: whole[: whole.index(b"}\n") + 10], StorageError),
    "cut by a byte": (lambda whole: whole[:-1], StorageError),
    "cut in the middle": (lambda whole: whole[: len(whole) // 2], StorageError),
    "a byte more": (lambda whole: whole + b"\0", StorageError),
    "a byte changed": (lambda whole: whole[:-900] + bytes([whole[-900] ^ 1]) + whole[-899:], StorageError),
    "another company": (lambda whole: whole.replace(b'"acme"', b'"acne"', 1), SfaError),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_bundle_is_refused_in_a_sentence_on_both_sides(name: str, world: World, tmp_path: Path) -> None:
    change, kind = BROKEN[name]
    ann = named(world, "ann")
    add_account(world, ann)
    request = export(ann, tmp_path / "ann")
    answer = answered(world, request)
    before, rows = book_of(ann), world.database.rows("SELECT * FROM s_row WHERE org = ? ORDER BY 2, 5", (ORG,))
    for path in (request, answer):
        path.write_bytes(change(path.read_bytes()))
    with pytest.raises(kind) as on_the_laptop:
        by_file.take(desk_of(ann), answer)
    with pytest.raises(kind) as on_the_server:
        bundles.answer(world.server, request, tmp_path / "no answer", world.now)
    for refusal in (on_the_laptop.value, on_the_server.value):
        assert refusal.message.endswith(".")
        assert refusal.hint
    assert book_of(ann) == before
    assert world.database.rows("SELECT * FROM s_row WHERE org = ? ORDER BY 2, 5", (ORG,)) == rows
    assert not (tmp_path / "no answer").exists()


def test_a_huge_file_is_not_read(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = named(world, "ann")
    answer = answered(world, export(ann, tmp_path / "ann"))
    monkeypatch.setattr(bundle, "LARGEST", 1_000)
    monkeypatch.setattr(bundle, "_signature", lambda *_: pytest.fail("it was read"))
    with pytest.raises(UsageError, match="too large"):
        by_file.take(desk_of(ann), answer)


def test_the_wrong_bundle_is_told_from_the_right_one(world: World, tmp_path: Path) -> None:
    ann, bob = named(world, "ann"), named(world, "bob")
    request = export(ann, tmp_path / "ann")
    export(bob, tmp_path / "bob")
    answer = answered(world, request)
    with pytest.raises(ConflictError, match="for another laptop"):
        by_file.take(desk_of(bob), answer)
    with pytest.raises(UsageError, match="is a request"):
        by_file.take(desk_of(ann), request)
    with pytest.raises(UsageError, match="is an answer"):
        bundles.answer(world.server, answer, tmp_path / "x", world.now)
    with pytest.raises(NotFoundError, match="no file"):
        by_file.take(desk_of(ann), tmp_path / "nowhere")
    with pytest.raises(StorageError, match="cannot be read"):
        by_file.take(desk_of(ann), tmp_path)
    with pytest.raises(UsageError, match="a file of its own"):
        bundles.answer(world.server, request, request, world.now)


def test_another_server_can_neither_answer_nor_read(world: World, tmp_path: Path) -> None:
    """Who knows all that is written on the outside knows neither the lock nor how to sign."""
    ann = named(world, "ann")
    request, forged = export(ann, tmp_path / "ann"), tmp_path / "forged"
    with bundle.read(request, REQUEST, lambda _: bundle.secret_of(State(ann.store).get("token") or "")) as known:
        bundle.write(forged, Label(ANSWER, ORG, ann.device, known.mark), bundle.secret_of("guessed"), [b"{}"])
    with pytest.raises(StorageError, match="was changed or is damaged"):
        by_file.take(desk_of(ann), forged)
    other = SqliteDatabase(":memory:")
    founding.found(other)
    with pytest.raises(NotAllowedError, match="does not know"):
        bundles.answer(Server(other, system_ids().new), request, tmp_path / "x", world.now)
    other.close()


def test_who_finds_the_stick_reads_no_word_of_it(world: World, tmp_path: Path) -> None:
    ann = named(world, "ann")
    add_account(world, ann, "Canary " * 20)
    request = export(ann, tmp_path / "ann")
    token = State(ann.store).get("token") or ""
    for path in (request, answered(world, request)):
        whole = path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
        for word in (b"Canary", b"account", b"SQLite", token.encode(), bundle.secret_of(token).encode()):
            assert word not in whole


def test_a_file_that_is_something_else_is_not_written_over(world: World, tmp_path: Path) -> None:
    ann, photo = named(world, "ann"), tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 of the children")
    request = export(ann, tmp_path / "ann")
    with pytest.raises(ConflictError, match="is there already"):
        export(ann, photo)
    with pytest.raises(ConflictError, match="is there already"):
        bundles.answer(world.server, request, photo, world.now)
    assert photo.read_bytes() == b"\xff\xd8 of the children"
    with pytest.raises(SfaError, match="cannot be written"):
        export(ann, tmp_path / "no folder" / "ann")
    export(ann, request)  # an older one gives way
