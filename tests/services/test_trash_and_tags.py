"""The trash, tags, and files that hang on records."""

from hashlib import sha256
from pathlib import Path

import pytest

from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import accounts, attachments, contacts, history, tags, tasks, trash
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_contact, a_task, an_account, an_opportunity, clock_of, column_of, ref_of


def test_the_trash_lists_the_newest_first_and_gives_back(desk: Desk) -> None:
    account, task = an_account(desk, name="Acme"), a_task(desk, subject="Send quote")
    accounts.remove(desk, [account])
    clock_of(desk).advance(minutes=1)
    tasks.remove(desk, [task])
    assert [(item.noun, item.label) for item in trash.trashed(desk)] == [("task", "Send quote"), ("account", "Acme")]
    assert [item.id for item in trash.trashed(desk, "account")] == [account]
    found = trash.find(desk, "acme")
    trash.restore(desk, found.noun, [found.id])
    assert [item.noun for item in trash.trashed(desk)] == ["task"]


def test_the_trash_is_searched_by_reference_too_and_never_guesses(desk: Desk) -> None:
    first, second = an_account(desk, name="Acme"), an_account(desk, name="Acme")
    accounts.remove(desk, [first, second])
    assert trash.find(desk, ref_of(desk, "account", first)).id == first
    with pytest.raises(ConflictError) as error:
        trash.find(desk, "Acme")
    assert len(error.value.candidates) == 2
    with pytest.raises(NotFoundError):
        trash.find(desk, "Bcme")


def test_only_the_trash_is_deleted_for_good(desk: Desk) -> None:
    account = an_account(desk)
    with pytest.raises(ConflictError, match="is not in the trash"):
        trash.purge(desk, [("account", account)])
    accounts.remove(desk, [account])
    clock_of(desk).advance(days=10)
    an_old_enough = trash.empty(desk, older_than_days=30)
    assert an_old_enough.summary == "The trash is empty"
    assert trash.empty(desk, older_than_days=7).count == 1
    assert desk.store.rows("SELECT * FROM account") == []
    history.undo(desk)
    assert trash.trashed(desk)[0].id == account


def test_a_purged_contact_leaves_deals_and_activities_standing(desk: Desk) -> None:
    jane = a_contact(desk)
    deal = an_opportunity(desk, contact=jane)
    contacts.remove(desk, [jane])
    trash.purge(desk, [("contact", jane)])
    assert column_of(desk, "opportunity", deal, "name") == "Acme renewal"
    assert desk.store.rows("SELECT * FROM opportunity_contact") == []


def test_tags_come_and_go_without_touching_others(desk: Desk) -> None:
    first, second = an_account(desk, name="A", tags="vip"), an_account(desk, name="B")
    tags.put_on(desk, "account", [first, second], ["#Q2", "VIP"])
    assert [(tag.name, tag.count) for tag in tags.tags(desk)] == [("Q2", 2), ("vip", 2)]
    tags.take_off(desk, "account", [first], ["vip"])
    assert [(tag.name, tag.count) for tag in tags.tags(desk)] == [("Q2", 2), ("vip", 1)]
    accounts.edit(desk, [second], {"tags": "new"})
    assert [(tag.name, tag.count) for tag in tags.tags(desk)] == [("new", 1), ("Q2", 1), ("vip", 0)]


def test_a_renamed_tag_may_melt_into_another(desk: Desk) -> None:
    an_account(desk, name="A", tags="vip, gold")
    an_account(desk, name="B", tags="vip")
    before = contents(desk)
    tags.rename(desk, "vip", "gold")
    assert [(tag.name, tag.count) for tag in tags.tags(desk)] == [("gold", 2)]
    history.undo(desk)
    assert contents(desk) == before
    tags.rename(desk, "vip", "VIP")
    assert [tag.name for tag in tags.tags(desk)] == ["gold", "VIP"]
    with pytest.raises(NotFoundError):
        tags.rename(desk, "silver", "gold")
    with pytest.raises(UsageError):
        tags.rename(desk, "gold", "x" * 61)


def test_a_removed_tag_is_off_every_record_and_can_be_used_again(desk: Desk) -> None:
    account = an_account(desk, tags="vip")
    assert tags.remove(desk, "vip").summary == "Removed tag vip from 1 record"
    assert tags.tags(desk) == []
    accounts.edit(desk, [account], {"tags": "vip"})
    assert [(tag.name, tag.count) for tag in tags.tags(desk)] == [("vip", 1)]


def test_a_file_is_known_by_what_it_held(desk: Desk, tmp_path: Path) -> None:
    account = an_account(desk)
    offer = tmp_path / "offer.txt"
    offer.write_bytes(b"40 seats")
    saved = attachments.attach(desk, "account", account, offer)
    assert saved.id
    (found,) = attachments.attachments(desk, "account", account)
    assert (found.name, found.size_bytes, found.sha256) == ("offer.txt", 8, sha256(b"40 seats").hexdigest())
    assert found.is_present
    offer.unlink()
    assert not attachments.attachments(desk, "account", account)[0].is_present
    attachments.detach(desk, [saved.id])
    assert attachments.attachments(desk, "account", account) == []


def test_no_file_no_attachment(desk: Desk, tmp_path: Path) -> None:
    account = an_account(desk)
    with pytest.raises(NotFoundError, match="cannot be read"):
        attachments.attach(desk, "account", account, tmp_path / "absent.pdf")
    with pytest.raises(UsageError, match="not on task"):
        attachments.attach(desk, "task", a_task(desk), tmp_path)
