"""What the words after `add` mean: a name or subject, or for an activity its kind, whom, and subject."""

from collections.abc import Mapping, Sequence

from sfa.domain.fields import ACTIVITY_KINDS, NOUNS
from sfa.errors import NotFoundError, UsageError
from sfa.services import references
from sfa.services.desk import Desk

FIRST_FIELDS = ("name", "subject", "body")
EXAMPLES = {
    "account": 'sfa account add "Acme GmbH" --industry Tech',
    "contact": 'sfa contact add "Jane Doe" --account Acme',
    "opportunity": 'sfa opportunity add "Acme renewal" --account Acme --amount 40k',
    "activity": 'sfa activity add call Acme "about the renewal"',
    "task": 'sfa task add "Send the quote" --due friday',
    "event": 'sfa event add Demo --starts "tomorrow 10:00" --account Acme',
}


def first_field(noun: str) -> str | None:
    """Return the field that the words after `add` fill."""
    return next((name for name in FIRST_FIELDS if name in NOUNS[noun].fields), None)


def values_of(desk: Desk, noun: str, words: Sequence[str], given: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that words and options name together; an option goes over a word.

    Raises:
        UsageError: there is no name, or no such kind of activity.
        NotFoundError: nobody is called so.
    """
    values = {**(_of_words(desk, noun, words) if words else {}), **given}
    first = first_field(noun)
    if first and not values:
        article = "An" if noun[0] in "aeio" else "A"
        raise UsageError(f"{article} {noun} needs a {first}.", hint=EXAMPLES.get(noun, f'sfa {noun} add "..."'))
    return values


def _of_words(desk: Desk, noun: str, words: Sequence[str]) -> dict[str, object]:
    if noun == "activity":
        return _of_activity(desk, words)
    first = first_field(noun)
    if first is None:
        raise UsageError(f"sfa {noun} add takes no words.", hint="Use its options.")
    return {first: " ".join(words)}


def _of_activity(desk: Desk, words: Sequence[str]) -> dict[str, object]:
    kind, *rest = words
    if kind not in ACTIVITY_KINDS:
        raise UsageError(f"{kind} is no kind of activity.", hint=f"Kinds: {', '.join(ACTIVITY_KINDS)}.")
    values: dict[str, object] = {"kind": kind}
    if rest:
        values |= _whom(desk, rest[0])
    if rest[1:]:
        values["subject"] = " ".join(rest[1:])
    return values


def _whom(desk: Desk, text: str) -> dict[str, object]:
    """Return account or contact of a name: an account first, since a call is logged with a company."""
    try:
        return {"account": references.resolve(desk, "account", text).id}
    except NotFoundError as error:
        try:
            contact = references.resolve(desk, "contact", text)
        except NotFoundError:
            raise error from None
        account_id = references.account_of_contact(desk, contact.id)
        return {"contact": contact.id, **({"account": account_id} if account_id else {})}
