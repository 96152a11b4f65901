"""A view as HTML, Markdown or mail by sandboxed Jinja templates; texts are data in all of them, never markup."""

import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sfa.documents.texts import View
from sfa.documents.typesetting import TEMPLATES, TemplateError

if TYPE_CHECKING:
    from jinja2 import BaseLoader
    from jinja2.sandbox import SandboxedEnvironment

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AT_START: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_PICTURES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_ABSENT: Final[dict[str, Any]] = {
    "chapters": (), "sections": (), "groups": (), "options": (), "tax_reasons": (), "terms": (), "signature": None,
    "valid_until": "", "due_on": "",
}  # fmt: skip


def html(view: View, templates: Path | None, logo: bytes | None) -> str:
    """Return a page that loads nothing from anywhere.

    Raises:
        TemplateError: the template has an error.
    """
    return _filled(view | {"logo_uri": _uri(logo)}, "document.html.j2", templates)


def markdown(view: View, templates: Path | None) -> str:
    """Return Markdown; signs that would format a text are escaped.

    Raises:
        TemplateError: the template has an error.
    """
    return _BLANK_LINES.sub("\n\n", _filled(view, "document.md.j2", templates)).strip() + "\n"


def mail_text(view: View, templates: Path | None) -> str:
    """Return the body of a mail.

    Raises:
        TemplateError: the template has an error.
    """
    return _BLANK_LINES.sub("\n\n", _filled(view, "mail.txt.j2", templates)).strip() + "\n"


def _uri(logo: bytes | None) -> str:
    if not logo:
        return ""
    kind = next((media for start, media in _PICTURES.items() if logo.startswith(start)), "image/svg+xml")
    return f"data:{kind};base64,{b64encode(logo).decode()}"


def escaped(value: object) -> object:
    """Return a text that Markdown shows as it is; what a macro made of texts is Markdown already."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    one_line = " ".join(value.split("\n"))
    return Markup(_AT_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", one_line)))  # noqa: S704 - just escaped


def _filled(view: View, name: str, templates: Path | None) -> str:
    return _render(_environment(name, templates), name, _ABSENT | view)


def _render(environment: "SandboxedEnvironment", name: str, view: View) -> str:
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - only a document needs it

    try:
        return environment.get_template(name).render(view)
    except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _explained(error, name) from error


def _explained(error: Exception, name: str) -> TemplateError:
    """Return the error with the line of the template: jinja2 rewrites tracebacks so that they have it."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file == "<template>" or Path(file).name == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    cause = " ".join(str(error).split()).rstrip(".")
    return TemplateError(f"{name}{f', line {line}' if line else ''}: {cause}.", "Nothing was made.")


def _environment(name: str, templates: Path | None) -> "SandboxedEnvironment":
    from jinja2 import ChoiceLoader, FileSystemLoader  # noqa: PLC0415 - see `_render`

    places = [templates, TEMPLATES] if templates else [TEMPLATES]
    return environment(ChoiceLoader([FileSystemLoader(place) for place in places]), name)


def environment(loader: "BaseLoader | None", name: str) -> "SandboxedEnvironment":
    """Return a sandbox in which a template reaches nothing but its data; an unknown name is an error."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - see `_render`
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - see `_render`

    return ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=name.endswith((".html.j2", ".md.j2")),
        finalize=escaped if name.endswith(".md.j2") else None,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill_text(text: str, name: str, view: View) -> str:
    """Return a text of the library with its placeholders filled.

    Raises:
        TemplateError: a placeholder has an error; the sentence has file and line.
    """
    from jinja2 import DictLoader  # noqa: PLC0415 - see `_render`

    return _render(environment(DictLoader({name: text}), name), name, view)
