"""Settings written safely."""

import stat
from pathlib import Path

import pytest

from sfa.config import load_config
from sfa.errors import StorageError, UsageError
from sfa.services import settings
from sfa.services.desk import Desk
from tests.support.factories import an_account


def test_a_setting_is_changed_in_the_file_and_at_once(desk: Desk) -> None:
    path = desk.store.workspace.config
    path.write_text('# mine\n[workspace]\ncurrency = "USD"  # dollars\n', encoding="utf-8")
    assert settings.change(desk, "workspace.currency", "eur").summary == "Set workspace.currency to 'EUR'"
    assert path.read_text(encoding="utf-8") == '# mine\n[workspace]\ncurrency = "EUR"  # dollars\n'
    assert desk.currency == "EUR"
    settings.change(desk, "pipeline.stale_days", "45")
    assert load_config(path).number("pipeline.stale_days") == 45
    own = {item.key for item in settings.settings(desk) if item.is_own}
    assert own == {"workspace.currency", "pipeline.stale_days"}


def test_a_setting_goes_back_to_the_shipped_value(desk: Desk) -> None:
    settings.change(desk, "pipeline.stale_days", "45")
    settings.reset(desk, "pipeline.stale_days")
    found = settings.setting(desk, "pipeline.stale_days")
    assert (found.value, found.is_own) == (found.default, False)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("workspace.currency", "XXQ", "no currency"),
        ("workspace.country", "Germany", "no country"),
        ("workspace.dates", "mixed", "no order of dates"),
        ("pipeline.stale_days", "many", "whole number"),
        ("nothing.here", "1", "no setting"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_the_file_stays(desk: Desk, key: str, text: str, words: str) -> None:
    before = desk.store.workspace.config.read_bytes()
    with pytest.raises(UsageError, match=words):
        settings.change(desk, key, text)
    assert desk.store.workspace.config.read_bytes() == before


def test_a_new_name_is_signed_with_from_now_on(desk: Desk) -> None:
    an_account(desk)
    settings.change(desk, "user.name", "Sam Rep")
    an_account(desk)
    assert desk.store.rows("SELECT name FROM app_user") == [("Sam Rep",)]
    assert desk.store.value("SELECT actor FROM operation ORDER BY rowid DESC LIMIT 1") == "Sam Rep"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sfa.toml"
    settings.write_whole(path, "old")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def fail(_self: Path, _target: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError, match="No space left"):
        settings.write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["sfa.toml"]
