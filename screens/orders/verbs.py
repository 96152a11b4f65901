"""What becomes of an order, in the list and on its page: promised, delivered, invoiced, paid, taken back, cancelled."""

from typing import Any, ClassVar, Final

from textual import work
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.modals.choose import ChooseModal
from screens.modals.prompt import PromptModal
from sfa.commands import Command
from sfa.services.desk import Desk, Saved

ORDER_VERBS = (
    Command("order.next", "Next: deliver, invoice...", "next", "greater_than_sign", "What can become of it", is_shown=True, label="Next"),
    Command("order.deliver", "Deliver", "verb('deliver')", "f", "Goods on their way: all, or some lines", is_shown=True, label="Deliver"),
    Command("order.invoice", "Invoice", "verb('invoice')", "i", "What was delivered, or all of it", is_shown=True, label="Invoice"),
    Command("order.pay", "Paid", "verb('pay')", "p", "Money that came for its invoice", is_shown=True, label="Paid"),
    Command("order.cancel", "Cancel", "verb('cancel')", "x", "What is neither delivered nor invoiced", is_shown=True, label="Cancel"),
    Command("order.promise", "Promise a day", "verb('promise')", "m", "When it will be delivered"),
    Command("order.track", "Tracking number", "verb('track')", "", "Of the newest delivery"),
    Command("order.return", "Goods that came back", "verb('return')", "b", "All, or some lines; the credit note is issued apart"),
    Command("order.dispute", "Dispute", "verb('dispute')", "", "What the customer objects to"),
)  # fmt: skip
LABELS: Final = {
    "promise": "Promise a day of delivery",
    "deliver": "Deliver all, or some lines",
    "track": "Give the newest delivery its tracking number",
    "invoice": "Invoice what was delivered",
    "pay": "Money came for its invoice",
    "return": "Goods came back",
    "dispute": "The customer objects to something",
    "cancel": "Cancel what is open",
}


class OrderVerbs(DeskScreen):
    """A screen with an order on it; it says which one a verb is for."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ORDER_VERBS)

    def order_id(self) -> str | None:
        """Return the order that a verb is for, None where there is none."""
        raise NotImplementedError

    def _order_or_tell(self) -> str | None:
        found = self.order_id()
        if found is None:
            self.desk_app.tell("Put the cursor on one order.", severity="warning")
        return found

    @work(group="dialog")
    async def action_next(self) -> None:
        """Offer what can become of an order, and do it."""
        order = self._order_or_tell()
        chosen = order and await self.app.push_screen_wait(ChooseModal("What next?", list(LABELS.items())))
        if order and chosen:
            await self._do(chosen, order)

    @work(group="dialog")
    async def action_verb(self, verb: str) -> None:
        """Do one of them."""
        order = self._order_or_tell()
        if order:
            await self._do(verb, order)

    async def _do(self, verb: str, order: str) -> None:
        """Ask for what a verb needs, and do it; what cannot be done is said in the dialog."""
        record = await self._bill(order) if verb == "pay" else order
        if record is None:
            return
        title, hint, is_required, do = _ASKED[verb]
        dialog = PromptModal(title, lambda desk, text: do(desk, record, text), hint=hint, is_required=is_required)
        await self.finish(await self.app.push_screen_wait(dialog))

    async def _bill(self, order: str) -> str | None:
        """Return the invoice of an order that is paid; asked for where several are open."""
        from sfa.services.order_reading import unpaid_of  # noqa: PLC0415 - for this verb alone

        bills = await self.ask(lambda desk: unpaid_of(desk, order))
        if not bills:
            self.desk_app.tell("No invoice of this order is open. i invoices what was delivered.", severity="warning")
            return None
        if len(bills) == 1:
            return bills[0][0]
        named = [(bill, f"{number}, {owed} owed") for bill, number, owed in bills]
        chosen: str | None = await self.app.push_screen_wait(ChooseModal("Which invoice was paid?", named))
        return chosen


def _deliver(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.order_shipping import Parcel, ship  # noqa: PLC0415 - for this verb alone

    return ship(desk, order, Parcel(text.split()))


def _return(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.order_shipping import Parcel, take_back  # noqa: PLC0415 - as above

    return take_back(desk, order, Parcel(text.split()))


def _track(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.order_shipping import track  # noqa: PLC0415 - as above

    return track(desk, order, text)


def _invoice(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.invoices import Billing, issue  # noqa: PLC0415 - as above

    words = text.split()
    number = next((word[1:] for word in words if word.startswith("#")), "")
    lines = [word for word in words if word.casefold() != "ordered" and not word.startswith("#")]
    return issue(desk, order, Billing(lines, is_ordered="ordered" in text.casefold().split(), number=number))


def _pay(desk: Desk, invoice: str, text: str) -> Saved:
    from sfa.services.payments import pay  # noqa: PLC0415 - as above

    return pay(desk, invoice, text)


def _promise(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.orders import promise  # noqa: PLC0415 - as above

    return promise(desk, order, text)


def _cancel(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.orders import cancel  # noqa: PLC0415 - as above

    return cancel(desk, order, text)


def _dispute(desk: Desk, order: str, text: str) -> Saved:
    from sfa.services.disputes import open_one  # noqa: PLC0415 - as above

    return open_one(desk, ("order", order), text)


_ASKED: Final[dict[str, Any]] = {
    "promise": ("Promised for when?", "Such as +14d or 2026-04-01.", True, _promise),
    "deliver": (
        "Deliver what?",
        "Empty: all that is left. 1=5: five of line 1; a product's code does too.",
        False,
        _deliver,
    ),
    "track": ("Tracking number?", "Of the newest delivery.", True, _track),
    "invoice": (
        "Invoice what?",
        "Empty: what was delivered. ordered: all of it. 1=5: of line 1. #4711: the number that the ERP gave.",
        False,
        _invoice,
    ),
    "pay": ("How much came?", "Empty: all that is owed. Negative: it went back.", False, _pay),
    "return": ("What came back?", "Empty: all that is with the customer. 1=5: five of line 1.", False, _return),
    "dispute": ("What does the customer object to?", "It is written down; sfa order decide ends it.", True, _dispute),
    "cancel": ("Cancel what is open: why?", "May stay empty; u takes it back.", False, _cancel),
}
