"""The characters that are read as simplified ones, as shipped in `variants.txt`; for the search and for duplicates."""

from os import path


def variant_forms() -> str:
    """Return groups of characters, apart by spaces: the simplified one first, then its traditional and Japanese forms."""
    with open(path.join(path.dirname(__file__), "variants.txt"), encoding="utf-8") as stream:
        return stream.read()
