"""Two people make a record of one company: who may see both is asked, once; nobody else hears of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db.store import UnitOfWork
from sfa.errors import ConflictError
from sfa.server.handle import Server
from sfa.sync import inbox
from sfa.sync.protocol import MOST_UNPACKED, decode
from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.deeds import Deed
from tests.sync.test_by_file import desk_of
from tests.sync.test_lessons import named
from tests.sync.world import Laptop, World

NAMES = ("Nordbau", "Rheinstahl", "Westglas")


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A company with a calm network and an administrator; everybody has synced once."""
    made = make_world(1, is_calm=True)
    made._person("ada", "admin", None)
    for laptop in made.laptops:
        made.sync(laptop)
    return made


def account(world: World, laptop: Laptop, area: int | None, name: str = "Nordbau", domain: str | None = None) -> str:
    values = {
        "name": name,
        "match_key": name.casefold(),
        "domain": domain,
        "owner_id": laptop.user,
        "territory_id": None if area is None else world.areas[area],
    }
    with laptop.store.write("account add") as work:
        return work.insert("account", values)


def asked(laptop: Laptop) -> list[tuple[str, ...]]:
    return [entry.lines[0][1:3] for entry in inbox.entries(desk_of(laptop))]


def test_only_who_may_see_both_is_asked_and_once(world: World) -> None:
    ann, bob, ada = (named(world, name) for name in ("ann", "bob", "ada"))
    hers, his = account(world, ann, 0), account(world, bob, 1)
    world.heal()
    refs = [ada.store.value("SELECT ref FROM account WHERE id = ?", (pk,)) for pk in (his, hers)]
    assert asked(ada) == [tuple(f"Nordbau ({ref})" for ref in refs)]
    for laptop in world.laptops:
        assert laptop is ada or asked(laptop) == []
    (entry,) = inbox.entries(desk_of(ada))
    assert (entry.kind, entry.sentence) == ("perhaps twice", "The same name as a record of somebody else.")
    with pytest.raises(ConflictError, match="are two records"):
        inbox.resolve(desk_of(ada), entry.id, inbox.MINE)
    inbox.resolve(desk_of(ada), entry.id, inbox.DISMISSED)
    for name in ("Other", "Nordbau"):
        with bob.store.write("account edit") as work:
            work.update("account", his, {"name": name, "match_key": name.casefold()})
        world.heal()
    assert asked(ada) == []
    oracles.check_converged(world)


def test_no_answer_to_anybody_else_differs_by_a_byte(make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a record of another area has the same name cannot be told from what comes back."""
    told: list[list[object]] = []
    whole = Server.handle
    for name in ("Nordbau", "Unheard of"):
        world = make_world(1, is_calm=True)
        world._person("ada", "admin", None)
        world.heal()
        ann, bob = named(world, "ann"), named(world, "bob")
        account(world, ann, 0)
        world.heal()
        answers: list[object] = []

        def handle(
            self: Server,
            org: str,
            device: str,
            body: bytes,
            *rest: object,
            keep: list[object] = answers,
            who: str = bob.device,
        ) -> bytes:
            answer = whole(self, org, device, body, *rest)  # type: ignore[arg-type]
            if device == who:
                message = decode(answer, most=MOST_UNPACKED)
                for change in message["changes"]:
                    change["rows"].pop("account", None)
                keep.append({key: message[key] for key in ("verdicts", "grants", "changes", "more", "last_n")})
            return answer

        with monkeypatch.context() as patch:
            patch.setattr(Server, "handle", handle)
            account(world, bob, 1, name)
            world.heal()
        told.append(answers)
    assert told[0] == told[1]


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_manager_is_asked_about_those_who_report_to_them(world: World, is_seen: bool) -> None:  # noqa: FBT001 - a case
    ann, bob, mia = (named(world, name) for name in ("ann", "bob", "mia"))
    account(world, ann, None)
    account(world, bob, None if is_seen else 1)
    world.heal()
    assert len(asked(mia)) == is_seen


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("phone", {"number": "0511 2345", "e164": "+495112345", "kind": "work"}),
        ("email", {"address": "K@x.example", "folded": "k@x.example"}),
    ],
)
def test_people_are_told_by_phone_and_mail_but_not_by_name(world: World, table: str, values: dict[str, str]) -> None:
    ada = named(world, "ada")
    for name in ("ann", "bob"):
        laptop = named(world, name)
        with laptop.store.write("contact add") as work:
            values_of = {"name": "Karin Meier", "match_key": "karin meier", "owner_id": laptop.user}
            work.insert("contact", values_of)
    world.heal()
    assert asked(ada) == []
    for name in ("ann", "bob"):
        laptop = named(world, name)
        contact = laptop.store.value("SELECT id FROM contact")
        with laptop.store.write("contact edit") as work:
            work.insert(table, {"contact_id": contact, **values})
    world.heal()
    assert [line[0][:11] for line in asked(ada)] == ["Karin Meier"]


def gone(work: UnitOfWork, pk: str) -> None:
    work.remove("account", pk)


def renamed(work: UnitOfWork, pk: str) -> None:
    work.update("account", pk, {"match_key": "another"})


@pytest.mark.parametrize("change", [gone, renamed])
def test_what_is_no_more_is_not_asked_about(world: World, change: Callable[[UnitOfWork, str], None]) -> None:
    ann, bob, ada = (named(world, name) for name in ("ann", "bob", "ada"))
    pk = account(world, ann, 0)
    world.heal()
    with ann.store.write("account edit") as work:
        change(work, pk)
    world.heal()
    account(world, bob, 1)
    world.heal()
    assert asked(ada) == []


def test_what_its_writer_sees_is_the_laptop_s_own_question(world: World) -> None:
    ann, ada = named(world, "ann"), named(world, "ada")
    for _ in range(2):
        account(world, ann, 0, domain="nordbau.example")
    world.heal()
    assert asked(ada) == []


class Twins(World):
    """People who all know the same few companies."""

    def all_deeds(self) -> tuple[Deed, ...]:
        return (*super().all_deeds(), *[self._new_account] * 6)

    def _new_account(self, laptop: Laptop, work: UnitOfWork) -> None:
        super()._new_account(laptop, work)
        pk = laptop.store.value("SELECT id FROM account ORDER BY rowid DESC LIMIT 1")
        name = self.random.choice(NAMES)
        work.update("account", pk, {"name": name, "match_key": name.casefold()})


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_nobody_is_told_of_what_is_not_theirs(
    seed: int, tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SFA_TEST_SYNCHRONOUS", "OFF")
    world = Twins(seed, tmp_path, blank)
    world._person("ada", "admin", None)
    oracles.watch(world)
    world.run(120)
    world.heal()
    oracles.check_all(world)
    found = [row for row in oracles.server_rows(world, "inbox_entry").values() if row["kind"] == "duplicate"]
    assert found
    for row in found:
        sight = oracles.Sight(world, next(laptop for laptop in world.laptops if laptop.user == row["user_id"]))
        assert sight.user["role"] in ("manager", "admin")
    world.close()
