"""Text that came from outside, made fit for the screen."""

from rich.text import Text

from sfa.domain.text import clean


def safe(text: object, style: str = "") -> Text:
    """Return clean text that is never markup, whatever it holds; None is empty. Line breaks become spaces."""
    return Text("" if text is None else clean(str(text)), style=style)
