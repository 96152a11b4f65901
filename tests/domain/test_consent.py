"""What a person allows: the newest word counts, whatever was written down first."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sfa.domain.consent import (
    CHANNELS,
    FREE,
    PURPOSES,
    REFUSED,
    SALES,
    STANCES,
    WARNED,
    Said,
    better_channel,
    channel_of,
    newest,
    ruling,
)

DAYS = [f"2026-03-{day:02d}T12:00:00.000Z" for day in range(1, 6)]


@some.composite
def statements(draw: some.DrawFn) -> list[Said]:
    """Return what two people said on a few days, some of it on one day."""
    number = draw(some.integers(0, 12))
    return [
        Said(
            draw(some.sampled_from("ab")),
            draw(some.sampled_from(CHANNELS)),
            draw(some.sampled_from(PURPOSES)),
            draw(some.sampled_from(STANCES)),
            draw(some.sampled_from(DAYS)),
            "told me",
            f"{place:02d}",
        )
        for place in range(number)
    ]


@given(statements(), some.randoms(use_true_random=False))
def test_the_newest_word_counts_in_any_order_of_entry(said: list[Said], dice: Random) -> None:
    shuffled = list(said)
    dice.shuffle(shuffled)
    standing = newest(shuffled)
    assert standing == newest(said)
    for (contact, channel, purpose), counting in standing.items():
        same = [item for item in said if (item.contact_id, item.channel, item.purpose) == (contact, channel, purpose)]
        assert counting in same
        assert all((item.said_at, item.order) <= (counting.said_at, counting.order) for item in same)


@given(statements())
def test_an_older_word_that_comes_late_changes_nothing(said: list[Said]) -> None:
    standing = newest(said)
    late = [
        Said(
            item.contact_id, item.channel, item.purpose, "preferred", "2020-01-01T00:00:00.000Z", "found a letter", "zz"
        )
        for item in said
    ]
    assert newest([*said, *late]) == standing


@pytest.mark.parametrize(
    ("stance", "planned", "took_place"),
    [
        ("preferred", FREE, FREE),
        ("allowed", FREE, FREE),
        ("avoid", WARNED, WARNED),
        ("forbidden", REFUSED, WARNED),
    ],
)
def test_what_is_forbidden_is_refused_and_what_took_place_is_kept(stance: str, planned: str, took_place: str) -> None:
    assert ruling(stance, is_fact=False) == planned
    assert ruling(stance, is_fact=True) == took_place


@pytest.mark.parametrize(
    ("stances", "own", "better"),
    [
        ({"email": "forbidden", "visit": "preferred"}, "call", "visit"),
        ({"email": "forbidden"}, "call", "call"),
        ({"email": "forbidden", "call": "avoid"}, "call", None),
        ({"email": "forbidden", "letter": "allowed"}, None, "letter"),
        ({"email": "forbidden"}, None, None),
        ({"email": "forbidden"}, "email", None),
    ],
)
def test_the_channel_to_take_instead_is_one_that_they_like(
    stances: dict[str, str], own: str | None, better: str | None
) -> None:
    said = [Said("a", channel, SALES, stance, DAYS[0], "told me", "1") for channel, stance in stances.items()]
    assert better_channel(said, SALES, "email", own) == better


@pytest.mark.parametrize(
    ("kind", "subject", "channel"),
    [
        ("email", "", "email"),
        ("meeting", "Call Jane", None),
        ("", "Call Jane about the quote", "call"),
        ("", "phone: Jane", "call"),
        ("", "打电话给王经理", "call"),
        ("", "拜访远东仪器", "visit"),
        ("", "send Jane an email", "email"),
        ("", "Send e-mail to Jane", "email"),
        ("", "Give her a call", "call"),
        ("", "Follow up with Jane by phone", "call"),
        ("", "pay Acme a visit", "visit"),
        ("", "Send the quote", None),
        ("", "Prepare a call list", None),
        ("", "Check the letter of credit", None),
        ("", "Callback list", None),
        ("", "", None),
    ],
)
def test_a_task_tells_its_channel_by_its_first_word(kind: str, subject: str, channel: str | None) -> None:
    assert channel_of(kind, subject) == channel
