"""A contact's and an account's screen: wishes, roles and relations among the facts, everything in the timeline."""

from pathlib import Path

from sfa.services import consent, relations
from sfa.services.desk import Desk
from tests.support.driver import LARGE, Driver, desk_driver
from tests.support.factories import a_contact, an_account, an_activity, an_event


def a_book(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    jane = a_contact(desk, name="Jane Doe", account=acme, role="CFO", preferred_channel="visit")
    omar = a_contact(desk, name="Omar Haddad", account=acme)
    consent.say(desk, jane, consent.Word("email", "forbidden", source="[b]web[/b] form"))
    relations.relate(desk, "contact", omar, "influences", jane)
    an_activity(desk, subject="Talk about golf", contact=omar, account=None, started="2026-03-09T10:00")
    an_event(desk, subject="Weekly", account=acme, starts="2026-03-16T09:00", repeats="every monday")


def facts(drive: Driver) -> str:
    """Return the left half of the screen as one line."""
    return " ".join(" ".join(line[1:39] for line in drive.lines).split())


async def test_a_contact_shows_wishes_roles_and_relations_and_leads_to_the_other(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, size=LARGE, fill=a_book) as drive:
        await drive.press("3", "tab", "enter")
        for words in (
            "How to reach 1 e-mail forbidden for sales ([b]web[/b] form, 2026-03-10)",
            "Roles 1 Acme CFO, since 2026-03-10",
            "Relations 1 is influenced by Omar Haddad",
        ):
            assert words in facts(drive), words
        await drive.press("end", "enter")
        assert "Contact: Omar Haddad" in drive.text
        assert "influences Jane Doe" in drive.text


async def test_an_account_warns_of_what_its_people_forbid_and_tells_the_future_first(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, size=LARGE, fill=a_book) as drive:
        await drive.press("3", "enter")
        assert "CFO, prefers visits, NO e-mail" in facts(drive)
        kinds = [row["kind"] for row in drive.rows]
        assert kinds[0] == "event"
        assert {"event", "call", "consent", "role"} <= set(kinds)
        await drive.press("tab")
        await drive.go_to("Talk about golf")
        await drive.press("enter")
        assert "Activity: Talk about golf" in drive.text
