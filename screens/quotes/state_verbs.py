"""What becomes of a quote, on its sheet and in the list: submitted, approved, sent, accepted, revised, copied."""

from typing import Any, ClassVar, Final

from textual import work
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.modals.confirm import ConfirmModal
from screens.modals.prompt import PromptModal
from screens.quotes.dialogs import ReadDialog
from sfa.commands import Command
from sfa.errors import UsageError
from sfa.services import quote_acceptance, quote_approvals, quote_copies, quote_deals, quote_states, quotes
from sfa.services.desk import Desk, Saved
from sfa.services.quote_reading import QuoteView, view
from sfa.services.quote_sheet import Meant

STATE_VERBS = (
    Command("quote.next", "Next: send, accept, revise...", "next", "greater_than_sign", "As its state allows", is_shown=True, label="Next"),
    Command("quote.preview", "The page, as the customer gets it", "preview", "w", "To read; o opens the PDF", is_shown=True, label="Page"),
    Command("quote.pdf", "Make the PDF and open it", "pdf", "P", "Kept in the folder of documents, with its hash"),
    Command("quote.submit", "Submit for approval", "verb('submit')", "", "A quote that needs nobody's yes is approved at once"),
    Command("quote.approve", "Approve", "verb('approve')", "", "Say yes to a quote of somebody else"),
    Command("quote.refuse", "Refuse", "verb('refuse')", "", "Say no to a quote of somebody else, and why"),
    Command("quote.send", "Send", "verb('send')", "", "Freeze it as it is sent, with a mail draft to send"),
    Command("quote.accept", "Accepted by the customer", "verb('accept')", "", "Who signed"),
    Command("quote.order", "Order of it", "verb('order')", "", "Make an order of what was accepted"),
    Command("quote.reject", "Rejected by the customer", "verb('reject')", "", "And why"),
    Command("quote.withdraw", "Withdraw", "verb('withdraw')", "", "Take it back"),
    Command("quote.extend", "Extend", "verb('extend')", "", "Let it be accepted for longer; for managers"),
    Command("quote.revise", "Revise", "verb('revise')", "", "Begin the next revision"),
    Command("quote.compare", "Compare revisions", "verb('compare')", "", "What the newest two differ in"),
    Command("quote.clone", "Clone", "verb('clone')", "", "A new quote exactly like this"),
    Command("quote.reprice", "Take today's prices", "verb('reprice')", "", "Prices and taxes of today"),
    Command("quote.primary", "Make it the deal's own", "verb('primary')", "", "The deal's amount follows this quote"),
)  # fmt: skip
LABELS: Final = {
    "submit": "Submit for approval",
    "approve": "Approve",
    "refuse": "Refuse, and say why",
    "send": "Send: freeze it, with a mail draft",
    "accept": "The customer accepted",
    "order": "Make an order of it",
    "reject": "The customer said no",
    "withdraw": "Withdraw",
    "extend": "Extend the last day",
    "revise": "Revise: begin the next revision",
    "reprice": "Take today's prices",
    "compare": "Compare revisions",
    "clone": "Clone: a new quote like this",
    "primary": "Make it the deal's own quote",
}


class QuoteVerbs(DeskScreen):
    """A screen with a quote on it; it says which one a verb is for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(STATE_VERBS)

    def meant(self) -> Meant | None:
        """Return the quote that a verb is for, None where there is none."""
        raise NotImplementedError

    def _meant_or_tell(self) -> Meant | None:
        found = self.meant()
        if found is None:
            self.desk_app.tell("There is no quote here. Press a to make one.", severity="warning")
        return found

    @work(group="dialog")
    async def action_next(self) -> None:
        """Offer what can be done in this state, and do it."""
        meant = self._meant_or_tell()
        found = await self.ask(lambda desk: view(desk, meant)) if meant else None
        if meant is None or found is None:
            return
        choices = [(verb, LABELS[verb]) for verb in offered(found)]
        words = f"{found.number} is {found.state.replace('_', ' ')}: what next?"
        chosen = await self.app.push_screen_wait(ChooseModal(words, choices))
        if chosen:
            await self._do(chosen, meant)

    @work(group="dialog")
    async def action_verb(self, verb: str) -> None:
        """Do one of them."""
        meant = self._meant_or_tell()
        if meant is not None:
            await self._do(verb, meant)

    async def _do(self, verb: str, meant: Meant) -> None:
        """Do a verb; those that need words ask for them first."""
        if verb in _PLAIN:
            saved = await self.save(lambda desk: _PLAIN[verb](desk, meant))
            if saved is not None and verb == "clone" and saved.id:
                self.desk_app.open_hit(("quote", saved.id))
        elif verb == "send":
            await self._send(meant)
        elif verb == "accept":
            await self._accept(meant)
        elif verb == "compare":
            await self._compare(meant)
        else:
            await self._ask_and_do(verb, meant)

    async def _ask_and_do(self, verb: str, meant: Meant) -> None:
        title, hint, is_required, do = _ASKED[verb]
        dialog = PromptModal(title, lambda desk, text: do(desk, meant, text), hint=hint, is_required=is_required)
        await self.finish(await self.app.push_screen_wait(dialog))

    async def _send(self, meant: Meant) -> None:
        """Ask for the address; freeze the quote and make the mail that the user sends."""
        from sfa.services.quote_papers import address_of, send_mail  # noqa: PLC0415 - documents alone

        address = await self.ask(lambda desk: address_of(desk, meant))
        hint = "A mail draft with the PDF is put into the folder of documents. Without an address it is sent by hand."
        dialog: PromptModal[Saved] = PromptModal(
            "Send to which address?",
            lambda desk, text: send_mail(desk, meant, text or None),
            value=address or "",
            hint=hint,
            is_required=False,
        )
        await self.finish(await self.app.push_screen_wait(dialog))

    async def _accept(self, meant: Meant) -> None:
        """Ask who signed, and whether the deal is won by it."""
        signer = await self.app.push_screen_wait(
            PromptModal("Who accepted?", lambda _desk, text: text, hint="The name of the person who signed.")
        )
        if signer is None:
            return
        deal = await self.ask(lambda desk: _open_deal(desk, meant))
        agreed = await self.app.push_screen_wait(ConfirmModal("Is the deal won by it?", [deal])) if deal else None
        is_won, signature = agreed is True, quote_acceptance.Signature(signer)
        await self.save(lambda desk: quote_acceptance.accept(desk, meant, signature, is_winning=is_won))

    async def _compare(self, meant: Meant) -> None:
        from sfa.services.quote_compare import compare  # noqa: PLC0415 - opened by key

        found = await self.ask(lambda desk: compare(desk, meant.id))
        if found is None:
            return
        lines = [
            f"{one.what}{f', {one.field}' if one.field else ''}: {one.before or 'nothing'} → {one.after or 'nothing'}"
            for one in found.differences
        ]
        title = f"{found.before} → {found.after}"
        await self.app.push_screen_wait(ReadDialog(title, lines or ["They say the same."]))

    def action_preview(self) -> None:
        """Show the page as the customer gets it."""
        from screens.quotes.preview import PreviewScreen  # noqa: PLC0415 - opened by key

        meant = self._meant_or_tell()
        if meant is not None:
            self.app.push_screen(PreviewScreen(meant))

    async def action_pdf(self) -> None:
        """Make the PDF and open it."""
        from screens.quotes.preview import open_pdf  # noqa: PLC0415 - opened by key

        meant = self._meant_or_tell()
        if meant is not None:
            await open_pdf(self, meant)


def offered(found: QuoteView) -> list[str]:
    """Return the verbs that a quote allows now, the likeliest first."""
    allowed = [verb for verb in found.possible if verb != "edit"]
    needed = any(one.status == "needed" for one in found.approvals)
    if "send" in allowed and not needed:
        allowed = ["send", *(verb for verb in allowed if verb != "send")]
    elif found.state == "draft":
        allowed = [verb for verb in allowed if verb != "send"]
    more = ["reprice"] if "edit" in found.possible else []
    more += ["compare"] if len(found.versions) > 1 else []
    more += ["clone"] + (["primary"] if found.opportunity_id and not found.is_primary else [])
    return [*(["order"] if found.state == "accepted" else []), *allowed, *more]


def _open_deal(desk: Desk, meant: Meant) -> str:
    from sfa.services.quote_sheet import load  # noqa: PLC0415 - for this question alone

    deal = quote_deals.deal_of(desk, load(desk, meant))
    return str(deal["name"]) if deal and deal["closed_on"] is None else ""


def _order(desk: Desk, meant: Meant) -> Saved:
    from sfa.services.orders import from_quote  # noqa: PLC0415 - for this verb alone

    return from_quote(desk, meant)


def _extend(desk: Desk, meant: Meant, text: str) -> Saved:
    if not text:
        raise UsageError("Until when?", hint="Such as +14d.")
    return quote_states.extend(desk, meant, text)


_PLAIN: Final[dict[str, Any]] = {
    "order": _order,
    "submit": quote_approvals.submit,
    "revise": quote_copies.revise,
    "clone": quote_copies.clone,
    "reprice": quotes.reprice,
    "primary": quote_deals.make_primary,
}
_ASKED: Final[dict[str, Any]] = {
    "approve": (
        "Approve: anything to keep in mind?",
        "May stay empty.",
        False,
        lambda desk, meant, text: quote_approvals.approve(desk, meant, text or None),
    ),
    "refuse": ("Refuse: why?", "The rep reads it.", True, quote_approvals.refuse),
    "reject": ("The customer said no: why?", "Such as price, or bought elsewhere.", True, quote_states.reject),
    "withdraw": (
        "Withdraw: why?",
        "May stay empty.",
        False,
        lambda desk, meant, text: quote_states.withdraw(desk, meant, text or None),
    ),
    "extend": ("Valid until when?", "Such as +14d or 2026-05-01.", True, _extend),
}
