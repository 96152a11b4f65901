"""One door to all forms of a document: PDF, Markdown, HTML, mail text, mail draft, XML."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from sfa.documents import mail, sheets, typesetting, ubl
from sfa.documents.glyphs import font_files, missing
from sfa.documents.paper import Paper
from sfa.documents.report_page import ReportPage
from sfa.documents.statement import Statement
from sfa.documents.texts import View
from sfa.documents.view import view
from sfa.errors import SfaError, UsageError

MOST_NAMED: Final = 8


class Format(StrEnum):
    """The form that a document takes."""

    PDF = "pdf"
    MARKDOWN = "md"
    HTML = "html"
    TEXT = "txt"
    MAIL = "eml"
    UBL = "ubl"


class MissingGlyphsError(SfaError):
    """Characters that no font at hand has: a box instead of a name is no document to send."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document as bytes; the same paper, templates and fonts make the same bytes.

    Attributes:
        sha256: of the bytes, in hexadecimal.
        warnings: sentences on what is not as it should be.
        template: SHA-256 over the templates that made it; empty where none did.
    """

    data: bytes
    sha256: str
    media_type: str
    warnings: tuple[str, ...] = ()
    template: str = ""


def render(paper: Paper | Statement | ReportPage, form: Format | str, templates: Path | None = None) -> Rendered:
    """Return a document in one form; nothing is written.

    Args:
        paper: what it says.
        form: a Format, or its name.
        templates: the company's folder of templates; what is not in it comes from the package.

    Raises:
        TemplateError: a template has an error; the sentence has its file, line and cause.
        MissingGlyphsError: a PDF that is no draft has characters without a glyph.
        UsageError: there is no such form, or this paper has it not.
        NotFoundError: the logo is not there.
        ExportError: the amounts do not make an invoice of EN 16931.
    """
    try:
        maker, media_type = _MAKERS[Format(form)]
    except ValueError as error:
        raise UsageError(f"There is no form {form}.", f"Use one of: {', '.join(Format)}.") from error
    if isinstance(paper, ReportPage):
        if form != Format.PDF:
            raise UsageError(f"A report has no form {form}.", "Use pdf.")
        return _pdf(paper, media_type, templates)
    return maker(paper, media_type, templates)


def pictures(paper: Paper | Statement | ReportPage, templates: Path | None = None, ppi: int = 96) -> tuple[bytes, ...]:
    """Return each page of the PDF as a PNG, to be looked at before anything is sent.

    Raises:
        TemplateError: a template has an error.
        NotFoundError: the logo is not there.
    """
    place = typesetting.place_for(paper.kind, templates)
    return typesetting.pictures(view(paper), place, typesetting.read_logo(paper.seller.logo, templates), ppi)


def _pdf(paper: Paper | Statement | ReportPage, media_type: str, templates: Path | None) -> Rendered:
    shown = view(paper)
    place = typesetting.place_for(paper.kind, templates)
    lacking = _lacking(shown, place.fonts)
    if lacking and not paper.is_draft:
        raise MissingGlyphsError(
            lacking, f"Write it otherwise, or put a font that has it into {(templates or Path('templates')) / 'fonts'}."
        )
    logo = typesetting.read_logo(paper.seller.logo, templates)
    data, warnings = typesetting.pdf(shown, paper.issued_on, place, logo)
    return _rendered(
        data, media_type, (*((lacking,) if lacking else ()), *warnings), _version(place.templates, "*.typ")
    )


def _lacking(shown: View, fonts: Path | None) -> str:
    signs = missing(shown, font_files(fonts))
    named = [f"{sign} (U+{ord(sign):04X}, {place})" for sign, place in list(signs.items())[:MOST_NAMED]]
    more = f" and {len(signs) - len(named)} more" if len(signs) > len(named) else ""
    return f"The fonts lack {', '.join(named)}{more}." if named else ""


def _html(paper: Paper | Statement, media_type: str, templates: Path | None) -> Rendered:
    logo = typesetting.read_logo(paper.seller.logo, templates)
    return _text(sheets.html(view(paper), templates, logo), media_type, templates, "document.html.j2")


def _markdown(paper: Paper | Statement, media_type: str, templates: Path | None) -> Rendered:
    return _text(sheets.markdown(view(paper), templates), media_type, templates, "document.md.j2")


def _mail_text(paper: Paper | Statement, media_type: str, templates: Path | None) -> Rendered:
    return _text(sheets.mail_text(view(paper), templates), media_type, templates, "mail.txt.j2")


def _mail(paper: Paper | Statement, media_type: str, templates: Path | None) -> Rendered:
    attached = render(paper, Format.PDF, templates)
    body = sheets.mail_text(view(paper), templates)
    data = mail.draft(paper, body, attached.data)
    return _rendered(data, media_type, attached.warnings, attached.template)


def _ubl(paper: Paper | Statement, media_type: str, _templates: Path | None) -> Rendered:
    if isinstance(paper, Statement):
        raise UsageError("A statement has no form of EN 16931.", "Use pdf, html or md.")
    return _rendered(ubl.export(paper), media_type)


def _text(text: str, media_type: str, templates: Path | None, name: str) -> Rendered:
    folder = templates if templates and (templates / name).is_file() else typesetting.TEMPLATES
    return _rendered(text.encode(), media_type, template=_version(folder, name))


def _rendered(data: bytes, media_type: str, warnings: tuple[str, ...] = (), template: str = "") -> Rendered:
    return Rendered(data, hashlib.sha256(data).hexdigest(), media_type, warnings, template)


def _version(folder: Path, pattern: str) -> str:
    """Return the hash over names and contents of templates."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        whole.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


_MAKERS: Final[dict[Format, tuple[Callable[[Paper | Statement, str, Path | None], Rendered], str]]] = {
    Format.PDF: (_pdf, "application/pdf"),
    Format.MARKDOWN: (_markdown, "text/markdown; charset=utf-8"),
    Format.HTML: (_html, "text/html; charset=utf-8"),
    Format.TEXT: (_mail_text, "text/plain; charset=utf-8"),
    Format.MAIL: (_mail, "message/rfc822"),
    Format.UBL: (_ubl, "application/xml"),
}
