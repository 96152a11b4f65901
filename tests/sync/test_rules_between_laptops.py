"""Rules that no row can hold by itself, broken by two people at once; and laptops that were put back from a backup."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from db.driver import sqlite
from sfa.config import load_config
from sfa.services.desk import Desk
from sfa.sync import inbox, session
from tests.sync import oracles
from tests.sync.offers import LINE, SUMS
from tests.sync.test_lessons import add_account, name_of, named, rename
from tests.sync.world import Laptop, World


def set_parent(laptop: Laptop, below: str, above: str | None) -> None:
    with laptop.store.write("account edit") as work:
        work.update("account", below, {"parent_id": above})


def parent_of(laptop: Laptop, pk: str) -> Any:  # noqa: ANN401 - a text or None
    return laptop.store.value("SELECT parent_id FROM account WHERE id = ?", (pk,))


def check_all_agree(world: World) -> None:
    for check in (oracles.check_converged, oracles.check_whole, oracles.check_judged_once):
        check(world)


def test_two_people_who_hang_two_accounts_below_each_other_make_no_circle(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    north, south = add_account(world, mia, "North"), add_account(world, mia, "South")
    world.heal()
    set_parent(mia, north, south)
    set_parent(ann, south, north)
    world.heal()
    assert [parent_of(laptop, south) for laptop in (mia, ann)] == [None, None]
    assert [parent_of(laptop, north) for laptop in (mia, ann)] == [south, south]
    assert ann.store.value("SELECT count(*) FROM inbox_entry WHERE row_id = ? AND status = 'open'", (south,)) == 1
    check_all_agree(world)


def test_a_tree_that_is_turned_upside_down_arrives_in_whatever_order(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    chain = [add_account(world, mia, name) for name in "ABCD"]
    for below, above in pairwise(chain):
        set_parent(mia, below, above)
    world.heal()
    for pk in chain:
        set_parent(mia, pk, None)
    for above, below in pairwise(chain):
        set_parent(mia, below, above)
    world.heal()
    assert [parent_of(ann, pk) for pk in chain] == [None, *chain[:-1]]
    check_all_agree(world)


def test_a_tree_that_is_turned_upside_down_arrives_row_by_row(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    north, south = add_account(world, mia, "North"), add_account(world, mia, "South")
    set_parent(mia, north, south)
    world.heal()
    set_parent(mia, north, None)
    set_parent(mia, south, north)
    world.sync(mia)
    rename(mia, north, "North, which comes last")
    world.sync(mia)
    monkeypatch.setattr(session, "MOST_ROWS", 1)
    monkeypatch.setattr(session, "MANY_ROWS", 1)
    world.heal()
    assert [parent_of(ann, pk) for pk in (north, south)] == [None, north]
    check_all_agree(world)


def add_quote(world: World, laptop: Laptop, number: str = "Q-1") -> tuple[str, str]:
    account = laptop.store.value("SELECT id FROM account") or add_account(world, laptop)
    with laptop.store.write("quote new") as work:
        head = {"number": number, "name": "Offer", "account_id": account, "currency": "EUR", "created_on": "2026-03-01"}
        quote = work.insert("quote", {**head, "owner_id": laptop.user})
        return quote, add_version(work, quote, 1)


def add_version(work: Any, quote: str, revision: int) -> str:  # noqa: ANN401 - a unit of work
    days = {"quoted_on": "2026-03-01", "priced_on": "2026-03-01"}
    version = work.insert("quote_version", {"quote_id": quote, "revision": revision, **days, **SUMS})
    work.insert("quote_line", {**LINE, "version_id": version})
    return str(version)


def revise(laptop: Laptop, quote: str, revision: int) -> str:
    with laptop.store.write("quote revise") as work:
        return add_version(work, quote, revision)


def test_of_two_who_revise_a_quote_at_once_one_keeps_a_draft_in_the_inbox(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    quote, _ = add_quote(world, mia)
    world.heal()
    first, second = revise(mia, quote, 2), revise(ann, quote, 2)
    world.heal()
    for laptop in (mia, ann):
        found = laptop.store.rows("SELECT id FROM quote_version WHERE quote_id = ? AND revision = 2", (quote,))
        assert found == [(first,)]
    assert ann.store.value("SELECT code FROM inbox_entry WHERE row_id = ?", (second,)) == "taken"
    check_all_agree(world)


def test_what_is_revised_while_the_same_revision_comes_down_waits_for_its_verdict(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    quote, _ = add_quote(world, mia)
    world.heal()
    hers = revise(mia, quote, 2)
    world.sync(mia)
    made: list[str] = []
    whole = world.server.handle

    def handle(*parts: Any) -> bytes:  # noqa: ANN401 - those of the server
        answer = whole(*parts)
        if parts[1] == ann.device and not made:
            made.append(revise(ann, quote, 2))
        return answer

    monkeypatch.setattr(world.server, "handle", handle)
    world.heal()
    assert ann.store.rows("SELECT id FROM quote_version WHERE revision = 2") == [(hers,)]
    assert ann.store.value("SELECT code FROM inbox_entry WHERE row_id = ?", (made[0],)) == "taken"
    check_all_agree(world)


def test_a_rate_that_was_deleted_and_set_anew_for_its_day_comes_to_all(world: World) -> None:
    fin, ann = named(world, "fin"), named(world, "ann")
    rate = {"source": "USD", "target": "EUR", "on_day": "2026-03-01", "rate_e9": 900_000_000}
    with fin.store.write("rate") as work:
        old = work.insert("fx_rate", rate)
    world.heal()
    with fin.store.write("rate") as work:
        work.execute("DELETE FROM fx_rate WHERE id = ?", (old,))
        new = work.insert("fx_rate", rate)
    world.heal()
    assert ann.store.rows("SELECT id FROM fx_rate") == [(new,)]
    check_all_agree(world)


def test_of_two_versions_only_one_is_accepted_even_where_the_second_is_born_so(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    quote, version = add_quote(world, mia)
    sent = {"state": "sent", "sent_at": "2026-03-02T08:00:00.000Z", "content_hash": "a" * 64}
    with mia.store.write("quote send") as work:
        work.update("quote_version", version, sent)
    world.heal()
    with mia.store.write("quote accept") as work:
        work.update("quote_version", version, {"state": "accepted"})
    world.sync(mia)
    with ann.store.write("import") as work:
        born = {**sent, "quote_id": quote, "revision": 2, "quoted_on": "2026-03-01", "priced_on": "2026-03-01"}
        work.insert("quote_version", {**born, "state": "accepted"})
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.rows("SELECT id FROM quote_version WHERE state = 'accepted'") == [(version,)]
    check_all_agree(world)


@pytest.mark.parametrize("choice", [inbox.THEIRS, inbox.DISMISSED])
def test_what_was_settled_in_the_inbox_is_settled_for_good(world: World, choice: str) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.heal()
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    world.heal()
    desk = Desk(ann.store, load_config(Path("sfa.toml")))
    inbox.resolve(desk, inbox.entries(desk)[0].id, choice)
    world.heal()
    for laptop in (ann, mia):
        assert laptop.store.rows("SELECT status FROM inbox_entry") == [(choice,)]
    check_all_agree(world)


def test_nobody_writes_into_an_inbox_but_to_settle(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.heal()
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    world.heal()
    entry = ann.store.value("SELECT id FROM inbox_entry")
    with ann.store.write("forge") as work:
        work.update("inbox_entry", entry, {"sentence": "All is well."})
    world.heal()
    assert ann.store.value("SELECT sentence FROM inbox_entry WHERE id = ?", (entry,)) != "All is well."


def test_what_is_written_after_a_laptop_was_put_back_from_a_backup_is_not_lost(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, ann)
    world.heal()
    with closing(sqlite.connect(":memory:")) as backup:
        ann.store.connection.backup(backup)
        rename(ann, pk, "Written after the backup")
        world.heal()
        backup.backup(ann.store.connection)
    rename(ann, pk, "Written after the restore")
    second = add_account(world, ann, "Second")
    world.heal()
    for laptop in (mia, ann):
        assert name_of(laptop.store, pk) == "Written after the restore"
        assert name_of(laptop.store, second) == "Second"
    check_all_agree(world)


def test_a_laptop_that_was_put_back_and_has_nothing_to_say_is_quiet(world: World) -> None:
    ann = named(world, "ann")
    pk = add_account(world, ann)
    world.heal()
    with closing(sqlite.connect(":memory:")) as backup:
        ann.store.connection.backup(backup)
        rename(ann, pk, "Written after the backup")
        world.heal()
        backup.backup(ann.store.connection)
    world.heal()
    assert name_of(ann.store, pk) == "Written after the backup"
    check_all_agree(world)
    oracles.check_silent(world)


def test_a_link_that_was_set_anew_forgets_the_record_that_it_waited_for(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    hidden, seen = add_account(world, mia, "Hidden", None), add_account(world, mia, "Seen")
    below = add_account(world, mia, "Below")
    set_parent(mia, below, hidden)
    world.heal()
    set_parent(mia, below, seen)
    world.heal()
    with mia.store.write("account edit") as work:
        work.update("account", hidden, {"territory_id": world.areas[0]})
    world.heal()
    assert parent_of(ann, below) == seen
    check_all_agree(world)


def test_what_hangs_on_a_record_that_is_deleted_here_meanwhile_waits_for_the_verdict(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    account = add_account(world, mia)
    with ann.store.write("contact add") as work:
        contact = work.insert("contact", {"name": "Jane", "owner_id": ann.user})
    world.heal()
    with mia.store.write("role") as work:
        role = work.insert("contact_role", {"account_id": account, "contact_id": contact})
    world.sync(mia)
    deleted: list[str] = []
    whole = world.server.handle

    def handle(*parts: Any) -> bytes:  # noqa: ANN401 - those of the server
        answer = whole(*parts)
        if parts[1] == ann.device and not deleted:
            deleted.append(contact)
            with ann.store.write("contact delete") as work:
                work.execute("DELETE FROM contact WHERE id = ?", (contact,))
        return answer

    monkeypatch.setattr(world.server, "handle", handle)
    world.heal()
    assert ann.store.rows("SELECT id FROM contact_role WHERE contact_id = ?", (contact,)) == [(role,)]
    check_all_agree(world)


def test_a_row_that_comes_back_whole_is_not_overwritten_by_what_waited_aside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia, fin = named(world, "mia"), named(world, "fin")
    account = add_account(world, mia)
    with mia.store.write("contact add") as work:
        contact = work.insert("contact", {"name": "Jane", "owner_id": mia.user})
        role = work.insert("contact_role", {"account_id": account, "contact_id": contact})
    world.heal()
    refused = add_account(world, fin, "Finance adds no accounts", None)
    moved: list[str] = []
    whole = world.server.handle

    def handle(*parts: Any) -> bytes:  # noqa: ANN401 - those of the server
        answer = whole(*parts)
        if parts[1] == fin.device and not moved:
            moved.append(role)
            with fin.store.write("role moves") as work:
                work.update("contact_role", role, {"account_id": refused})
        return answer

    monkeypatch.setattr(world.server, "handle", handle)
    world.heal()
    assert fin.store.value("SELECT account_id FROM contact_role WHERE id = ?", (role,)) == account
    assert not fin.store.rows("SELECT 1 FROM sync_gap")
    check_all_agree(world)
