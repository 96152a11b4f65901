"""A thief with a token of a rep's: what it forges has no effect on anybody, and no answer tells it anything new."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sfa.ids import RandomIds
from sfa.server import founding
from sfa.server.catalog import shared_tables
from sfa.server.handle import Server
from sfa.sync.protocol import PROTOCOL, Mutation, ProtocolError, decode, encode
from tests.sync.forgeries import FORGERIES, HONEST, Forgery, Scene
from tests.sync.oracles import check_answer
from tests.sync.sight import Sight, filled_tables, server_rows
from tests.sync.world import ORG, Laptop, World

if TYPE_CHECKING:
    from tests.sync.forgeries import Made

OFTEN = 0.1
MOST = 4
TELLING = re.compile(r"w\d{5,}|Customer \S+|Q-20\S+|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}")
"""Words by which a row is known: names, numbers and ids of a simulated company."""
FUTURE = "ffffffffffff-0000-thief"
OWN = ("s_bucket", "s_device", "s_grant", "s_loc", "s_number", "s_row", "s_verdict")


def haunt(world: World, seed: int, forgeries: Mapping[str, Forgery] = FORGERIES) -> None:
    """Let a thief come to a world now and then."""
    world.visitors.append(Thief(world, seed, forgeries).visit)


@dataclass(frozen=True, slots=True)
class _Sent:
    mutations: list[Mutation]
    honest: frozenset[int]


class Thief:
    """Sits at a device of a rep; everything it does comes from a Random of its own."""

    def __init__(self, world: World, seed: int, forgeries: Mapping[str, Forgery]) -> None:
        self._world, self._random, self._forgeries = world, Random(f"thief {seed}"), forgeries
        new_id = RandomIds(lambda: int(world.now.timestamp() * 1000), self._random.randbytes).new
        reps = [laptop for laptop in world.laptops if laptop.role == "rep"]
        victim = self._random.choice(reps)
        code = founding.issue_code(world.database, ORG, victim.user, world.now)
        device = str(founding.enrol(world.database, code, 1, world.now, new_id)["device"])
        self._laptop = Laptop(f"the thief of {victim.name}", victim.user, "rep", device, victim.store)
        self._new_id, self._schema = new_id, 0

    def visit(self) -> None:
        """Come now and then, and forge something."""
        if self._random.random() > OFTEN:
            return
        versions = self._world.server.versions
        served = range(versions.oldest_served, versions.newest + 1)
        self._schema = served[0] if len(served) == 1 else self._random.choice(served)
        if self._random.random() < 0.2:
            self._handle({})  # so that the server knows in which words it is spoken to
            self._send_nonsense()
        else:
            self._send_forged()

    # --- what is no message

    def _send_nonsense(self) -> None:
        last = self._last()
        note = Mutation(last + 1, "create", "note", self._new_id(), {"body": "w123456"}).as_json()
        wrong: dict[str, dict[str, Any]] = {
            "a gap": {"mutations": [[last + 2, *note[1:]]]},
            "too many": {"mutations": [[last + 1 + place, *note[1:]] for place in range(501)]},
            "numbers twice": {"mutations": [note, note]},
            "a nested value": {"mutations": [[*note[:4], {"body": ["w1"]}, *note[5:]]]},
            "an unknown operation": {"mutations": [[note[0], "grant", *note[2:]]]},
            "a cursor below nothing": {"cursors": {"g": [1, -1, 0]}},
            "a schema to come": {"schema": self._world.server.versions.newest + 9},
            "a number that is none": {"mutations": [[True, *note[1:]]]},
        }
        if last:
            wrong["another mutation under an old number"] = {"mutations": [[last, *note[1:]]]}
        name = self._random.choice(sorted(wrong))
        self._world.seen[f"nonsense: {name}"] += 1
        before = self._everything()
        with pytest.raises(ProtocolError) as refusal:
            self._handle(wrong[name])
        assert refusal.value.status in (400, 409, 413, 426), name
        told = dict(refusal.value.detail)
        assert told.pop("grants", self._grants()) == self._grants(), (
            f"{name}: the error tells of somebody else's grants"
        )
        assert not TELLING.search(f"{refusal.value} {told}"), f"{name}: the error tells something"
        assert self._everything() == before, f"{name} left a trace"

    # --- what is forged

    def _send_forged(self) -> None:
        world, laptop = self._world, self._laptop
        before = Sight(world, laptop)
        scene = Scene(self._random, before, laptop.user, self._new_id, world.areas)
        sent = self._mutations(scene)
        if not sent.mutations:
            return
        rows, places = self._rows(), self._places()
        laptop.tables |= {one.n: one.table for one in sent.mutations}
        request = {"mutations": [one.as_json() for one in sent.mutations]}
        answer = self._handle(request)
        after = Sight(world, laptop)
        for n, status, code, _ in answer["verdicts"]:
            mutation = next(one for one in sent.mutations if one.n == n)
            assert (status != "reject") == (n in sent.honest), f"{laptop.name}: {mutation} is {status} {code}"
            if n in sent.honest:
                world.judged.append((laptop, mutation, status))
        self._check_effects(rows, sent)
        if not sent.honest:
            assert self._places() == places, f"{laptop.name} moved something by {sent.mutations}"
        check_answer(world, laptop, answer)
        self._check_words(json.dumps(answer), json.dumps(request), (before, after))
        world._look_at_documents()

    def _mutations(self, scene: Scene) -> _Sent:
        """Return some forgeries, each by itself or in a group with something honest, and some honest work between."""
        made: list[Made] = []
        groups: list[str] = []
        for number in range(self._random.randint(1, MOST)):
            name = self._random.choice(sorted(self._forgeries))
            forged = self._forgeries[name](scene)
            if forged is None or (forged[0] == "patch" and forged[3] == forged[4]):
                continue  # to say that all stays as it is, is no forgery
            self._world.seen[f"forged: {name}"] += 1
            cover = self._random.choice(HONEST)(scene) if self._random.random() < 0.2 else None
            parts = [one for one in (cover, forged) if one]
            made += parts
            groups += [f"group {number}" if cover else ""] * len(parts)
        honest: set[int] = set()
        if self._random.random() < 0.4 and (work := self._random.choice(HONEST)(scene)):
            place = len(made) if not groups or self._random.random() < 0.5 else 0
            made.insert(place, work)
            groups.insert(place, "")
            honest.add(place)
            self._world.seen["honest work of a thief"] += 1
        first = self._last() + 1
        clock = self._random.choice((FUTURE, "", "~" * 30, "000000000000-0000-thief"))
        mutations = [
            Mutation(first + place, op, table, pk, values, base, clock, group, "forged")
            for place, ((op, table, pk, values, base), group) in enumerate(zip(made, groups, strict=True))
        ]
        return _Sent(mutations, frozenset(first + place for place in honest))

    def _check_effects(self, before: dict[str, dict[str, Any]], sent: _Sent) -> None:
        """Nothing is other than it was but what the honest work says, and drafts in the victim's inbox."""
        allowed: dict[tuple[str, str], set[str]] = {}
        for mutation in sent.mutations:
            if mutation.n in sent.honest:
                columns = (
                    set(mutation.values) if mutation.op == "patch" else set(shared_tables()[mutation.table].columns)
                )
                allowed[mutation.table, mutation.row_id] = columns
        for table, rows in self._rows().items():
            for pk in {*rows, *before.get(table, {})}:
                old, new = before.get(table, {}).get(pk), rows.get(pk)
                if old == new:
                    continue
                if table == "inbox_entry":
                    assert old is None, f"an entry of an inbox was forged: {new}"
                    assert new is not None
                    assert new["user_id"] == self._laptop.user, f"an entry of somebody else's inbox was forged: {new}"
                    continue
                differing = {
                    name for name in {**(old or {}), **(new or {})} if (old or {}).get(name) != (new or {}).get(name)
                }
                assert differing <= allowed.get((table, pk), set()), f"{table} {pk} was forged: {old} became {new}"

    @staticmethod
    def _check_words(answer: str, request: str, sights: tuple[Sight, Sight]) -> None:
        """No name, number or id is in an answer that is only in rows which the thief's victim does not see."""
        seen, hidden = set(TELLING.findall(request)), set[str]()
        for sight in sights:
            for table in shared_tables():
                visible = sight.seen(table)
                for pk, row in sight.rows(table).items():
                    (seen if pk in visible else hidden).update(TELLING.findall(json.dumps([*row.values()])))
        told = set(TELLING.findall(answer)) & (hidden - seen)
        assert not told, f"an answer tells of {told}"

    # --- the server

    def _handle(self, parts: dict[str, Any]) -> dict[str, Any]:
        versions = self._world.server.versions
        message = {"protocol": PROTOCOL, "schema": self._schema, "mutations": [], "cursors": {}, **parts}
        # A server of its own: it gives ids of its own, so that a thief changes nothing of what the others do.
        server = Server(self._world.database, self._new_id, versions)
        return decode(server.handle(ORG, self._laptop.device, encode(message), self._world.now))

    def _last(self) -> int:
        sql = "SELECT last_n FROM s_device WHERE org = ? AND device = ?"
        return int(self._world.database.rows(sql, (ORG, self._laptop.device))[0][0])

    def _grants(self) -> list[list[Any]]:
        """Return which buckets the victim gets, as an answer says it."""
        sql = "SELECT bucket, is_writable, profile FROM s_grant WHERE org = ? AND usr = ? ORDER BY bucket"
        return [list(row) for row in self._world.database.rows(sql, (ORG, self._laptop.user))]

    def _rows(self) -> dict[str, dict[str, Any]]:
        return {table: server_rows(self._world, table) for table in filled_tables(self._world)}

    def _places(self) -> list[Any]:
        """Return where all rows are and which version is whose, but for the victim's own bucket."""
        own, rows = f"u:{self._laptop.user}", self._world.database.rows
        return [
            rows(f"SELECT * FROM {table} WHERE bucket <> ? ORDER BY 1, 2, 3, 4", (own,))
            for table in ("s_bucket", "s_loc", "s_row")
        ] + [rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4") for table in ("s_grant", "s_number")]

    def _everything(self) -> list[Any]:
        whole = [self._world.database.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4") for table in OWN]
        return [whole, self._rows()]
