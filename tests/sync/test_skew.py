"""Laptops and servers of different versions of the schema: who is understood, who waits, and that nothing is lost."""

import json
from typing import Any

import pytest

from db import migrations
from sfa.config import load_config
from sfa.domain.sharing.versions import Versions
from sfa.server import grants
from sfa.server.handle import Server
from sfa.server.pull import digest, row_hash
from sfa.services.desk import Desk
from sfa.sync import inbox, outbox, session
from sfa.sync.protocol import TOO_OLD, ProtocolError, decode
from sfa.sync.session import rounds
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.conftest import MakeSkewed
from tests.sync.deeds import Laptop
from tests.sync.skewed import NEWEST, Blanks, SkewedWorld, old_tables
from tests.sync.tongues import versions
from tests.sync.world import ORG

SUFFIX = "SELECT suffix FROM contact WHERE id = ?"


def named(world: SkewedWorld, name: str) -> Laptop:
    return next(laptop for laptop in world.laptops if laptop.name == name)


def add(laptop: Laptop, table: str, **values: object) -> str:
    with laptop.store.write(f"{table} add") as work:
        return work.insert(table, values)


def edit(laptop: Laptop, table: str, pk: str, **values: object) -> None:
    with laptop.store.write(f"{table} edit") as work:
        work.update(table, pk, values)


def on_server(world: SkewedWorld, table: str, pk: str) -> dict[str, Any] | None:
    return oracles.server_rows(world, table).get(pk)


def an_account(world: SkewedWorld, laptop: Laptop, name: str = "Nordbau") -> str:
    return add(laptop, "account", name=name, territory_id=world.areas[0], owner_id=laptop.user)


def a_deal(world: SkewedWorld, laptop: Laptop) -> str:
    synced(world, laptop)
    an_account(world, laptop)
    with laptop.store.write("deal") as work:
        world._new_deal(laptop, work)
    synced(world, laptop)
    return str(laptop.store.value("SELECT id FROM opportunity"))


class Way:
    """The way of a laptop to the server; what it refuses is raised."""

    def __init__(self, world: SkewedWorld, laptop: Laptop) -> None:
        self._world, self._laptop = world, laptop
        self.asked: list[dict[str, Any]] = []

    def send(self, _path: str, body: bytes) -> bytes:
        self.asked.append(decode(body))
        return self._world.send(self._laptop, body)


def synced(world: SkewedWorld, laptop: Laptop) -> list[dict[str, Any]]:
    """Let a laptop sync to the end, and return what it asked."""
    way = Way(world, laptop)
    list(rounds(laptop.store, way, lambda *_: True, laptop.versions))
    return way.asked


@pytest.mark.parametrize("theirs", [1, 2, 3])
@pytest.mark.parametrize("ours", [1, 2, 3])
def test_each_version_of_a_laptop_meets_each_version_of_a_server(
    ours: int, theirs: int, make_skewed: MakeSkewed
) -> None:
    behind = max(theirs - ours, 0)
    world = make_skewed(1, behind={"ann": behind}, is_calm=True)
    world.database.execute("UPDATE s_org SET schema_no = ? WHERE org = ?", (theirs, ORG))
    world.server = Server(world.database, world.new_id, versions(theirs))
    ann = named(world, "ann")
    ann.versions = Versions(ours)
    written = {"label": "Dr|jr"} if behind else {"prefix": "Dr", "suffix": "jr"}
    pk = add(ann, "contact", name="Jane", **written)
    if theirs - ours in (0, 1):
        synced(world, ann)
    else:
        with pytest.raises(ProtocolError, match="older sfa" if ours > theirs else "too old") as refused:
            synced(world, ann)
        assert refused.value.status == TOO_OLD
        assert (refused.value.detail["schema"], refused.value.detail["oldest"]) == (theirs, max(theirs - 1, 1))
    row = on_server(world, "contact", pk)
    is_understood = ours <= theirs
    assert (row is not None) == is_understood
    assert row is None or (row["prefix"], row["suffix"]) == ("Dr", "jr")
    assert outbox.waiting(ann.store) == (0 if is_understood else 1)
    assert bool(ann.store.value("SELECT count(*) FROM territory")) == (theirs - ours in (0, 1))
    edit(ann, "contact", pk, name="Jane Doe")  # whatever the server says, work goes on
    assert oracles.laptop_rows(ann, "contact")[pk] | written == oracles.laptop_rows(ann, "contact")[pk]


def test_what_waits_through_an_upgrade_is_sent_in_its_old_words_and_understood(make_skewed: MakeSkewed) -> None:
    world = make_skewed(1, behind={"ann": 1}, is_calm=True)
    ann = named(world, "ann")
    synced(world, ann)
    account = add(ann, "account", name="Nordbau", owner_id=ann.user, remark="big", fax="7")
    outbox.gather(ann.store, State(ann.store, ann.versions))
    contact = add(ann, "contact", name="Jane", label="Dr|jr", owner_id=ann.user)
    world.upgrade(ann)
    edit(ann, "account", account, description="huge")
    asked = synced(world, ann)
    assert [(one[2], one[9]) for one in asked[0]["mutations"]] == [("account", 2), ("contact", 2), ("account", 3)]
    assert asked[0]["mutations"][0][4]["remark"] == "big"
    row = on_server(world, "account", account)
    assert row is not None
    assert (row["description"], "fax" in row) == ("huge", False)
    assert ann.store.value(SUFFIX, (contact,)) == "jr"
    assert outbox.waiting(ann.store) == 0
    world.heal()
    oracles.check_converged(world)


def test_after_an_upgrade_the_tables_and_columns_that_came_since_are_asked_for_once(make_skewed: MakeSkewed) -> None:
    world = make_skewed(2, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    deal = a_deal(world, mia)
    edit(mia, "opportunity", deal, type="renewal")
    synced(world, mia)
    synced(world, ann)
    assert "type" not in oracles.laptop_rows(ann, "opportunity")[deal]
    before = State(ann.store).cursors()
    world.upgrade(ann)
    assert oracles.laptop_rows(ann, "opportunity")[deal]["type"] == "new"
    asked = synced(world, ann)
    assert asked[0]["renew_tables"] == ["account", "contact", "inbox_entry", "opportunity", "phone"]
    assert asked[0]["cursors"] == before
    assert oracles.laptop_rows(ann, "opportunity")[deal]["type"] == "renewal"
    assert "renew" not in synced(world, ann)[0]
    world.heal()
    oracles.check_silent(world)


def test_asking_anew_goes_on_where_it_was_cut_off(make_skewed: MakeSkewed, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_skewed(3, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    synced(world, mia)
    account = an_account(world, mia)
    for number in range(7):
        contact = add(mia, "contact", name=f"C{number}", prefix=f"P {number}", suffix="jr", owner_id=mia.user)
        add(mia, "contact_role", account_id=account, contact_id=contact)
    synced(world, mia)
    synced(world, ann)
    world.upgrade(ann)
    with ann.store.write(outbox.APPLIED, "as a migration would leave it") as work:
        work.execute("UPDATE contact SET prefix = NULL")
    monkeypatch.setattr(session, "MOST_ROWS", 2)
    monkeypatch.setattr(session, "MANY_ROWS", 2)
    way = Way(world, ann)
    for _ in range(3):
        next(rounds(ann.store, way, lambda *_: True, ann.versions))
    synced(world, ann)
    assert len({json.dumps(one["renew"]) for one in way.asked}) == 3
    assert {row["prefix"] for row in oracles.laptop_rows(ann, "contact").values()} == {f"P {n}" for n in range(7)}
    world.heal()
    oracles.check_converged(world)


def test_an_old_laptop_s_change_of_one_part_leaves_another_s_change_of_the_other(make_skewed: MakeSkewed) -> None:
    world = make_skewed(4, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    synced(world, mia)
    account = an_account(world, mia)
    contact = add(mia, "contact", name="Jane", prefix="Dr", suffix="jr", owner_id=mia.user)
    add(mia, "contact_role", account_id=account, contact_id=contact)
    phone = add(mia, "phone", contact_id=contact, number="1", kind="work", e164="41-44")
    for laptop in (mia, ann):
        synced(world, laptop)
    assert oracles.laptop_rows(ann, "contact")[contact]["label"] == "Dr|jr"
    edit(mia, "contact", contact, suffix="sr")
    edit(ann, "contact", contact, label="Prof|jr")
    edit(ann, "phone", phone, line="45")
    world.heal()
    row = on_server(world, "contact", contact)
    assert row is not None
    assert (row["prefix"], row["suffix"]) == ("Prof", "sr")
    assert oracles.laptop_rows(ann, "contact")[contact]["label"] == "Prof|sr"
    assert oracles.laptop_rows(mia, "phone")[phone]["e164"] == "41-45"
    world.heal()
    oracles.check_converged(world)


def test_a_field_that_the_server_has_no_more_is_shown_as_the_server_has_it(make_skewed: MakeSkewed) -> None:
    world = make_skewed(4, behind={"ann": 1}, is_calm=True)
    ann = named(world, "ann")
    synced(world, ann)
    account = an_account(world, ann)
    synced(world, ann)
    edit(ann, "account", account, fax="044 1")
    synced(world, ann)
    assert oracles.laptop_rows(ann, "account")[account]["fax"] == "none"
    assert outbox.waiting(ann.store) == 0


def test_a_laptop_two_versions_behind_sends_and_gets_all_once_it_is_upgraded(
    make_skewed: MakeSkewed, blanks: Blanks
) -> None:
    with old_tables(blanks[1]):
        world = make_skewed(5, layers=1, behind={"ann": 1}, is_calm=True)
        mia, ann = named(world, "mia"), named(world, "ann")
        deal = a_deal(world, mia)
        world.heal()
    world.upgrade_server()
    world.upgrade(mia)
    attachment = add(mia, "attachment", name="Plan", path="plan.pdf", account_id=an_account(world, mia, "Roofers"))
    edit(mia, "opportunity", deal, amount_minor=500)
    synced(world, mia)
    edit(ann, "opportunity", deal, story="from the road", amount_minor=700)
    with pytest.raises(ProtocolError, match="too old"):
        synced(world, ann)
    row = on_server(world, "opportunity", deal)
    assert row is not None
    assert (row["description"], row["amount_minor"], outbox.waiting(ann.store)) == ("from the road", 500, 0)
    assert oracles.laptop_rows(ann, "opportunity")[deal]["amount_minor"] == 500  # its verdict brought the true row
    assert not ann.store.value("SELECT count(*) FROM inbox_entry")
    world.upgrade(ann)
    synced(world, ann)
    assert attachment in oracles.laptop_rows(ann, "attachment")
    assert ann.store.value("SELECT mine FROM inbox_entry WHERE row_id = ?", (deal,)) == '{"amount_minor":700}'
    world.heal()
    oracles.check_converged(world)


def test_a_laptop_ahead_of_its_server_sends_what_that_understands_and_keeps_the_rest(
    make_skewed: MakeSkewed, blanks: Blanks
) -> None:
    with old_tables(blanks[1]):
        world = make_skewed(6, layers=1, is_calm=True, behind={})
        ann = named(world, "ann")
        synced(world, ann)
        account = an_account(world, ann)
        edit(ann, "account", account, remark="before the upgrade")
        world.upgrade(ann)
        edit(ann, "account", account, description="after it")
        for _ in range(2):
            with pytest.raises(ProtocolError, match="older sfa"):
                synced(world, ann)
        row = on_server(world, "account", account)
        assert row is not None
        assert (row["remark"], outbox.waiting(ann.store)) == ("before the upgrade", 1)
    world.upgrade_server()
    synced(world, ann)
    row = on_server(world, "account", account)
    assert row is not None
    assert (row["description"], outbox.waiting(ann.store)) == ("after it", 0)
    oracles.check_whole(world)


def test_what_was_not_taken_is_told_in_the_laptop_s_words_before_and_after_its_upgrade(
    make_skewed: MakeSkewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_skewed(7, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    synced(world, mia)
    account = an_account(world, mia)
    world.heal()
    edit(ann, "account", account, remark="mine", territory_id=world.areas[1])
    synced(world, ann)
    (mine,) = ann.store.rows("SELECT mine FROM inbox_entry WHERE row_id = ?", (account,))
    assert json.loads(mine[0])["remark"] == "mine"
    world.upgrade(ann)
    monkeypatch.setattr(migrations, "shipped_versions", lambda: versions(NEWEST))
    desk = Desk(ann.store, load_config(ann.store.workspace.config))
    (entry,) = inbox.entries(desk)
    assert ("description", "mine", None, None) in [(one.name, one.mine, one.theirs, one.before) for one in entry.fields]
    inbox.resolve(desk, entry.ref, inbox.MINE)
    assert oracles.laptop_rows(ann, "account")[account]["description"] == "mine"


def test_a_digest_is_of_the_rows_as_the_laptop_has_them(make_skewed: MakeSkewed) -> None:
    world = make_skewed(8, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    a_deal(world, mia)
    world.heal()
    device = world.server.device(ORG, ann.device)
    bucket = f"t:{world.areas[0]}"
    told = digest(world.database, ORG, grants.grants(world.database, ORG, ann.user)[bucket], device.words)
    rows = ann.store.rows("SELECT table_name, row_id FROM sync_row WHERE bucket = ?", (bucket,))
    total = sum(row_hash(table, oracles.laptop_rows(ann, table)[pk]) for table, pk in rows)
    assert (told["count"], told["hash"]) == (len(rows), f"{total & ((1 << 64) - 1):016x}")


def test_a_program_whose_book_another_one_has_upgraded_writes_nothing_more(make_skewed: MakeSkewed) -> None:
    world = make_skewed(9, behind={}, is_calm=True)
    ann = named(world, "ann")
    synced(world, ann)
    contact = add(ann, "contact", name="Jane", owner_id=ann.user)
    world.server = Server(world.database, world.new_id, Versions(NEWEST - 1))
    with pytest.raises(ProtocolError, match="being updated") as refused:
        synced(world, ann)
    assert (refused.value.status, on_server(world, "contact", contact)) == (503, None)
    assert outbox.waiting(ann.store) == 1
