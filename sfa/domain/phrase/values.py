"""What a line of quick entry means: values only, nothing is looked up here.

Plain classes with slots: the fast door is open before `dataclasses` would be imported.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfa.domain.when import When


class PhraseError(ValueError):
    """A line that cannot be read, with a sentence that says why and where."""


class Value:
    """Fields by `__slots__`, compared and shown by them."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether the other holds the same."""
        return type(self) is type(other) and self.fields() == other.fields() if isinstance(other, Value) else False

    def __hash__(self) -> int:
        """Return a hash of all fields."""
        return hash(self.fields())

    def __repr__(self) -> str:
        """Return the fields that hold something."""
        held = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__ if getattr(self, name))
        return f"{type(self).__name__}({held})"

    def fields(self) -> tuple[object, ...]:
        """Return all fields in order."""
        return tuple(getattr(self, name) for name in self.__slots__)


class Span(Value):
    """A part of the line: `[start, end)` in characters of the whole line, its kind, and what it means as text.

    Kinds: verb who account deal when duration amount percent stage tag priority outcome phone email.
    """

    __slots__ = ("end", "kind", "start", "value")

    def __init__(self, kind: str, start: int, end: int, value: str) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value


class Sum(Value):
    """An amount of money: a decimal text such as `12500.50`, and its currency, None for that of the desk."""

    __slots__ = ("currency", "value")

    def __init__(self, value: str, currency: str | None) -> None:
        self.value = value
        self.currency = currency


class Act(Value):
    """One clause: something that was done, is to be done, or is so.

    Attributes:
        what: activity, task, event, deal, note or contact.
        kind: of an activity or event (call meeting visit email message letter demo other); of a deal: add, change,
            win or lose; else empty.
        people: names of persons (or of what may be either) as typed.
        company: the name behind `at`, `from`, `@`, or before a person in Chinese.
        is_new: whether `@New Company` asked for a company of that name.
        deal: words that name an opportunity.
        text: the words left, tidied: a note, a subject.
        when: past for what was done, future for what is planned.
        direction: out or in.
        outcome: reached, no_answer, left_message, interested, not_interested... as the domain names them.
        percent: a probability.
        stage: a stage of the book, as the book names it.
        priority: low, normal, high or urgent.
        reason: why a deal was won or lost, as typed.
    """

    __slots__ = (
        "amount", "close", "company", "deal", "direction", "duration_min", "emails", "is_new", "kind", "outcome", "people",
        "percent", "phones", "priority", "reason", "stage", "text", "what", "when",
    )  # fmt: skip

    def __init__(self, what: str, kind: str = "") -> None:
        self.what = what
        self.kind = kind
        self.people: tuple[str, ...] = ()
        self.company: str | None = None
        self.is_new = False
        self.deal: str | None = None
        self.text = ""
        self.when: When | None = None
        self.close: When | None = None
        self.duration_min: int | None = None
        self.direction = "out"
        self.outcome: str | None = None
        self.amount: Sum | None = None
        self.percent: int | None = None
        self.stage: str | None = None
        self.priority = "normal"
        self.phones: tuple[str, ...] = ()
        self.emails: tuple[str, ...] = ()
        self.reason: str | None = None


class Line(Value):
    """A whole line.

    Attributes:
        text: as typed.
        acts: clause by clause.
        tags: for all that the line makes.
        spans: in order, for colours and for `--json`.
    """

    __slots__ = ("acts", "spans", "tags", "text")

    def __init__(self, text: str, acts: "Sequence[Act]", tags: "Sequence[str]", spans: "Sequence[Span]") -> None:
        self.text = text
        self.acts = tuple(acts)
        self.tags = tuple(tags)
        self.spans = tuple(spans)


class Book:
    """What the grammar may ask of the book of business; this one knows nobody. Tests and the doors bring their own.

    Attributes:
        stages: what people call the stages of the pipelines, in lower case, and their names.
        currency: of the desk; it settles signs that several currencies share.
    """

    currency = ""
    stages: dict[str, str] = {}  # noqa: RUF012 - replaced, never changed

    def name_at(self, text: str) -> tuple[int, str] | None:
        """Return how many characters at the beginning of the text are a name of the book (the longest), and its noun."""
        del text
        return None

    def means(self, text: str) -> str:
        """Return the noun of the record whose reference this is, or whose name but for accents; "" for none."""
        del text
        return ""
