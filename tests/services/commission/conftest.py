"""A desk at which a rep sits, under a manager: commissions are about people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.commissions import a_team
from tests.support.factories import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk of a rep in a team."""
    opened = make_desk(tmp_path / "home")
    a_team(opened)
    yield opened
    opened.close()
