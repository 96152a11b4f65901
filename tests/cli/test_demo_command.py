"""`sfa demo`: a folder of its own, made once."""

from pathlib import Path

import pytest

from tests.support.factories import an_account, make_desk
from tests.support.shell import call_cli


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the parent of a workspace `own` and of the demo beside it."""
    place = tmp_path_factory.mktemp("places")
    result = call_cli(["demo", "--no-open"], place / "own")
    assert (result.code, result.stdout) == (0, "")
    assert "150 accounts" in result.stderr
    return place


def test_it_lies_beside_the_own_workspace_which_is_not_touched(made: Path) -> None:
    assert not (made / "own").exists()
    assert (made / "own-demo" / "sales.db").exists()
    assert len(call_cli(["account", "list", "--json"], made / "own-demo").value) == 150


def test_a_second_time_uses_what_is_there(made: Path) -> None:
    for words in ([], ["--scale", "1"], ["--seed", "7"]):
        result = call_cli(["demo", "--no-open", *words], made / "own")
        assert (result.code, "that is there" in result.stderr) == (0, True)


def test_another_demo_in_its_place_must_be_asked_for(made: Path) -> None:
    result = call_cli(["demo", "--no-open", "--seed", "8"], made / "own")
    assert (result.code, "--fresh" in result.stderr) == (4, True)
    result = call_cli(["demo", "--no-open", "--seed", "8", "--fresh"], made / "own")
    assert (result.code, "Making" in result.stderr) == (0, True)


@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_somebody_s_own_data_is_never_touched(tmp_path: Path, words: list[str]) -> None:
    desk = make_desk(tmp_path / "mine")
    an_account(desk, name="Precious")
    desk.close()
    result = call_cli(["demo", "--no-open", "--folder", str(tmp_path / "mine"), *words], tmp_path / "own")
    assert result.code == 4
    assert [row["name"] for row in call_cli(["account", "list", "--json"], tmp_path / "mine").value] == ["Precious"]


def test_there_are_three_scales(tmp_path: Path) -> None:
    assert call_cli(["demo", "--scale", "7", "--no-open"], tmp_path / "own").code == 2
