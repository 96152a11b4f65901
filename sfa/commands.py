"""A verb of the screens, declared once: its key, its place in the palette, its line in the help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One verb.

    Attributes:
        id: stable name, `noun.verb`; users remap keys by it.
        title: what the palette and the help show.
        action: the method `action_<name>` of the screen that does it.
        keys: comma-separated, empty where only the palette offers it.
        help: one sentence that says what it does.
        is_shown: whether it has a place in the footer.
        label: a short word for the footer.
    """

    id: str
    title: str
    action: str
    keys: str = ""
    help: str = ""
    is_shown: bool = False
    label: str = ""
