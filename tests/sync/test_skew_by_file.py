"""Sync by a stick, and the lease, between laptops and a server of different versions of the schema."""

from pathlib import Path

import pytest

from db import migrations
from sfa.errors import SfaError, StorageError
from sfa.server import bundles
from sfa.sync import by_file, outbox
from sfa.sync.protocol import ProtocolError
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.conftest import MakeSkewed
from tests.sync.skewed import NEWEST
from tests.sync.test_by_file import carry, desk_of, export
from tests.sync.test_skew import a_deal, add, edit, named, on_server, synced
from tests.sync.tongues import older, versions


def test_after_an_upgrade_what_came_since_comes_by_a_stick_too(
    make_skewed: MakeSkewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_skewed(3, behind={"ann": 1}, is_calm=True)
    mia, ann = named(world, "mia"), named(world, "ann")
    deal = a_deal(world, mia)
    others = [add(mia, "account", name=f"No {number}", territory_id=world.areas[0]) for number in range(5)]
    edit(mia, "opportunity", deal, type="renewal")
    world.heal()
    edit(ann, "account", others[0], remark="before the upgrade")
    outbox.gather(ann.store, State(ann.store, ann.versions))
    world.upgrade(ann)
    monkeypatch.setattr(migrations, "shipped_versions", lambda: versions(NEWEST))
    monkeypatch.setattr(by_file, "MANY_ROWS", 2)
    carry(world, ann, tmp_path)
    assert oracles.laptop_rows(ann, "opportunity")[deal]["type"] == "renewal"
    assert (on_server(world, "account", others[0]) or {})["description"] == "before the upgrade"
    assert not State(ann.store).renewing()["buckets"]
    world.heal()
    oracles.check_converged(world)


def test_a_stick_of_a_laptop_that_is_too_old_is_judged_and_says_so(
    make_skewed: MakeSkewed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_skewed(4, behind={"ann": 2}, is_calm=True)
    ann = named(world, "ann")
    contact = add(ann, "contact", name="Jane")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "shipped_versions", lambda: older(1))
        request = export(ann, tmp_path / "ann")
        answer = tmp_path / "answer"
        with pytest.raises(SfaError, match="too old"):
            bundles.answer(world.server, request, answer, world.now)
        with pytest.raises(StorageError, match="too old"):
            by_file.take(desk_of(ann), answer)
    assert (outbox.waiting(ann.store), bool(on_server(world, "contact", contact))) == (0, True)


def test_a_laptop_that_is_too_old_for_rows_has_met_its_server_all_the_same(make_skewed: MakeSkewed) -> None:
    world = make_skewed(5, behind={"ann": 2}, is_calm=True)
    ann = named(world, "ann")
    with pytest.raises(ProtocolError, match="too old"):
        synced(world, ann)
    assert State(ann.store).get("lease")
    assert State(ann.store).get("last_at")
