"""A bundle as its file declares it: groups, options, rules (domain.md 2.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

LARGEST = 9_999
"""The most units of one option."""


class BundleError(ValueError):
    """A bundle that cannot be used: one sentence.

    Attributes:
        remedy: what to do about it.
        place: the table at fault, such as ("rule", 3), (), or ("group", 0, "option", 2), numbers from 0.
        key: the key in it at fault, "" for the table.
        line: of the file, from 1; 0 until it is known.
    """

    def __init__(self, sentence: str, remedy: str, place: tuple[str | int, ...] = (), key: str = "") -> None:
        super().__init__(sentence)
        self.remedy, self.place, self.key, self.line = remedy, place, key, 0


class PriceMode(StrEnum):
    """What an option costs: its product's own price, nothing beside the others, or an amount that the bundle fixes."""

    LIST = "list"
    INCLUDED = "included"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen; quantities are whole numbers: none, or from `least` to `most`.

    Attributes:
        product: the code of the product that it puts on the parts list; "" for a mere answer.
        usual: the quantity where none is said.
        price_dec6: price of one in millionths of the bundle's currency, where the mode is fixed.
        attributes: what compatibility tables and expressions ask for.
    """

    id: str
    name: str
    group: str
    product: str = ""
    least: int = 1
    most: int = 1
    usual: int = 1
    mode: PriceMode = PriceMode.LIST
    price_dec6: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Options of which between `least` and `most` (None: any number of) different ones are chosen."""

    id: str
    name: str
    options: tuple[Option, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Cardinality:
    """So many of the options are chosen; `is_units` counts units and not different options."""

    options: tuple[str, ...]
    least: int
    most: int | None
    subject: str
    is_units: bool = False


@dataclass(frozen=True, slots=True)
class Requires:
    """Whoever takes the option takes one of the others; with a ratio, so many units of them per unit."""

    option: str
    needs: tuple[str, ...]
    ratio: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Excludes:
    """No two of the options together."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Where the first expression is true, the second must be."""

    premise: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class Table:
    """The chosen options fit one row: columns are groups, or `group.attribute`; a group without a choice fits any."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """As much is supplied as is demanded; amounts are per unit of an option."""

    name: str
    supply: Mapping[str, int]
    demand: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Default:
    """Chosen at the start, until somebody says otherwise."""

    option: str
    quantity: int


@dataclass(frozen=True, slots=True)
class AutoAdd:
    """The trigger brings the option along: a quantity, or with `is_ratio` so many per unit of the trigger."""

    trigger: str
    option: str
    amount: Fraction
    is_ratio: bool = False


@dataclass(frozen=True, slots=True)
class Hide:
    """The options are not offered where the expression is true; "" is always."""

    options: tuple[str, ...]
    condition: str = ""


Body = Cardinality | Requires | Excludes | Condition | Table | Resource | Default | AutoAdd | Hide


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with the words that its author gave it, if any, and its place in the file."""

    body: Body
    message: str = ""
    place: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """All of a bundle; options are also known by their position among all of them.

    Attributes:
        version: content hash of the file that declares it.
    """

    id: str
    name: str
    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]
    currency: str = ""
    version: str = ""
    options: tuple[Option, ...] = field(init=False)
    at: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        options = tuple(option for group in self.groups for option in group.options)
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "at", {option.id: place for place, option in enumerate(options)})

    def name_of(self, option_id: str) -> str:
        """Return what people call an option."""
        return self.options[self.at[option_id]].name
