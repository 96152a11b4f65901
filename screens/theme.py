"""The two looks of the screens: a quiet background and one accent, which means focus."""

from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DEFAULT_THEME: Final = "sfa-dark"

DARK: Final = Theme(
    name="sfa-dark",
    dark=True,
    primary="#7ab7e0",
    accent="#7ab7e0",
    secondary="#93a1b0",
    success="#86c28b",
    warning="#dfb15b",
    error="#ec8078",
    foreground="#d5dae0",
    background="#14171b",
    surface="#1a1e23",
    panel="#22272e",
    variables={
        "border": "#7ab7e0",
        "border-blurred": "#363d46",
        "block-cursor-background": "#274b66",
        "block-cursor-foreground": "#f2f6fa",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#262c33",
        "block-cursor-blurred-foreground": "#d5dae0",
        "footer-background": "#1a1e23",
        "footer-key-foreground": "#7ab7e0",
        "input-selection-background": "#274b66",
        "scrollbar": "#363d46",
        "scrollbar-hover": "#4a535e",
        "scrollbar-active": "#7ab7e0",
        "scrollbar-background": "#14171b",
        "scrollbar-background-hover": "#14171b",
        "scrollbar-background-active": "#14171b",
        "scrollbar-corner-color": "#14171b",
    },
)

LIGHT: Final = Theme(
    name="sfa-light",
    dark=False,
    primary="#1a5f8f",
    accent="#1a5f8f",
    secondary="#5b6775",
    success="#27682f",
    warning="#7d5200",
    error="#a92f28",
    foreground="#23282e",
    background="#fafaf8",
    surface="#f2f2ef",
    panel="#e8e8e4",
    variables={
        "border": "#1a5f8f",
        "border-blurred": "#c9c9c3",
        "block-cursor-background": "#cfe3f2",
        "block-cursor-foreground": "#0e1c28",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e8e8e4",
        "block-cursor-blurred-foreground": "#23282e",
        "footer-background": "#f2f2ef",
        "footer-key-foreground": "#1a5f8f",
        "input-selection-background": "#cfe3f2",
        "scrollbar": "#c9c9c3",
        "scrollbar-hover": "#acaca5",
        "scrollbar-active": "#1a5f8f",
        "scrollbar-background": "#fafaf8",
        "scrollbar-background-hover": "#fafaf8",
        "scrollbar-background-active": "#fafaf8",
        "scrollbar-corner-color": "#fafaf8",
    },
)


def register_themes(app: "App[Any]", current: str = DEFAULT_THEME) -> None:
    """Make both themes known to the application and show `current`; an unknown name shows the default."""
    for theme in (DARK, LIGHT):
        app.register_theme(theme)
    app.theme = current if current in app.available_themes else DEFAULT_THEME
