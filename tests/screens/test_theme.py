"""The two looks."""

import pytest
from textual.color import Color
from textual.theme import Theme

from screens.theme import DARK, DEFAULT_THEME, LIGHT, register_themes
from tests.support.table_app import TableApp

READABLE = 4.5
COMFORTABLE = 7


def contrast(first: str, second: str) -> float:
    """Return the ratio of two colours as WCAG 2 defines it, from 1 to 21."""

    def luminance(color: Color) -> float:
        channels = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]

    darker, lighter = sorted((luminance(Color.parse(first)), luminance(Color.parse(second))))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    tokens = theme.to_color_system().generate()
    for ground in ("background", "surface", "panel", "block-cursor-blurred-background"):
        assert contrast(tokens["foreground"], tokens[ground]) >= COMFORTABLE
        for words in ("success", "warning", "error", "accent"):
            assert contrast(tokens[words], tokens[ground]) >= READABLE, (words, ground)
    assert contrast(tokens["block-cursor-foreground"], tokens["block-cursor-background"]) >= COMFORTABLE


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_focus_stands_out_and_is_the_only_accent(theme: Theme) -> None:
    tokens = theme.to_color_system().generate()
    assert tokens["border"] == tokens["accent"] == tokens["primary"]
    assert contrast(tokens["border"], tokens["background"]) > 2 * contrast(
        tokens["border-blurred"], tokens["background"]
    )


async def test_the_dark_look_is_the_default_and_an_unknown_one_falls_back_to_it() -> None:
    app = TableApp()
    async with app.run_test():
        assert app.theme == DEFAULT_THEME == "sfa-dark"
        register_themes(app, "sfa-light")
        assert app.theme == "sfa-light"
        register_themes(app, "no such look")
        assert app.theme == "sfa-dark"


async def test_a_list_takes_the_colours_of_a_new_look() -> None:
    app = TableApp()
    async with app.run_test() as pilot:
        app.table.focus()
        await pilot.pause()
        dark = app.table._painter._style_of("header")
        app.theme = "sfa-light"
        await pilot.pause()
        assert app.table._painter._style_of("header") != dark
