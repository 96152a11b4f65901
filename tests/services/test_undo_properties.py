"""Whatever was done can be undone step by step, and done again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.domain.fields import LOSS_REASONS, NOUNS
from sfa.errors import SfaError
from sfa.services import activities, contacts, history, opportunities, records, tags, tasks, trash
from sfa.services.desk import Desk
from tests.support.contents import Contents, contents
from tests.support.factories import an_account, clock_of, make_desk

WORDS = ("Acme", "东方仪器", "Österreichische Post", "O'Neil [/red]", "x" * 200, "café")
STAGES = ("qual", "needs", "solution", "proposal", "nego", "next", "back", "won", "lost")


@dataclass
class Story:
    """A desk, and the records that a random story has made so far."""

    desk: Desk
    random: Random
    ids: dict[str, list[str]] = field(default_factory=lambda: {noun: [] for noun in NOUNS})

    def word(self) -> str:
        return self.random.choice(WORDS)

    def some(self, noun: str) -> str | None:
        return self.random.choice(self.ids[noun]) if self.ids[noun] else None

    def several(self, noun: str) -> list[str]:
        known = self.ids[noun]
        return self.random.sample(known, self.random.randint(1, len(known))) if known else ["nobody"]

    def add(self, noun: str, **values: object) -> None:
        chosen = {name: value for name, value in values.items() if value is not None}
        saved = records.verbs_of(noun).add(self.desk, chosen)
        assert saved.id
        self.ids[noun].append(saved.id)


def _add_account(story: Story) -> None:
    story.add(
        "account",
        name=story.word(),
        parent=story.some("account"),
        phone="+4930123456",
        email="a@b.example",
        city=story.word(),
        tags=["vip", story.word()[:60]],
        annual_revenue=f"{story.random.randint(0, 10**6)} EUR",
    )


def _add_contact(story: Story) -> None:
    story.add("contact", name=f"Jane {story.word()[:50]}", account=story.some("account"), mobile="0170 123456")


def _add_deal(story: Story) -> None:
    story.add(
        "opportunity",
        name=story.word(),
        account=story.some("account"),
        contact=story.some("contact"),
        product=story.some("product"),
        amount=str(story.random.randint(0, 10**6)),
        probability=story.random.choice([None, "35%"]),
        outcome=story.random.choice([None, None, "won"]),
    )


def _add_others(story: Story) -> None:
    story.add("product", name=story.word(), price="12.5 USD", tags=None)
    people = [person for person in (story.some("contact"), story.some("contact")) if person]
    story.add("activity", kind="call", contact=people or None, opportunity=story.some("opportunity"))
    story.add("task", subject=story.word(), due="tomorrow", account=story.some("account"))
    story.add("note", body=f"{story.word()}\nsecond line", contact=story.some("contact"))
    story.add("event", subject=story.word(), starts="tomorrow 10:00", account=story.some("account"))


def _edit(story: Story) -> None:
    noun = story.random.choice(["account", "contact", "opportunity"])
    values: dict[str, dict[str, object]] = {
        "account": {
            "name": story.word(),
            "phone": story.random.choice([None, "+4930999"]),
            "tags": "+new,-vip",
            "city": None,
        },
        "contact": {"account": story.some("account"), "role": "buyer", "email": "j@b.example", "title": story.word()},
        "opportunity": {"amount": "17k", "probability": story.random.choice([None, "45%"]), "close_date": "2026-12-31"},
    }
    records.verbs_of(noun).edit(story.desk, story.several(noun), values[noun])


def _move(story: Story) -> None:
    reason = story.random.choice(LOSS_REASONS[:-1])
    opportunities.move(story.desk, story.several("opportunity"), story.random.choice(STAGES), reason=reason)


def _reopen(story: Story) -> None:
    opportunities.reopen(story.desk, story.several("opportunity"))


def _backdated_win(story: Story) -> None:
    opportunities.win(story.desk, story.several("opportunity"), on="2026-03-05", amount="99k")


def _people_in_deal(story: Story) -> None:
    opportunities.add_contact(
        story.desk, str(story.some("opportunity")), str(story.some("contact")), "signer", story.random.randint(-2, 2)
    )


def _tick_off(story: Story) -> None:
    tasks.complete(story.desk, story.several("task"))


def _participants(story: Story) -> None:
    activities.edit(story.desk, story.several("activity"), {"contact": story.several("contact"), "kind": "meeting"})


def _remove(story: Story) -> None:
    noun = story.random.choice(["account", "contact", "opportunity", "task", "note", "event", "activity"])
    records.verbs_of(noun).remove(story.desk, story.several(noun), is_forced=True)


def _restore(story: Story) -> None:
    for item in trash.trashed(story.desk)[:2]:
        trash.restore(story.desk, item.noun, [item.id])


def _purge(story: Story) -> None:
    gone = trash.trashed(story.desk)[:2]
    trash.purge(story.desk, [(item.noun, item.id) for item in gone])
    for item in gone:
        story.ids[item.noun].remove(item.id)


def _rename_tag(story: Story) -> None:
    tags.rename(story.desk, "vip", story.random.choice(["new", "VIP", "gold"]))


def _reports(story: Story) -> None:
    contacts.edit(story.desk, [str(story.some("contact"))], {"reports_to": story.some("contact")})


STEPS: tuple[Callable[[Story], None], ...] = (
    _add_account, _add_contact, _add_deal, _add_others, _edit, _edit, _move, _move, _reopen, _backdated_win,
    _people_in_deal, _tick_off, _participants, _remove, _restore, _purge, _rename_tag, _reports,
)  # fmt: skip


def _tell(story: Story, steps: list[Callable[[Story], None]]) -> list[Contents]:
    """Take the steps; return what the store held before each operation that changed something, and at the end."""
    states = [contents(story.desk)]
    known = len(history.operations(story.desk, limit=1000))
    for step in steps:
        clock_of(story.desk).advance(minutes=7)
        try:
            step(story)
        except SfaError:
            assert contents(story.desk) == states[-1] or len(history.operations(story.desk, limit=1000)) > known
        count = len(history.operations(story.desk, limit=1000))
        if count == known + 1:
            states.append(contents(story.desk))
        elif count > known:
            # Several operations in one step: only their end is known.
            states += [{}] * (count - known - 1) + [contents(story.desk)]
        known = count
    return states


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=25))
def test_every_story_can_be_undone_and_redone(seed: int, steps: list[Callable[[Story], None]]) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), seed=seed + 1)
        try:
            an_account(desk, name="The first")  # from here on there is a user, whom no undo takes away
            states = _tell(Story(desk, Random(seed)), [_add_account, _add_contact, _add_deal, *steps])
            _undo_and_redo_all(desk, states)
        finally:
            desk.close()


def _undo_and_redo_all(desk: Desk, states: list[Contents]) -> None:
    for state in reversed(states[:-1]):
        clock_of(desk).advance(minutes=1)
        history.undo(desk)
        assert not state or contents(desk) == state
    for state in states[1:]:
        clock_of(desk).advance(minutes=1)
        history.redo(desk)
        assert not state or contents(desk) == state
