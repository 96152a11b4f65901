"""Backups: made when they are due, good when they have a name, and thinned out by age."""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from db.backup import list_backups, make_backup, thin_out, to_delete
from db.connection import connect
from sfa.errors import NotFoundError, StorageError
from sfa.paths import Workspace
from sfa.services import care
from sfa.services.desk import Desk
from tests.support.factories import an_account, clock_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PAGE = 4096

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 10), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given beside


def test_a_backup_is_made_once_something_was_written_and_an_hour_has_passed(desk: Desk) -> None:
    folder = desk.store.workspace.folder
    with time_machine.travel(NOW, tick=False) as clock:
        assert care.back_up_if_due(folder) is None
        an_account(desk)
        first = care.back_up_if_due(folder)
        assert first is not None
        assert first.reason == "auto"
        clock.shift(timedelta(minutes=59))
        assert care.back_up_if_due(folder) is None
        clock.shift(timedelta(minutes=2))
        assert care.back_up_if_due(folder) is not None
    assert len(care.list_backups(desk)) == 2


def test_a_backup_from_the_future_does_not_hinder_the_next(desk: Desk) -> None:
    an_account(desk)
    make_backup(desk.store.workspace, "auto", NOW + timedelta(days=400))
    with time_machine.travel(NOW, tick=False):
        assert care.back_up_if_due(desk.store.workspace.folder) is not None


def test_a_backup_holds_what_others_have_only_in_the_log(desk: Desk) -> None:
    an_account(desk, name="Newest")
    made = care.back_up(desk)
    with closing(connect(made.path, read_only=True)) as connection:
        assert connection.execute("SELECT name FROM account").fetchall() == [("Newest",)]


def test_backups_of_one_second_have_names_of_their_own(desk: Desk) -> None:
    names = [care.back_up(desk).name for _ in range(3)]
    assert names == ["20260310T120000-manual", "20260310T120000-manual-1", "20260310T120000-manual-2"]
    assert [info.name for info in care.list_backups(desk)] == names[::-1]


def test_the_copy_of_a_damaged_database_gets_no_name(desk: Desk) -> None:
    an_account(desk)
    workspace = desk.store.workspace
    desk.close()
    content = bytearray(workspace.database.read_bytes())
    content[20 * PAGE : 40 * PAGE] = Random(1).randbytes(20 * PAGE)
    workspace.database.write_bytes(content)
    with pytest.raises(StorageError):
        make_backup(workspace, "manual", NOW)
    assert list(workspace.backups.iterdir()) == []


def test_a_backup_is_found_by_the_beginning_of_its_name(desk: Desk) -> None:
    folder = desk.store.workspace.folder
    with pytest.raises(NotFoundError, match="no backup"):
        care.find_backup(None, folder)
    early = care.back_up(desk)
    clock_of(desk).advance(days=1)
    late = care.back_up(desk)
    assert care.find_backup(None, folder) == late
    assert care.find_backup("20260310", folder) == early
    with pytest.raises(NotFoundError, match="no backup 2025"):
        care.find_backup("2025", folder)


def test_old_automatic_backups_go_and_those_before_a_migration_stay_a_month(desk: Desk) -> None:
    workspace = desk.store.workspace
    for day in range(1, 11):
        make_backup(workspace, "auto", NOW - timedelta(days=day))
    make_backup(workspace, "migration", NOW - timedelta(days=20, minutes=1))
    make_backup(workspace, "migration", NOW - timedelta(days=40, minutes=1))
    assert thin_out(workspace, NOW, (2, 3, 0)) == 8
    kept = [(info.reason, (NOW - info.at).days) for info in list_backups(workspace)]
    assert kept == [("auto", 1), ("auto", 2), ("auto", 3), ("migration", 20)]


def test_what_a_killed_backup_left_goes_after_a_day(desk: Desk) -> None:
    care.back_up(desk)
    folder = desk.store.workspace.backups
    good = {path.name for path in folder.iterdir()}
    names = ["one.part", "one.part-journal", "one.part-wal", "one.part-shm", "20260101T000000-manual.sha256"]
    for age_hours, prefix in ((25, "2"), (23, "3")):
        for name in names:
            path = folder / (prefix + name)
            path.touch()
            moment = (NOW - timedelta(hours=age_hours)).timestamp()
            os.utime(path, (moment, moment))
    thin_out(desk.store.workspace, NOW, (24, 14, 8))
    assert {path.name for path in folder.iterdir()} == good | {f"3{name}" for name in names}


@given(st.lists(moments), st.integers(0, 30), st.integers(0, 20), st.integers(0, 10))
def test_the_newest_backup_is_kept_whatever_is_set(times: list[datetime], hourly: int, daily: int, weekly: int) -> None:
    gone = to_delete(times, keep_hourly=hourly, keep_daily=daily, keep_weekly=weekly)
    kept = set(times) - set(gone)
    assert not times or max(times) in kept
    assert len(kept) <= 1 + hourly + daily + weekly
    assert to_delete(kept, keep_hourly=hourly, keep_daily=daily, keep_weekly=weekly) == []


@given(st.lists(moments, min_size=1))
def test_every_day_that_is_kept_keeps_its_newest(times: list[datetime]) -> None:
    gone = set(to_delete(times, keep_hourly=0, keep_daily=1000, keep_weekly=0))
    for day in {moment.date() for moment in times}:
        of_day = [moment for moment in times if moment.date() == day]
        assert set(of_day) - gone == {max(of_day)}


def test_a_folder_for_backups_that_is_a_file_is_told(tmp_path: Path, desk: Desk) -> None:
    workspace = Workspace(desk.store.workspace.folder)
    workspace.backups.touch()
    with pytest.raises(StorageError, match="could not be made in"):
        make_backup(workspace, "manual", NOW)
