"""Fixtures that every room of tests may ask for."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of sample files, or skip: the project works without them."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the sample data folder ../shared/data is absent")
    return SHARED_DATA
