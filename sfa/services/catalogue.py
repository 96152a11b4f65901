"""The categories of what is sold, as a tree of paths."""

from dataclasses import dataclass

from db.queries import prices as queries
from sfa.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Category:
    """A category, with all beneath it.

    Attributes:
        path: such as `Sensors/Pressure`.
        count: products in it and beneath it.
    """

    path: str
    count: int

    @property
    def words(self) -> str:
        """Return it as a tree shows it: indented, with its count."""
        *above, name = self.path.split("/")
        return f"{'  ' * len(above)}{name} ({self.count})"


def categories(desk: Desk) -> list[Category]:
    """Return all categories, those above before those beneath; one that holds products only beneath it is there too."""
    counts: dict[tuple[str, ...], int] = {}
    spelled: dict[tuple[str, ...], str] = {}
    for path, count in queries.categories(desk.store):
        parts = [part.strip() for part in path.split("/") if part.strip()]
        for end in range(1, len(parts) + 1):
            key = tuple(part.casefold() for part in parts[:end])
            spelled.setdefault(key, "/".join(parts[:end]))
            counts[key] = counts.get(key, 0) + count
    return [Category(spelled[key], counts[key]) for key in sorted(counts)]
