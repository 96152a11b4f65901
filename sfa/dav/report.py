"""What a sync of one collection did, for people and programs."""

from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Counts:
    """How many records were made, changed and removed."""

    new: int = 0
    changed: int = 0
    removed: int = 0

    def words(self) -> str:
        """Return them in words; nothing where nothing was done."""
        said = [(self.new, "new"), (self.changed, "changed"), (self.removed, "removed")]
        return ", ".join(f"{count:,} {word}" for count, word in said if count)


@dataclass(slots=True)
class Report:
    """What was done.

    Attributes:
        pulled: what came from the server.
        pushed: what went to it.
        merged: how many records both sides had changed, in different fields.
        conflicts: how many new ones wait in the inbox.
        problems: a sentence for each item that was left alone.
        operations: what `sfa undo` takes back.
    """

    name: str
    pulled: Counts = field(default_factory=Counts)
    pushed: Counts = field(default_factory=Counts)
    merged: int = 0
    conflicts: int = 0
    problems: list[str] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    is_dry_run: bool = False

    def as_json(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return asdict(self)
