"""`sfa quote pdf`: the document of a quote as a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from typer.core import TyperCommand

from sfa.cli.building import command, option
from sfa.cli.opening import open_desk
from sfa.cli.quote_verbs import QUOTE, common, tell_quote
from sfa.services import quote_papers
from sfa.services.quote_sheet import find

_FORMS: Final = ", ".join(quote_papers.FORMS)


def pdf() -> TyperCommand:
    """Return `sfa quote pdf`."""
    params = [
        QUOTE,
        option("--form", "form", default="pdf", help=f"One of: {_FORMS}.", shown="FORM"),
        option("--out", "-o", "target", help="The file; in the folder of documents where none is given.", shown="FILE"),
        option("--language", "language", default="", help="en or zh.", shown="CODE"),
        *common(),
    ]
    return command("pdf", _pdf, params, "Make the document of a quote: PDF, Markdown, HTML, mail text or mail draft.")


def _pdf(
    *, words: Sequence[str], form: str, target: str | None, language: str, is_dry_run: bool, is_json: bool
) -> None:
    desk = open_desk()
    file = Path(target) if target else None
    saved = quote_papers.make(desk, find(desk, words), form, file, language, is_dry_run=is_dry_run)
    tell_quote(desk, saved, is_json=is_json)
