"""What holds for every quote, whatever its lines (domain.md 2.10)."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sfa.domain.quoting.content import content_hash
from sfa.errors import SfaError
from sfa.services import (
    history,
    quote_acceptance,
    quote_approvals,
    quote_copies,
    quote_headers,
    quote_lines,
    quote_states,
)
from sfa.services.desk import Desk
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from sfa.services.quote_totals import retotal
from tests.support.factories import an_opportunity, make_desk
from tests.support.quotes import a_catalogue, a_quote, usual_rules

LINE = st.builds(
    LineText,
    product=st.sampled_from(["PS-1", "V-2"]),
    quantity=st.decimals("0.001", "5000", places=3).map(str),
    discount=st.one_of(st.none(), st.integers(0, 100).map(lambda share: f"{share}%")),
    role=st.sampled_from(["normal", "normal", "optional"]),
    is_chosen=st.booleans(),
)
SOME = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SOME
@given(lines=st.lists(LINE, min_size=1, max_size=5), share=st.integers(0, 99), data=st.data())
def test_moving_lines_changes_no_total(desk: Desk, lines: list[LineText], share: int, data: st.DataObject) -> None:
    meant = a_quote(desk, *lines)
    if any(line.role == "normal" or line.is_chosen for line in lines):
        quote_headers.put(desk, meant, Header(f"{share}%"))
    sums = {name: value for name, value in load(desk, meant).version.items() if name.endswith("_minor")}
    position, to = (data.draw(st.integers(1, len(lines))) for _ in range(2))
    quote_lines.move(desk, meant, position, to)
    assert {name: value for name, value in load(desk, meant).version.items() if name.endswith("_minor")} == sums


@SOME
@given(lines=st.lists(LINE, min_size=1, max_size=5))
def test_a_clone_has_the_metrics_and_the_totals_of_its_original(desk: Desk, lines: list[LineText]) -> None:
    meant = a_quote(desk, *lines)
    clone = Meant(str(quote_copies.clone(desk, meant).id))
    one, other = load(desk, meant), load(desk, clone)
    assert quote_approvals.metrics_of(one) == quote_approvals.metrics_of(other)
    assert one.version["payable_minor"] == other.version["payable_minor"]


class Life(RuleBasedStateMachine):
    """A quote through a random life: edits, approvals, revisions, acceptance, undo."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.desk = make_desk(Path(self.folder.name), currency="EUR")
        a_catalogue(self.desk)
        usual_rules(self.desk)
        self.deal = an_opportunity(self.desk, name="Deal", account="Acme GmbH", amount="1 EUR")
        self.meant = a_quote(self.desk, opportunity="Deal")
        self.hashes: dict[str, str] = {}

    @rule(
        verb=st.sampled_from(
            ["submit", "send", "withdraw", "revise", "reject", "accept", "approve", "undo", "add", "edit"]
        ),
        share=st.integers(0, 40),
    )
    def act(self, verb: str, share: int) -> None:
        desk, meant = self.desk, self.meant
        acts = {
            "submit": lambda: quote_approvals.submit(desk, meant),
            "approve": lambda: quote_approvals.approve(desk, meant),
            "send": lambda: quote_states.send(desk, meant),
            "withdraw": lambda: quote_states.withdraw(desk, meant),
            "revise": lambda: quote_copies.revise(desk, meant),
            "reject": lambda: quote_states.reject(desk, meant, "price"),
            "accept": lambda: quote_acceptance.accept(desk, meant, Signature("Jane")),
            "undo": lambda: history.undo(desk),
            "add": lambda: quote_lines.add(desk, meant, LineText(product="V-2", quantity=str(share + 1))),
            "edit": lambda: quote_lines.edit(desk, meant, [1], LineText(discount=f"{share}%")),
        }
        if verb == "undo" and desk.store.value("SELECT count(*) FROM quote_line") == 1:
            return
        try:
            acts[verb]()
        except SfaError as error:
            assert error.message  # noqa: PT017 - a refusal is a sentence, and part of a life

    @invariant()
    def versions_are_in_order(self) -> None:
        rows = self.desk.store.rows("SELECT state, sent_at, content_hash, id FROM quote_version ORDER BY revision")
        states = [row[0] for row in rows]
        assert states.count("accepted") <= 1
        assert sum(state in ("draft", "in_approval", "approved") for state in states) <= 1
        assert "accepted" not in states or not {"draft", "sent", "approved"} & set(states)

    @invariant()
    def what_was_sent_says_what_it_said(self) -> None:
        for version_id, revision in self.desk.store.rows(
            "SELECT id, revision FROM quote_version WHERE sent_at IS NOT NULL"
        ):
            sheet = load(self.desk, Meant(self.meant.id, revision))
            said = content_hash(sheet.quote, sheet.version, sheet.lines, sheet.allowances)
            assert said == sheet.version["content_hash"], version_id

    @invariant()
    def the_totals_are_reproducible_and_the_deal_follows(self) -> None:
        sheet = load(self.desk, self.meant)
        stored = dict(sheet.version)
        retotal(sheet)
        assert sheet.version == stored
        deal = self.desk.store.value("SELECT amount_minor FROM opportunity")
        accepted = self.desk.store.value("SELECT net_minor FROM quote_version WHERE state = 'accepted'")
        assert deal == (accepted or stored["net_minor"] or deal)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
