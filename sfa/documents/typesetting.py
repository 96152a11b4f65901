"""A view set as PDF by typst: templates from a folder, fonts from the package, the same bytes each time."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfa.documents.glyphs import SHIPPED
from sfa.documents.texts import View
from sfa.errors import NotFoundError, SfaError, UsageError

if TYPE_CHECKING:
    import typst

TEMPLATES: Final = Path(__file__).with_name("templates")
STANDARD: Final = "a-2b"
"""PDF/A: whole in itself, for an archive; it allows no character without a glyph, as a draft may have."""
LARGEST_LOGO: Final = 2_000_000
_PLACE: Final = re.compile(r"┌─ (.+?):(\d+):\d+")
_PACKAGE: Final = re.compile(r"[\"']@[\w-]+/")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of the templates in use, and the company's own fonts where it has some."""

    templates: Path
    fonts: Path | None


class TemplateError(SfaError):
    """A template cannot be set: one sentence with its file, line and cause."""


def pdf(view: View, issued_on: date, place: Place, logo: bytes | None) -> tuple[bytes, tuple[str, ...]]:
    """Return the document and the warnings of its template.

    Args:
        view: as `sfa.documents.view` returns it.
        issued_on: its date of creation.
        place: where templates and fonts are.
        logo: the picture of the letterhead.

    Raises:
        TemplateError: the template has an error, or asks for a package from the network.
    """
    options = {
        "format": "pdf",
        "pdf_standards": [] if view["is_draft"] else [STANDARD],
        "timestamp": datetime.combine(issued_on, time(), UTC),
    }
    pages, warnings = _compiled(view, place, logo, options)
    return pages[0], warnings


def pictures(view: View, place: Place, logo: bytes | None, ppi: int) -> tuple[bytes, ...]:
    """Return each page as PNG.

    Raises:
        TemplateError: the template has an error, or asks for a package from the network.
    """
    return _compiled(view, place, logo, {"format": "png", "ppi": float(ppi)})[0]


def _compiled(
    view: View, place: Place, logo: bytes | None, options: dict[str, Any]
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    import typst  # noqa: PLC0415 - 80 MB that only a document needs

    template = template_file(place.templates, view["kind"])
    _refuse_packages(place.templates)
    data = json.dumps(view | {"logo": list(logo or b"")}, ensure_ascii=False, separators=(",", ":"))
    try:
        made, warnings = typst.compile_with_warnings(
            str(template),
            root=str(place.templates),
            font_paths=_fonts(str(place.fonts or "")),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            **options,
        )
    except typst.TypstError as error:
        raise _explained(error, template) from error
    told = tuple(f"{_where(warning.diagnostic, template)}: {warning.message}." for warning in warnings)
    return tuple(made) if isinstance(made, list) else (made,), told


def template_file(folder: Path, kind: str) -> Path:
    """Return the template of a kind; orders, invoices and credit notes without one of their own use that of quotes."""
    own = folder / f"{kind}.typ"
    return own if own.is_file() or kind in ("proposal", "statement", "report") else folder / "quote.typ"


def place_for(kind: str, templates: Path | None) -> Place:
    """Return the company's folder of templates where it has one for this kind, else the shipped one; and its fonts."""
    own = templates.resolve() if templates else None
    fonts = own / "fonts" if own and (own / "fonts").is_dir() else None
    return Place(own if own and template_file(own, kind).is_file() else TEMPLATES, fonts)


def read_logo(name: str, templates: Path | None) -> bytes | None:
    """Return the picture of the letterhead; None where no name is set.

    Raises:
        NotFoundError: there is none by that name in the folder of templates.
        UsageError: it is no plain name, or too large.
    """
    if not name:
        return None
    if Path(name).name != name:
        raise UsageError(f"The logo {name} is no plain name.", "Put the picture into the folder of templates.")
    path = templates / name if templates else None
    if path is None or not path.is_file():
        raise NotFoundError(
            f"The logo {name} is not in the folder of templates.", f"Put it into {templates or 'templates'}."
        )
    if path.stat().st_size > LARGEST_LOGO:
        raise UsageError(f"The logo {name} is larger than 2 MB.", "Save it smaller: it is printed 15 mm high.")
    return path.read_bytes()


@lru_cache(maxsize=4)
def _fonts(own: str) -> "typst.Fonts":
    """Return the shipped fonts and the company's; those of the machine stay out, or bytes would differ by machine."""
    import typst  # noqa: PLC0415 - see `_compiled`

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(SHIPPED), *([own] if own else [])]
    )


def _refuse_packages(folder: Path) -> None:
    """Nothing is fetched while a document is made: it has to work with no network, and the same way each time."""
    for path in sorted(folder.glob("*.typ")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if _PACKAGE.search(line):
                raise TemplateError(
                    f"{path.name}, line {number}: packages from the network are not used.",
                    "Copy the files of the package beside the template and import them by their names.",
                )


def _where(diagnostic: str, template: Path) -> str:
    place = _PLACE.search(diagnostic)
    return f"{Path(place[1]).name}, line {place[2]}" if place else template.name


def _explained(error: "typst.TypstError", template: Path) -> TemplateError:
    cause = " ".join(error.message.split()).rstrip(".")
    hints = "; ".join(" ".join(hint.split()) for hint in error.hints)
    return TemplateError(f"{_where(error.diagnostic, template)}: {cause}.", hints or "Nothing was made.")
