"""The two looks of the screens: a quiet background and one accent, which means focus."""

from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

DEFAULT_THEME: Final = "sfa-dark"

DARK: Final = Theme(
    name="sfa-dark",
    dark=True,
    primary="#7AB7E0",
    accent="#7AB7E0",
    secondary="#93A1B0",
    success="#86C28B",
    warning="#DFB15B",
    error="#EC8078",
    foreground="#D5DAE0",
    background="#14171B",
    surface="#1A1E23",
    panel="#22272E",
    variables={
        "border": "#7AB7E0",
        "border-blurred": "#363D46",
        "block-cursor-background": "#274B66",
        "block-cursor-foreground": "#F2F6FA",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#262C33",
        "block-cursor-blurred-foreground": "#D5DAE0",
        "footer-background": "#1A1E23",
        "footer-key-foreground": "#7AB7E0",
        "input-selection-background": "#274B66",
        "scrollbar": "#363D46",
        "scrollbar-hover": "#4A535E",
        "scrollbar-active": "#7AB7E0",
        "scrollbar-background": "#14171B",
        "scrollbar-background-hover": "#14171B",
        "scrollbar-background-active": "#14171B",
        "scrollbar-corner-color": "#14171B",
    },
)

LIGHT: Final = Theme(
    name="sfa-light",
    dark=False,
    primary="#1A5F8F",
    accent="#1A5F8F",
    secondary="#5B6775",
    success="#27682F",
    warning="#7D5200",
    error="#A92F28",
    foreground="#23282E",
    background="#FAFAF8",
    surface="#F2F2EF",
    panel="#E8E8E4",
    variables={
        "border": "#1A5F8F",
        "border-blurred": "#C9C9C3",
        "block-cursor-background": "#CFE3F2",
        "block-cursor-foreground": "#0E1C28",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#E8E8E4",
        "block-cursor-blurred-foreground": "#23282E",
        "footer-background": "#F2F2EF",
        "footer-key-foreground": "#1A5F8F",
        "input-selection-background": "#CFE3F2",
        "scrollbar": "#C9C9C3",
        "scrollbar-hover": "#ACACA5",
        "scrollbar-active": "#1A5F8F",
        "scrollbar-background": "#FAFAF8",
        "scrollbar-background-hover": "#FAFAF8",
        "scrollbar-background-active": "#FAFAF8",
        "scrollbar-corner-color": "#FAFAF8",
    },
)


def register_themes(app: "App[Any]", current: str = DEFAULT_THEME) -> None:
    """Make both themes known to the application and show `current`; an unknown name shows the default."""
    for theme in (DARK, LIGHT):
        app.register_theme(theme)
    app.theme = current if current in app.available_themes else DEFAULT_THEME
