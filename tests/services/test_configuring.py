"""Bundles of a workspace, and configurations that quote lines keep."""

from pathlib import Path

import pytest

from sfa.errors import ConflictError, UsageError
from sfa.services import configuring
from tests.support.factories import a_product, make_desk

SMALL = '[[group]]\nid = "g"\n[[group.option]]\nid = "a"\nproduct = "A"\nmax = 3\n[[group.option]]\nid = "b"\nproduct = "B"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / "small.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_a_saved_configuration_pins_the_version_of_its_rules(home: Path) -> None:
    bundle = configuring.load_bundle(home, "small")
    made = configuring.configure(bundle, {"a": 2})
    saved = configuring.read_saved(made.option_json)
    assert (saved.bundle, saved.choices) == ("small", {"a": 2})
    assert configuring.is_current(bundle, saved)
    assert configuring.configure(bundle, saved.choices) == made
    (home / "bundles" / "small.toml").write_text(SMALL + "# later\n", encoding="utf-8")
    assert not configuring.is_current(configuring.load_bundle(home, "small"), saved)


def test_prices_come_from_the_book_by_code(home: Path) -> None:
    desk = make_desk(home)
    a_product(desk, name="A", code="A", price="10.05 USD")
    a_product(desk, name="Old B", code="B", price="5 USD", is_active="no")
    made = configuring.configure(
        configuring.load_bundle(home, "small"), {"a": 3, "b": 1}, configuring.book_prices(desk)
    )
    desk.close()
    assert [total.decimal_string() for total in made.totals] == ["30.15"]
    assert made.unpriced == 1


def test_a_name_that_begins_two_bundles_is_not_guessed(home: Path) -> None:
    (home / "bundles" / "smaller.toml").write_text(SMALL, encoding="utf-8")
    assert configuring.load_bundle(home, "small").model.id == "small"
    with pytest.raises(ConflictError) as caught:
        configuring.load_bundle(home, "sma")
    assert caught.value.candidates == ("small", "smaller")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"bundle":"x","version":"y","choices":{"a":"many"}}', "null"])
def test_what_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        configuring.read_saved(text)


def test_the_page_shows_the_bundle_of_the_demo() -> None:
    page = Path(__file__).parents[2] / "docs" / "configurator.md"
    shipped = Path(configuring.__file__).with_name("demo_bundle.toml").read_text(encoding="utf-8")
    assert f"```toml\n{shipped}```" in page.read_text(encoding="utf-8")
