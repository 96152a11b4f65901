"""The characters that are read as simplified ones, as shipped in `variants.txt`."""

from functools import cache
from pathlib import Path


@cache
def variant_forms() -> str:
    """Return groups of characters, apart by spaces: the simplified one first, then its traditional and Japanese forms."""
    return Path(__file__).with_name("variants.txt").read_text(encoding="utf-8")
