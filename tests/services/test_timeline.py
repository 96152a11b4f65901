"""One timeline over everything, and the page before a visit."""

import pytest

from sfa.cli.brief import PAGE_LINES, page_lines
from sfa.errors import UsageError
from sfa.services import consent, merging, opportunities, relations, roles, tasks
from sfa.services.brief import brief
from sfa.services.desk import Desk
from sfa.services.timeline import TimelineEntry, Wanted, timeline
from tests.support.factories import (
    TODAY,
    a_contact,
    a_note,
    a_task,
    an_account,
    an_activity,
    an_event,
    an_opportunity,
    clock_of,
)


@pytest.fixture
def acme(desk: Desk) -> str:
    """Return an account around which all kinds of things happened."""
    account = an_account(desk, name="Acme")
    other = an_account(desk, name="Globex")
    jane = a_contact(desk, name="Jane Doe", account=account)
    deal = an_opportunity(desk, name="Renewal", account=account, amount="5k")
    an_activity(desk, kind="visit", subject="At their yard", account=account, started="2026-03-01T10:00")
    an_activity(desk, kind="call", subject="About the deal", opportunity=deal, account=None, started="2026-03-02T10:00")
    an_activity(desk, kind="email", subject="To Jane", contact=jane, account=None, started="2026-03-03T10:00")
    an_activity(desk, kind="call", subject="Jane for Globex", contact=jane, account=other, started="2026-03-04T10:00")
    a_note(desk, body="Likes blue", contact=jane)
    a_task(desk, subject="Send the list", account=account, due="2026-03-20")
    an_event(desk, subject="Weekly", account=account, starts="2026-03-16T09:00", repeats="every monday")
    an_event(desk, subject="Dinner", account=account, starts="2026-03-25T19:00")
    consent.say(desk, jane, consent.Word("email", "forbidden", source="web form"))
    clock_of(desk).advance(hours=1)
    opportunities.edit(desk, [deal], {"stage": "Negotiation"})
    return account


def told(entries: list[TimelineEntry]) -> list[str]:
    return [f"{entry.kind} {entry.title}" for entry in entries]


def test_everything_stands_in_one_list_with_the_future_on_top(desk: Desk, acme: str) -> None:
    found = timeline(desk, "account", acme)
    assert [entry.at for entry in found] == sorted((entry.at for entry in found), reverse=True)
    lines = told(found)
    assert lines.count("event Weekly") > 10
    for line in (
        "event Dinner", "task Send the list", "stage Renewal", "note Likes blue", "consent Jane Doe: email forbidden",
        "role Jane Doe began at Acme", "visit At their yard", "call About the deal", "email To Jane",
    ):  # fmt: skip
        assert line in lines, line
    assert lines.count("stage Renewal") == 2
    assert lines.count("event Dinner") == 1
    assert "call Jane for Globex" not in lines
    assert "call Jane for Globex" in told(timeline(desk, "contact", _jane(desk)))


def _jane(desk: Desk) -> str:
    return str(desk.store.value("SELECT id FROM contact WHERE name = 'Jane Doe'"))


def test_every_line_leads_to_a_record_that_is_there(desk: Desk, acme: str) -> None:
    for entry in timeline(desk, "account", acme):
        assert desk.store.value(f"SELECT 1 FROM {entry.noun} WHERE id = ?", (entry.id,)) == 1, entry


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (Wanted(("call", "visit")), ["call About the deal", "visit At their yard"]),
        (Wanted(first=TODAY.replace(day=2), last=TODAY.replace(day=3)), ["email To Jane", "call About the deal"]),
        (Wanted(("event",), last=TODAY.replace(day=23)), ["event Weekly", "event Weekly"]),
        (Wanted(("demo",)), []),
    ],
)
def test_a_timeline_is_narrowed_by_kinds_and_days(desk: Desk, acme: str, wanted: Wanted, lines: list[str]) -> None:
    assert told(timeline(desk, "account", acme, wanted=wanted)) == lines


def test_a_kind_that_is_none_is_told_with_one_that_is_near(desk: Desk, acme: str) -> None:
    with pytest.raises(UsageError, match="no kind vist") as refused:
        timeline(desk, "account", acme, wanted=Wanted(("vist",)))
    assert "visit" in str(refused.value.hint)


def test_the_accounts_below_are_told_of_where_one_asks(desk: Desk, acme: str) -> None:
    holding = an_account(desk, name="Holding")
    with desk.store.write("test") as work:
        work.update("account", acme, {"parent_id": holding})
    assert "visit At their yard" not in told(timeline(desk, "account", holding))
    assert "visit At their yard" in told(timeline(desk, "account", holding, wanted=Wanted(has_children=True)))


def test_moves_merges_and_what_is_done_are_told(desk: Desk, acme: str) -> None:
    double = an_account(desk, name="Acme again")
    merging.merge(desk, "account", acme, double)
    roles.move(desk, _jane(desk), an_account(desk, name="Initech"), role="CFO")
    tasks.complete(desk, [str(desk.store.value("SELECT id FROM task"))])
    lines = told(timeline(desk, "account", acme))
    for line in ("merged Acme again", "role Jane Doe left Acme", "done Send the list"):
        assert line in lines, line


def test_as_many_questions_are_asked_for_much_as_for_little(desk: Desk, acme: str) -> None:
    def asked() -> int:
        count: list[str] = []
        desk.store.connection.set_trace_callback(count.append)
        brief(desk, acme)
        desk.store.connection.set_trace_callback(None)
        return len(count)

    before = asked()
    for number in range(12):
        person = a_contact(desk, name=f"Person {number}", account=acme)
        an_opportunity(desk, name=f"Deal {number}", account=acme, contact=person)
        an_event(desk, subject=f"Series {number}", account=acme, repeats="every friday")
        consent.say(desk, person, consent.Word("call", "avoid"))
    assert asked() == before


def test_a_brief_tells_what_was_promised_and_what_is_to_come(desk: Desk, acme: str) -> None:
    an_opportunity(desk, name="Upgrade", account=acme, next_step="call the CFO", next_step_on="2026-03-05")
    page = brief(desk, acme)
    assert [line.label for line in page.promises] == ["2026-03-05 LATE", "2026-03-20"]
    assert [entry.title for entry in page.coming][:3] == ["Weekly", "Weekly", "Dinner"]
    assert page.last_visit == "2026-03-01"
    assert [entry.title for entry in page.last_contacts] == ["To Jane", "About the deal", "At their yard"]
    assert {entry.kind for entry in page.news} >= {"stage", "note", "consent"}
    assert all(entry.at > "2026-03-01" for entry in page.news)
    assert "NO e-mail (web form, 2026-03-10)" in page.people[0].text
    assert any("NO next step" in line.text for line in page.open_deals)


def test_a_brief_of_a_busy_account_fits_a_screen_and_says_what_it_leaves_out(desk: Desk, acme: str) -> None:
    for number in range(9):
        person = a_contact(desk, name=f"Person {number}", account=acme, birthday="1980-03-20")
        an_opportunity(desk, name=f"Deal {number}", account=acme, next_step="call", next_step_on="2026-03-12")
        an_activity(desk, subject=f"Call {number}", account=acme)
        relations.relate(desk, "contact", person, "knows", _jane(desk))
    lines = list(page_lines(brief(desk, acme)))
    assert len(lines) <= PAGE_LINES
    assert sum("more" in line for line in lines) >= 5
    assert len(brief(desk, acme).people) == 10
