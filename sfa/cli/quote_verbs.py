"""The verbs of quotes: new, and what becomes of one. Lines, prices and approvals have modules of their own."""

from collections.abc import Sequence
from typing import Any, Final

from typer.core import TyperCommand, TyperOption

from sfa.cli import targets
from sfa.cli.asking import sure_options
from sfa.cli.building import LazyGroup, argument, command, dry_run_option, flag, group, json_option, lazily, option
from sfa.cli.editing import field_options, given_fields
from sfa.cli.opening import open_desk
from sfa.cli.output import emit_json, is_terminal, tell
from sfa.cli.results import tell_saved
from sfa.errors import UsageError
from sfa.services import quote_acceptance, quote_copies, quote_deals, quote_states, quotes
from sfa.services.desk import Desk, Saved
from sfa.services.quote_sheet import Meant, find, load

NOUN: Final = "quote"
QUOTE: Final = argument(
    "words", is_many=True, shown="QUOTE", help="Number (with -R2 for a revision), reference or name."
)


def common() -> list[TyperOption]:
    """Return `--dry-run` and `--json`."""
    return [dry_run_option(), json_option("The quote as JSON.")]


def tell_quote(desk: Desk, saved: Saved, *, is_json: bool) -> None:
    """Print what was done; as JSON the whole quote with it."""
    if not is_json or saved.id is None or saved.is_dry_run:
        tell_saved(desk, NOUN, saved, is_json=is_json)
        return
    from sfa.cli.quote_page import quote_json  # noqa: PLC0415 - only for JSON
    from sfa.services.quote_reading import view  # noqa: PLC0415 - as above

    told = {"summary": saved.summary, "operation": saved.operation_id}
    emit_json({**quote_json(view(desk, Meant(saved.id))), **told})


def line() -> LazyGroup:
    """Return `sfa quote line`."""
    verbs = {name: f"sfa.cli.quote_line_verbs:{name}" for name in ("add", "edit", "remove", "move")}
    return group("line", "The lines of a quote: add, edit, remove, move.", lazily(verbs))


def rule() -> LazyGroup:
    """Return `sfa quote rule`."""
    verbs = {name: f"sfa.cli.quote_approval_verbs:rule_{name}" for name in ("add", "list", "remove", "defaults")}
    return group("rule", "Who must approve what: add, list, remove, defaults.", lazily(verbs))


def new() -> TyperCommand:
    """Return `sfa quote new`."""
    params: list[Any] = [
        argument("words", is_required=False, is_many=True, shown="ACCOUNT", help="For whom; or give --opportunity."),
        *field_options(NOUN),
        option("--like", "like", help="Take the lines and words of this quote, or of a template.", shown="QUOTE"),
        *common(),
    ]
    return command("new", _new, params, 'Make a quote: sfa quote new Acme; from a deal: --opportunity "Acme renewal"')


def _new(*, words: Sequence[str], like: str | None, is_dry_run: bool, is_json: bool, **options: Any) -> None:  # noqa: ANN401 - the fields
    desk = open_desk()
    values = given_fields(options)
    if words:
        values.setdefault("account", targets.one(desk, "account", words))
    saved = quotes.new(desk, values, find(desk, like) if like else None, is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)


def reprice() -> TyperCommand:
    """Return `sfa quote reprice`."""
    return command("reprice", _reprice, [QUOTE, *common()], "Take today's prices and taxes.")


def _reprice(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quotes.reprice(desk, find(desk, words), is_dry_run=is_dry_run), is_json=is_json)


def send() -> TyperCommand:
    """Return `sfa quote send`."""
    params = [
        QUOTE,
        option("--to", "to", help="E-mail address; that of the contact where none is given.", shown="EMAIL"),
        *common(),
    ]
    return command("send", _send, params, "Freeze a quote as it is sent; a task asks about it later.")


def _send(*, words: Sequence[str], to: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_states.send(desk, find(desk, words), to, is_dry_run=is_dry_run), is_json=is_json)


def accept() -> TyperCommand:
    """Return `sfa quote accept`."""
    params = [
        QUOTE,
        option("--signer", "signer", default="", help="Who accepted.", shown="NAME"),
        option("--method", "method", default="typed", help=f"One of: {', '.join(quote_acceptance.METHODS)}."),
        option("--sha256", "sha256", default="", help="Hash of the document that was accepted.", shown="HASH"),
        option("--note", "note", help="What else was said."),
        flag("--win", "is_winning", help="The deal is won by it."),
        *sure_options(),
        *common(),
    ]
    return command("accept", _accept, params, 'Write down an acceptance: sfa quote accept Q-... --signer "Jane Doe"')


def _accept(
    *,
    words: Sequence[str],
    signer: str,
    method: str,
    sha256: str,
    note: str | None,
    is_winning: bool,
    is_sure: bool,
    is_unattended: bool,
    is_dry_run: bool,
    is_json: bool,
) -> None:
    desk = open_desk()
    meant = find(desk, words)
    wins = is_winning or is_sure or (not is_unattended and not is_dry_run and _asks_to_win(desk, meant))
    signature = quote_acceptance.Signature(signer, method, sha256, note)
    saved = quote_acceptance.accept(desk, meant, signature, is_winning=wins, is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)
    deal = quote_deals.deal_of(desk, load(desk, meant))
    if deal and deal["closed_on"] is None and not is_json and not is_dry_run:
        tell(f"{deal['name']} is still open. Win it: sfa opportunity win {deal['ref']}")


def _asks_to_win(desk: Desk, meant: Meant) -> bool:
    """Ask whether the deal is won; a pipe is not asked."""
    import sys  # noqa: PLC0415 - for a question alone

    deal = quote_deals.deal_of(desk, load(desk, meant))
    if deal is None or deal["closed_on"] is not None or not (is_terminal() and sys.stdin.isatty()):
        return False
    from sfa.cli.asking import confirmed  # noqa: PLC0415 - as above

    return confirmed(f"Is {deal['name']} won by it?")


def reject() -> TyperCommand:
    """Return `sfa quote reject`."""
    params = [QUOTE, option("--reason", "reason", default="", help="Why the customer said no."), *common()]
    return command("reject", _reject, params, "Write down that the customer said no.")


def _reject(*, words: Sequence[str], reason: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_states.reject(desk, find(desk, words), reason, is_dry_run=is_dry_run), is_json=is_json)


def withdraw() -> TyperCommand:
    """Return `sfa quote withdraw`."""
    params = [QUOTE, option("--reason", "reason", help="Why."), *common()]
    return command("withdraw", _withdraw, params, "Take a quote back.")


def _withdraw(*, words: Sequence[str], reason: str | None, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_states.withdraw(desk, find(desk, words), reason, is_dry_run=is_dry_run), is_json=is_json)


def extend() -> TyperCommand:
    """Return `sfa quote extend`."""
    params = [QUOTE, option("--until", "until", default="", help="The last day, such as +14d.", shown="DAY"), *common()]
    return command("extend", _extend, params, "Let a sent quote be accepted for longer; for managers.")


def _extend(*, words: Sequence[str], until: str, is_dry_run: bool, is_json: bool) -> None:
    if not until and len(words) > 1:
        *words, until = words
    if not until:
        raise UsageError("Until when?", hint="sfa quote extend Q-... --until +14d")
    desk = open_desk()
    tell_quote(desk, quote_states.extend(desk, find(desk, words), until, is_dry_run=is_dry_run), is_json=is_json)


def revise() -> TyperCommand:
    """Return `sfa quote revise`."""
    return command(
        "revise", _revise, [QUOTE, *common()], "Begin the next revision of a quote, the same but for its days."
    )


def _revise(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_copies.revise(desk, find(desk, words), is_dry_run=is_dry_run), is_json=is_json)


def clone() -> TyperCommand:
    """Return `sfa quote clone`."""
    params = [
        QUOTE,
        option("--account", "account", help="For another account.", shown="ACCOUNT"),
        flag("--reprice", "is_repriced", help="At today's prices; otherwise the copy is exact."),
        *common(),
    ]
    return command("clone", _clone, params, "Make a new quote exactly like another.")


def _clone(*, words: Sequence[str], account: str | None, is_repriced: bool, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    account_id = targets.one(desk, "account", [account]) if account else None
    saved = quote_copies.clone(desk, find(desk, words), account_id, is_repriced=is_repriced, is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)


def primary() -> TyperCommand:
    """Return `sfa quote primary`."""
    return command("primary", _primary, [QUOTE, *common()], "Let the amount of its deal follow this quote.")


def _primary(*, words: Sequence[str], is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_quote(desk, quote_deals.make_primary(desk, find(desk, words), is_dry_run=is_dry_run), is_json=is_json)
