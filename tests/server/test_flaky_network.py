"""A laptop on a train: the connection breaks at any byte, again and again; nothing is lost, nothing is there twice."""

import os
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from sfa.errors import SfaError
from sfa.server import opening
from sfa.sync import outbox, syncing
from tests.server.test_real_parts import names_of, names_on_server
from tests.support.factories import an_account, make_desk
from tests.support.flaky import FlakyNetwork
from tests.support.sync_servers import Running, code_for

pytestmark = pytest.mark.crash
CUTS = int(os.environ.get("SFA_CUTS", "40"))
LONGEST = 9_000
"""Bytes of a sync both ways, the handshake of TLS included, and somewhat more: some come through."""


def test_a_connection_that_breaks_at_any_byte_loses_nothing_and_doubles_nothing(
    sqlite_place: opening.Place, tmp_path: Path
) -> None:
    running = Running(sqlite_place, tmp_path)
    running.start()
    told: list[str] = []
    with FlakyNetwork(running.port, Random(CUTS), LONGEST) as network, closing(make_desk(tmp_path / "ann")) as desk:
        network.is_calm = True
        address = f"https://localhost:{network.port}"
        syncing.join(desk, address, code_for(sqlite_place, "Ann"), str(running.ca_file))
        network.is_calm = False
        number = 0
        while network.cuts < CUTS:
            an_account(desk, name=f"A{number:05}")
            number += 1
            try:
                syncing.sync(desk)
            except SfaError as error:
                told.append(error.message)
            # What the laptop takes for sent is there.
            assert len(names_on_server(sqlite_place)) >= number - outbox.waiting(desk.store)
        network.is_calm = True
        syncing.sync(desk)
        expected = [f"A{one:05}" for one in range(number)]
        assert names_on_server(sqlite_place) == expected
        assert names_of(desk) == expected
        with closing(make_desk(tmp_path / "bob", seed=2)) as other:
            syncing.join(other, address, code_for(sqlite_place, "Ann"), str(running.ca_file))
            syncing.sync(other)
            assert names_of(other) == expected
    running.stop()
    assert told
    assert all("broke off" in words or "cannot be reached" in words for words in told), set(told)
