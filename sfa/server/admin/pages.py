"""The administrators' pages: each reads or does one thing; forms carry the session's key, answers no script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from secrets import compare_digest
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from sfa.errors import SfaError
from sfa.ids import system_ids
from sfa.server.admin.logins import Logins, Session
from sfa.server.admin.view import HEADERS, page
from sfa.server.endpoints import Doors, address_of
from sfa.server.handle import Server
from sfa.server.people import ROLES, People
from sfa.sync.protocol import ProtocolError

COOKIE = "sfa_session"
AUDIT_LINES = 200
MOST_FIELDS = 50
_SEE_OTHER = 303

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is logged in, with the people whom they look after."""

    session: Session
    people: People
    query: Form


def add_pages(app: FastAPI, doors: Doors) -> None:
    """Put the pages on an application."""
    _add_login(app, doors)
    _add_page(app, doors, "people", _show_people)
    _add_page(app, doors, "devices", _show_devices)
    _add_page(app, doors, "health", _show_health)
    _add_page(app, doors, "audit", _show_audit)
    _add_deed(app, doors, "people/add", _add_person)
    _add_deed(app, doors, "people/edit", _edit_person)
    _add_deed(app, doors, "people/code", _new_code)
    _add_deed(app, doors, "devices/revoke", _revoke)


def _add_login(app: FastAPI, doors: Doors) -> None:
    @app.get("/admin", include_in_schema=False)
    async def home() -> Response:
        return _to("people")

    @app.get("/admin/style.css", include_in_schema=False)
    async def style() -> Response:
        sheet = files("sfa.server.admin").joinpath("templates/style.css").read_bytes()
        return Response(sheet, media_type="text/css", headers=HEADERS)

    @app.get("/admin/login", include_in_schema=False)
    async def ask() -> Response:
        return page("login", {})

    @app.post("/admin/login", include_in_schema=False)
    async def log_in(request: Request) -> Response:
        _require_own(request)
        doors.limit(doors.enrolments, address_of(request))
        form = await _form(request)

        def work(server: Server) -> str:
            given = form.get("name", ""), form.get("password", "")
            return _logins(doors, server).log_in(*given, address_of(request), doors.failures(server))

        try:
            key = await run_in_threadpool(doors.pool.run, work)
        except ProtocolError as error:
            return page("login", {"fault": str(error), "name": form.get("name", "")}, error.status)
        answer = _to("people")
        is_secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, key, path="/admin", httponly=True, samesite="strict", secure=is_secure)
        return answer

    @app.post("/admin/logout", include_in_schema=False)
    async def log_out(request: Request) -> Response:
        form = await _form(request)

        def work(server: Server) -> None:
            _visit(doors, server, request, form)
            _logins(doors, server).log_out(request.cookies[COOKIE])

        await run_in_threadpool(doors.pool.run, work)
        answer = _to("login")
        answer.delete_cookie(COOKIE, path="/admin")
        return answer


def _add_page(app: FastAPI, doors: Doors, name: str, read: Callable[[Visit], Mapping[str, Any]]) -> None:
    @app.get(f"/admin/{name}", include_in_schema=False, name=name)
    async def show(request: Request) -> Response:
        def work(server: Server) -> Response:
            visit = _visit(doors, server, request)
            return page(name, {"session": visit.session, "told": visit.query.get("told", ""), **read(visit)})

        try:
            return await run_in_threadpool(doors.pool.run, work)
        except ProtocolError as error:
            if error.status != 401:  # noqa: PLR2004 - HTTP's own
                raise
            return _to("login")


def _add_deed(app: FastAPI, doors: Doors, path: str, deed: Callable[[Visit, Form], str]) -> None:
    name = path.partition("/")[0]
    read = _show_people if name == "people" else _show_devices

    @app.post(f"/admin/{path}", include_in_schema=False, name=path)
    async def do(request: Request) -> Response:
        form = await _form(request)

        def work(server: Server) -> Response:
            visit = _visit(doors, server, request, form)
            try:
                told = deed(visit, form)
            except SfaError as error:
                words = f"{error.message} {error.hint or ''}".strip()
                return page(name, {"session": visit.session, "fault": words, **read(visit)}, 400)
            if deed is _new_code:  # a secret stands in no address
                return page(name, {"session": visit.session, "told": told, **read(visit)})
            return _to(name, told)

        return await run_in_threadpool(doors.pool.run, work)


# --- who asks


def _visit(doors: Doors, server: Server, request: Request, form: Form | None = None) -> Visit:
    """Return who is logged in; a form must carry the key of their session.

    Raises:
        ProtocolError: 401 nobody is; 403 the form comes from elsewhere.
    """
    session = _logins(doors, server).session(request.cookies.get(COOKIE, ""))
    if session is None:
        raise ProtocolError(401, "Log in first.")
    if form is not None:
        _require_own(request)
        if not compare_digest(form.get("form_key", "").encode(), session.form_key.encode()):
            raise ProtocolError(403, "This form is too old, or comes from elsewhere.")
    people = People(server.database, doors.settings.org, doors.settings.now(), system_ids().new, by=session.user)
    return Visit(session, people, dict(request.query_params))


def _require_own(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise ProtocolError(403, "This form comes from elsewhere.")


def _logins(doors: Doors, server: Server) -> Logins:
    settings = doors.settings
    life = timedelta(minutes=settings.limits.session_minutes)
    return Logins(server.database, settings.org, settings.now(), life)


async def _form(request: Request) -> Form:
    text = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise ProtocolError(400, "This is none of our forms.") from error
    return {name: values[-1] for name, values in fields.items()}


def _to(name: str, told: str = "") -> RedirectResponse:
    query = f"?{urlencode({'told': told})}" if told else ""
    return RedirectResponse(f"/admin/{name}{query}", _SEE_OTHER, HEADERS)


# --- what they see and do


def _show_people(visit: Visit) -> Mapping[str, Any]:
    people = visit.people
    return {
        "people": people.users(),
        "roles": ROLES,
        "teams": people.names("team"),
        "territories": people.names("territory"),
    }


def _show_devices(visit: Visit) -> Mapping[str, Any]:
    return {"devices": visit.people.devices()}


def _show_health(visit: Visit) -> Mapping[str, Any]:
    return {"devices": [one for one in visit.people.devices() if one["status"] == "active"]}


def _show_audit(visit: Visit) -> Mapping[str, Any]:
    what, user = visit.query.get("what", ""), visit.query.get("user", "")
    kinds = ("added", "changed", "code issued", "deleted", "overwritten", "revoked")
    lines = visit.people.audit(AUDIT_LINES, what, user)
    return {"lines": lines, "what": what, "user": user, "kinds": kinds, "people": visit.people.users()}


def _values(visit: Visit, form: Form) -> dict[str, Any]:
    values: dict[str, Any] = {key: form[key] for key in ("name", "role") if key in form}
    if "email" in form:
        values["email"] = form["email"].strip() or None
    for key, table in (("manager_id", "app_user"), ("team_id", "team"), ("territory_id", "territory")):
        if key in form:
            values[key] = visit.people.find(table, form[key]) if form[key] else None
    return values


def _add_person(visit: Visit, form: Form) -> str:
    values = {"name": "", "is_active": 1, **_values(visit, form)}
    visit.people.save("app_user", None, values)
    return f"Added {values['name']}. Make a code for their laptop."


def _edit_person(visit: Visit, form: Form) -> str:
    user = visit.people.find("app_user", form.get("id", ""))
    visit.people.save("app_user", user, _values(visit, form) | {"is_active": int("is_active" in form)})
    return "Changed."


def _new_code(visit: Visit, form: Form) -> str:
    return f"Code: {visit.people.code_for(form.get('id', ''))} (good for two days, once)"


def _revoke(visit: Visit, form: Form) -> str:
    return f"{visit.people.revoke(form.get('device', ''))}'s device may not sync any more."
