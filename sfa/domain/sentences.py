"""A sentence that is told in more than one language: its English words, and what stands in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sentence:
    """English words with places to fill.

    Attributes:
        words: such as `From {start} to {end}.`; a dictionary of another language finds its own by them.
        values: what stands in the places; words of ours among them are looked up too, those of records are not.
    """

    words: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return it in English."""
        return self.told({})

    def told(self, dictionary: Mapping[str, str]) -> str:
        """Return it in the language of a dictionary; what that lacks stays English."""
        values = {name: dictionary.get(value, value) for name, value in self.values.items()}
        return dictionary.get(self.words, self.words).format(**values)
