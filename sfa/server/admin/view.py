"""How a page is made: jinja2 in a sandbox, everything escaped, nothing loaded from elsewhere, no script at all."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import Response

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page(name: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return a page as an answer."""
    template = _templates().get_template(f"{name}.html.j2")
    text = template.render({"fault": "", "told": "", "session": None, **values})
    return Response(text, status, HEADERS, media_type="text/html")


@cache
def _templates() -> "SandboxedEnvironment":
    from jinja2 import PackageLoader, StrictUndefined  # noqa: PLC0415 - for the page alone
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as above

    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("sfa.server.admin"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["moment"] = lambda text: text[:16].replace("T", " ") if text else "never"
    return environment
