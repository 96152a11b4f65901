"""Write the Chinese fonts of `sfa/documents/fonts/` from Noto Sans CJK (uv run --with fonttools; fonts-noto-cjk of Debian).

Both weights have the same characters, so that a heading never lacks what its text has: GB 2312, the first level of
Big5, and in `more_characters.txt` what the Table of General Standard Chinese Characters has besides.
Source Sans 3 is shipped as its makers made it.
"""

from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = HERE.parents[1] / "sfa" / "documents" / "fonts"
SIMPLIFIED = 2
"""Which font of the collection it is."""
SIGNS = (
    (0x20, 0x17F),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x22FF),
    (0x2460, 0x27BF),
    (0x3000, 0x33FF),
    (0xFF00, 0xFFEF),
)


def main() -> None:
    """Write the regular and the bold font."""
    wanted = {ord(sign) for sign in _coded("gb2312", range(0xA1, 0xF8)) | _coded("big5", range(0xA4, 0xC7))}
    wanted |= {ord(sign) for sign in (HERE / "more_characters.txt").read_text(encoding="utf-8") if sign != "\n"}
    wanted |= {code for first, last in SIGNS for code in range(first, last + 1)}
    for weight in ("Regular", "Bold"):
        _write(SOURCE / f"NotoSansCJK-{weight}.ttc", TARGET / f"NotoSansCJKsc-{weight}.otf", wanted)


def _coded(codec: str, leads: Iterable[int]) -> set[str]:
    """Return the characters that a codec has in two bytes."""
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in range(0x40, 0xFF))
    return {text for text in pairs if len(text) == 1 and ord(text) > 0x7F}  # noqa: PLR2004 - past ASCII


def _write(source: Path, target: Path, wanted: set[int]) -> None:
    options = subset.Options(font_number=SIMPLIFIED, hinting=False, layout_features=["ccmp"], name_IDs=["*"])
    options.drop_tables += ["VORG", "vhea", "vmtx", "DSIG"]
    font = subset.load_font(str(source), options)
    maker = subset.Subsetter(options)
    maker.populate(unicodes=wanted)
    maker.subset(font)
    font["head"].modified = font["head"].created  # the same bytes each time
    font.recalcTimestamp = False
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getBestCmap()):,} characters")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
