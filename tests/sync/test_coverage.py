"""A deed that never succeeds is no test: what some seeded companies really go through, counted."""

from collections import Counter

from tests.sync.conftest import MakeWorld

SEEDS = (37, *range(41, 52), 53)
TAKEN = {
    "accept", "amount", "merge", "merge_accounts", "move", "new_account", "new_contact", "new_deal", "note", "note_and_go",
    "parent", "phone", "quote", "rename", "revise", "second_role", "send", "settle", "stage", "trash",
}  # fmt: skip
"""Deeds that a server took at least once; several for all but the rarest."""
HAPPENED = {
    "a laptop crashed": 5, "a laptop is put back": 1, "a laptop is revoked": 1, "a rep is moved": 10, "a request comes twice": 5,
    "a request is lost": 10, "a sync is cut off": 5, "all were away for half a year": 1, "an answer is lost": 10,
    "an old request comes again": 10, "an older answer comes": 3, "honest work of a thief": 5, "outboxes of half a year": 1,
    "removals are forgotten": 1, "something is written meanwhile": 20, "the server crashed": 2, "the server is put back": 1,
    "two syncs at once": 5,
}  # fmt: skip
DONE = 20
"""So many of the deeds that people do with the program itself (`test_trade` does each of them)."""
CODES = {"accepted", "document", "group", "manual", "moved", "role", "scope", "taken"}
"""Why something was not taken, each at least once: races of acceptances and revisions, moves under pending edits."""


def test_what_the_simulation_is_about_really_happens(make_world: MakeWorld) -> None:
    seen: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    codes: set[str] = set()
    for seed in SEEDS:
        world = make_world(seed)
        world.run(120)
        world.heal()
        seen += world.seen
        taken.update(mutation.verb for _, mutation, status in world.judged if status != "reject")
        codes |= {row[0] for row in world.database.rows("SELECT code FROM inbox_entry WHERE org = 'acme'")}
    assert not TAKEN - set(taken)
    done = {what for what in seen if what.startswith("work: ")}
    assert len(done) > DONE
    rare = {what: seen[what] for what, least in HAPPENED.items() if seen[what] < least}
    assert not rare
    assert sum(count for what, count in seen.items() if what.startswith("forged")) > len(SEEDS)
    assert not CODES - codes
