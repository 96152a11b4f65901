"""What programs that sync got wrong before: each lesson by itself, on laptops and a server in one process."""

from datetime import timedelta
from typing import Any

import pytest

from db import journal
from db.store import Store
from sfa.config import Config
from sfa.errors import ConflictError
from sfa.server import caring, founding
from sfa.server.judging import Judge
from sfa.services.desk import Desk
from sfa.sync import inbox, outbox
from sfa.sync.apply import TooManyGone
from sfa.sync.protocol import Mutation, ProtocolError, Verdict, decode, encode, mark_of
from sfa.sync.session import request, rounds
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.world import ORG, Laptop, World


def named(world: World, name: str) -> Laptop:
    return next(laptop for laptop in world.laptops if laptop.name == name)


def add_account(world: World, laptop: Laptop, name: str = "Nordbau", area: int | None = 0) -> str:
    values = {"name": name, "owner_id": laptop.user, "territory_id": None if area is None else world.areas[area]}
    with laptop.store.write("account add") as work:
        return work.insert("account", values)


def rename(laptop: Laptop, pk: str, name: str) -> None:
    with laptop.store.write("account edit", f"Renamed to {name}") as work:
        work.update("account", pk, {"name": name})


def name_of(store: Store, pk: str) -> Any:  # noqa: ANN401 - a text or None
    return store.value("SELECT name FROM account WHERE id = ?", (pk,))


def send(world: World, laptop: Laptop) -> tuple[bytes, bytes]:
    """Let the server take what waits, and lose its answer; return the request and that answer."""
    state = State(laptop.store)
    outbox.gather(laptop.store, state)
    body = request(state, outbox.next_batch(laptop.store))
    return body, world.server.handle(ORG, laptop.device, body, world.now)


class Line:
    """A way to a server that answers as it likes."""

    def __init__(self, world: World, laptop: Laptop, change: Any) -> None:  # noqa: ANN401 - a function
        self._world, self._laptop, self._change = world, laptop, change

    def send(self, _path: str, body: bytes) -> bytes:
        answer = decode(self._world.server.handle(ORG, self._laptop.device, body, self._world.now))
        self._change(answer)
        return encode(answer)


def test_b1_a_refused_change_brings_the_true_row_back(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.sync(mia)
    world.sync(ann)
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    world.sync(ann)
    assert ann.store.value("SELECT territory_id FROM account WHERE id = ?", (pk,)) == world.areas[0]
    assert ann.store.value("SELECT count(*) FROM inbox_entry WHERE row_id = ?", (pk,)) == 1


def test_b2_a_repeated_request_whose_first_answer_was_lost_brings_the_true_row_too(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.sync(mia)
    world.sync(ann)
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    send(world, ann)
    world.sync(ann)
    assert ann.store.value("SELECT territory_id FROM account WHERE id = ?", (pk,)) == world.areas[0]
    assert outbox.waiting(ann.store) == 0


def test_b3_only_verdicts_take_work_out_of_the_outbox(world: World) -> None:
    ann = named(world, "ann")
    add_account(world, ann)

    def no_verdicts(answer: dict[str, Any]) -> None:
        answer["verdicts"], answer["last_n"], answer["more"] = [], 99, False

    next(rounds(ann.store, Line(world, ann, no_verdicts)))
    assert outbox.waiting(ann.store) == 1


def test_b5_a_person_who_loses_an_area_loses_its_rows_with_it_in_one_sync(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.sync(mia)
    world.sync(ann)
    founding.put(world.database, ORG, "app_user", {"id": ann.user, "territory_id": world.areas[1]}, world.now)
    world.sync(ann)
    assert name_of(ann.store, pk) is None
    assert not ann.store.rows("SELECT 1 FROM sync_cursor WHERE bucket = ?", (f"t:{world.areas[0]}",))


def test_b6_a_sync_with_nothing_to_say_writes_nothing(world: World) -> None:
    oracles.check_silent(world)


def two_amounts(world: World) -> tuple[Laptop, Laptop]:
    """Let a manager and a rep change an amount; the rep's comes second."""
    mia, ann = named(world, "mia"), named(world, "ann")
    add_account(world, mia)
    with mia.store.write("deal") as work:
        world.random.seed(3)
        world._new_deal(mia, work)
    world.heal()
    pk = mia.store.value("SELECT id FROM opportunity")
    for laptop, amount in ((mia, 500), (ann, 700)):
        with laptop.store.write("amount") as work:
            work.update("opportunity", pk, {"amount_minor": amount})
    world.heal()
    return mia, ann


def test_two_changes_of_an_amount_are_never_merged_and_both_are_kept(world: World) -> None:
    mia, ann = two_amounts(world)
    assert {laptop.store.value("SELECT amount_minor FROM opportunity") for laptop in (mia, ann)} == {500}
    assert ann.store.value("SELECT mine FROM inbox_entry") == '{"amount_minor":700}'


@pytest.mark.parametrize(("choice", "amount"), [("mine", 700), ("theirs", 500)])
def test_what_was_settled_reaches_the_others_and_stays_settled(world: World, choice: str, amount: int) -> None:
    mia, ann = two_amounts(world)
    desk = Desk(ann.store, Config({}))
    inbox.resolve(desk, inbox.entries(desk)[0].id, choice)
    world.heal()
    assert {laptop.store.value("SELECT amount_minor FROM opportunity") for laptop in (mia, ann)} == {amount}
    assert inbox.entries(desk) == []
    assert ann.store.value("SELECT status FROM inbox_entry") == choice


def test_a_manager_is_not_asked_what_the_team_is_asked(world: World) -> None:
    mia, ann = two_amounts(world)
    assert [len(inbox.entries(Desk(laptop.store, Config({})))) for laptop in (mia, ann)] == [0, 1]
    assert [inbox.open_entries(laptop.store) for laptop in (mia, ann)] == [0, 1]


def test_a_change_that_the_server_does_not_bear_keeps_nothing_else_from_it(
    world: World, monkeypatch: pytest.MonkeyPatch, faults: list[str]
) -> None:
    ann, take = named(world, "ann"), Judge.take

    def stumbling(judge: Judge, mutation: Mutation) -> Verdict:
        if mutation.values.get("name") == "Stone":
            raise ValueError(mutation.n)
        return take(judge, mutation)

    monkeypatch.setattr(Judge, "take", stumbling)
    stone, later = add_account(world, ann, "Stone"), add_account(world, ann, "Later")
    world.sync(ann)
    assert "ValueError" in faults.pop()
    assert [entry.row_id for entry in inbox.entries(Desk(ann.store, Config({})))] == [stone]
    assert world.database.rows("SELECT name FROM account WHERE id = ?", (later,)) == [("Later",)]
    assert outbox.waiting(ann.store) == 0


def test_undo_passes_over_what_a_server_sent_and_goes_up_itself(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, ann)
    rename(ann, pk, "Nordbau AG")
    add_account(world, mia, "Other")
    world.heal()
    target = journal.last_to_undo(ann.store)
    assert target is not None
    assert target.summary == "Renamed to Nordbau AG"
    journal.undo(ann.store, target)
    world.heal()
    assert name_of(mia.store, pk) == "Nordbau"


def test_what_somebody_else_changed_since_is_not_undone_blindly(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, ann)
    rename(ann, pk, "Mine")
    world.heal()
    rename(mia, pk, "Hers")
    world.heal()
    target = journal.last_to_undo(ann.store)
    assert target is not None
    with pytest.raises(ConflictError, match="somebody else changed"):
        journal.undo(ann.store, target)
    sent = next(one for one in journal.operations(ann.store) if one.verb == "sync")
    with pytest.raises(ConflictError, match="not undone here"):
        journal.undo(ann.store, sent)


def test_a_server_that_was_put_back_gets_again_what_it_has_forgotten(world: World) -> None:
    ann = named(world, "ann")
    world.copy_server()
    pk = add_account(world, ann)
    world.heal()
    world.restore()
    world.heal()
    assert name_of(named(world, "mia").store, pk) == "Nordbau"
    assert name_of(ann.store, pk) == "Nordbau"


def test_who_was_away_for_half_a_year_reads_anew_and_keeps_what_waits(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    old, kept = add_account(world, mia, "Old"), add_account(world, mia, "Kept")
    world.heal()
    with mia.store.write("account delete") as work:
        work.execute("DELETE FROM account WHERE id = ?", (old,))
    world.sync(mia)
    mine = add_account(world, ann, "Written on the road")
    world.now += timedelta(days=200)
    assert caring.forget_removals(world.database, ORG, world.now - caring.REMEMBERED) > 0
    rename(mia, kept, "Still there")
    world.heal()
    assert [name_of(ann.store, pk) for pk in (old, kept, mine)] == [None, "Still there", "Written on the road"]
    assert name_of(mia.store, mine) == "Written on the road"


def test_a_link_to_a_record_of_somebody_else_is_empty_until_that_record_comes(world: World) -> None:
    mia, fin, ann = named(world, "mia"), named(world, "fin"), named(world, "ann")
    above, below = add_account(world, mia, "Holding", None), add_account(world, mia, "Daughter")
    with mia.store.write("account edit") as work:
        work.update("account", below, {"parent_id": above})
    world.heal()
    sql = "SELECT parent_id FROM account WHERE id = ?"
    assert (ann.store.value(sql, (below,)), fin.store.value(sql, (below,))) == (None, above)
    with mia.store.write("account edit") as work:
        work.update("account", above, {"territory_id": world.areas[0]})
    world.heal()
    assert ann.store.value(sql, (below,)) == above


def test_what_is_meant_for_a_merged_contact_goes_to_the_one_who_stays(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    account = add_account(world, mia)
    with mia.store.write("contacts") as work:
        keep, lose = (work.insert("contact", {"name": name, "owner_id": mia.user}) for name in ("Keep", "Lose"))
        for contact in (keep, lose):
            work.insert("contact_role", {"account_id": account, "contact_id": contact})
    world.heal()
    with mia.store.write("contact merge") as work:
        work.update("contact", lose, {"deleted_at": work.at, "merged_into": keep})
    with ann.store.write("phone") as work:
        phone = work.insert("phone", {"contact_id": lose, "number": "123", "kind": "work"})
        work.update("contact", lose, {"description": "met at the fair"})
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.value("SELECT contact_id FROM phone WHERE id = ?", (phone,)) == keep
        assert laptop.store.value("SELECT description FROM contact WHERE id = ?", (keep,)) == "met at the fair"


FOREIGN = {"columns": ["id", "name"], "values": [["019cad8f-ac00-7000-8000-000000000000"], ["x"]]}


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer.update(re="of another request"),
        lambda answer: answer.update(changes="none"),
        lambda answer: answer.pop("grants"),
        lambda answer: answer["changes"][0].update(bucket="t:nobody"),
        lambda answer: answer["changes"][0]["rows"].update(account={"columns": ["id"], "values": [[1]]}),
        lambda answer: answer["changes"][0]["rows"].update(account={"columns": ["name"], "values": [["x"]]}),
        lambda answer: answer["changes"][0]["rows"].update(account={**FOREIGN, "values": [["x"], ["y", "z"]]}),
        lambda answer: answer["changes"][0]["rows"].update(account={**FOREIGN, "values": [["x"], [{"a": 1}]]}),
        lambda answer: answer["changes"][0].update(gone=[["account", 5, ""]]),
        lambda answer: answer["changes"][0].update(to=-1),
    ],
)
def test_an_answer_that_is_none_of_the_protocol_changes_nothing(world: World, change: Any) -> None:  # noqa: ANN401
    mia, ann = named(world, "mia"), named(world, "ann")
    add_account(world, mia)
    world.sync(mia)
    mine = add_account(world, ann, "Mine")
    with pytest.raises(ProtocolError):
        list(rounds(ann.store, Line(world, ann, change)))
    assert name_of(ann.store, mine) == "Mine"
    assert outbox.waiting(ann.store) == 1


@pytest.mark.parametrize(
    "table", ["setting", "operation", "sync_out", "account; DROP TABLE account; --", "journal_state"]
)
def test_a_server_writes_only_shared_tables_and_their_columns(world: World, table: str) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.sync(mia)

    def forge(answer: dict[str, Any]) -> None:
        for part in answer["changes"]:
            part["rows"][table] = FOREIGN
            part["gone"].append([table, pk, "deleted"])
            for data in part["rows"].values():
                if "ref) VALUES (1); --" not in data["columns"]:
                    data["columns"] = [*data["columns"], "ref) VALUES (1); --", "ref"]
                    data["values"] = [*data["values"], data["values"][0], data["values"][0]]

    list(rounds(ann.store, Line(world, ann, forge)))
    assert name_of(ann.store, pk) == "Nordbau"
    assert ann.store.value("SELECT ref FROM account WHERE id = ?", (pk,)) != pk
    assert ann.store.value("SELECT count(*) FROM setting WHERE key = 'x'") == 0


def test_much_of_a_book_leaves_only_after_a_yes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    with mia.store.write("many") as work:
        for number in range(80):
            work.insert("account", {"name": f"A{number}", "owner_id": mia.user, "territory_id": world.areas[0]})
    world.heal()
    founding.put(world.database, ORG, "app_user", {"id": ann.user, "territory_id": world.areas[1]}, world.now)
    line = Line(world, ann, lambda answer: answer.update(re=mark_of(bodies[-1])))
    bodies: list[bytes] = []
    whole = line.send

    def noted(path: str, body: bytes) -> bytes:
        bodies.append(body)
        return whole(path, body)

    monkeypatch.setattr(line, "send", noted)
    with pytest.raises(TooManyGone, match="80 of"):
        list(rounds(ann.store, line))
    assert ann.store.value("SELECT count(*) FROM account") == 80
    list(rounds(ann.store, line, lambda gone, _held: gone == 80))
    assert ann.store.value("SELECT count(*) FROM account") == 0


def test_a_mutation_that_no_one_can_take_does_not_hold_up_those_behind_it(world: World) -> None:
    ann = named(world, "ann")
    add_account(world, ann)
    outbox.gather(ann.store, State(ann.store))
    bad = Mutation(2, "patch", "no_such_table", "x", {"a": 1})
    good = outbox.next_batch(ann.store)
    message = {
        **decode(request(State(ann.store), [*good])),
        "mutations": [*(one.as_json() for one in good), bad.as_json()],
    }
    verdicts = decode(world.server.handle(ORG, ann.device, encode(message), world.now))["verdicts"]
    assert [verdict[1] for verdict in verdicts] == ["ok", "reject"]


def test_a_row_that_no_laptop_could_hold_is_not_taken(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    outbox.gather(ann.store, State(ann.store))
    n = State(ann.store).next_number()
    # A laptop's own table has a default for the type; the server's has none.
    values = {"name": "Bare", "territory_id": world.areas[0], "owner_id": ann.user}
    message = {
        **decode(request(State(ann.store), [])),
        "mutations": [Mutation(n, "create", "account", "a" * 36, values).as_json()],
    }
    answer = decode(world.server.handle(ORG, ann.device, encode(message), world.now))
    assert answer["verdicts"][0][1:3] == ["reject", "rule"]
    world.sync(mia)
    assert name_of(mia.store, "a" * 36) is None


def test_what_is_written_while_a_request_is_on_its_way_stays_on_the_screen(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.heal()
    rename(mia, pk, "Hers")
    world.sync(mia)
    round_trip = rounds(ann.store, Line(world, ann, lambda _answer: rename(ann, pk, "Mine")))
    next(round_trip)
    assert name_of(ann.store, pk) == "Mine"
    world.heal()
    assert name_of(mia.store, pk) == name_of(ann.store, pk)
