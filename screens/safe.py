"""Text from outside on its way to the terminal: made plain here, and stopped once more at the last door."""

import re
from collections.abc import Iterable
from functools import wraps
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from sfa.domain.text import clean
from sfa.errors import SfaError

_HIDDEN = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff"
"""Bidirectional controls, zero widths, line separators, tags and lone surrogates."""

_UNSAFE_ON_A_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f{_HIDDEN}]")
_UNSAFE_IN_OUTPUT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_HIDDEN}]")
_GUARD = "is_sfa_guard"


def safe(text: object, style: str = "") -> Text:
    """Return clean text that is never markup, whatever it holds; None is empty. Line breaks become spaces."""
    return Text("" if text is None else clean(str(text)), style=style)


def install_choke_points() -> None:
    """Guard both ways from a widget or a console to the terminal, for the whole process; a second call does nothing.

    After it no character of a text or a link reaches the terminal as a control, even where a widget was handed data as
    it came. Widths stay, so that nothing moves on the screen.

    Raises:
        SfaError: this version of Rich or Textual has no such place any more.
    """
    guard_console()
    guard_strips()


def guard_console() -> None:
    """Guard what Rich prints; the shell needs no more, and Textual is not imported."""
    original = _find(Console, "_render_buffer")
    if hasattr(original, _GUARD):
        return

    @wraps(original)
    def render_buffer(self: Console, buffer: Iterable[Segment]) -> str:
        return str(original(self, [_inert(segment, _UNSAFE_IN_OUTPUT) for segment in buffer]))

    _replace(Console, "_render_buffer", render_buffer)


def guard_strips() -> None:
    """Guard the lines that Textual paints."""
    from textual.strip import Strip  # noqa: PLC0415  # the shell calls guard_console alone and must not pay for Textual

    original = _find(Strip, "render")

    if hasattr(original, _GUARD):
        return

    @wraps(original)
    def render(self: Strip, console: Console) -> str:
        if self._render_cache is None:
            self._segments[:] = [_inert(segment, _UNSAFE_ON_A_LINE) for segment in self._segments]
        return str(original(self, console))

    _replace(Strip, "render", render)


def _find(owner: type, name: str) -> Any:  # noqa: ANN401  # a method of somebody else's class, of any signature
    try:
        return getattr(owner, name)
    except AttributeError:
        raise SfaError(
            f"{owner.__module__}.{owner.__name__} has no {name}, where text from outside would be stopped.",
            hint="Install the versions of rich and textual that this release was tested with.",
        ) from None


def _replace(owner: type, name: str, guard: Any) -> None:  # noqa: ANN401  # as above
    setattr(guard, _GUARD, True)
    setattr(owner, name, guard)


def _inert(segment: Segment, unsafe: re.Pattern[str]) -> Segment:
    text, style, control = segment
    if control:
        return segment  # made by Rich itself, never from data
    is_linked = style is not None and style.link is not None and unsafe.search(style.link) is not None
    if not is_linked and not unsafe.search(text):
        return segment
    return Segment(unsafe.sub(_visible, text), _unlinked(style) if is_linked else style)


def _visible(match: re.Match[str]) -> str:
    return "\ufffd" * cell_len(match[0])


def _unlinked(style: Style | None) -> Style | None:
    return style.update_link(None) if style else None


def safe_lines(text: str) -> Text:
    """Return clean text of several lines that is never markup."""
    return Text(clean(text, multiline=True))
