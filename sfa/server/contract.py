"""The messages as types, for the server's OpenAPI description; the messages themselves are read in `sfa.sync.protocol`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from db.migrations import shipped_versions
from sfa.sync.protocol import MOST_MUTATIONS, MOST_ROWS

PACKED, PLAIN = "application/octet-stream", "application/json"
VERSIONS = shipped_versions()
_MOST = 2**53
TOKEN_PARAMETER = {"name": "Authorization", "in": "header", "schema": {"type": "string"}}
"""Of the hot path: FastAPI's own reading of a header costs as much there as the database."""
Schema = Annotated[int, Field(alias="schema", ge=VERSIONS.oldest_served, le=VERSIONS.newest)]
Whole = Annotated[int, Field(ge=0, le=_MOST)]
Field_ = str | int | None
Changes = dict[str, Field_]
MutationParts = tuple[
    Annotated[int, Field(ge=1, le=_MOST)],
    Literal["create", "patch", "delete"],
    str,
    str,
    Changes,
    Changes,
    str,
    str,
    str,
    Annotated[int, Field(ge=VERSIONS.oldest, le=VERSIONS.newest)],
]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EnrolRequest(_Message):
    """A one-time code and the schema that the laptop has."""

    code: Annotated[str, Field(max_length=100)]
    schema_number: Schema


class EnrolAnswer(_Message):
    """Who the laptop is from now on; the token is shown once."""

    org: str
    device: str
    code: str
    token: str
    user: str
    name: str
    role: str
    company: str
    wipe: str
    lease_days: int


class SyncRequest(_Message):
    """What a laptop sends: its mutations, and how far it has seen each bucket (epoch, version)."""

    protocol: Literal[1]
    schema_number: Schema
    mutations: Annotated[list[MutationParts], Field(max_length=MOST_MUTATIONS)] = []
    seen_verdicts: Whole = 0
    cursors: dict[str, Annotated[list[Whole], Field(min_length=2, max_length=3)]] = {}
    codecs: list[str] = []
    renew: dict[str, Annotated[list[Whole], Field(min_length=2, max_length=2)]] = {}
    renew_tables: list[str] = []
    limit: Annotated[int, Field(ge=0, le=_MOST)] = MOST_ROWS


class TableRows(_Message):
    """Rows by column: a list of values per column."""

    columns: list[str]
    values: list[list[Field_]]


class BucketChange(_Message):
    """What happened in a bucket between two versions."""

    bucket: str
    epoch: int
    from_version: Annotated[int, Field(alias="from")]
    to_version: Annotated[int, Field(alias="to")]
    rows: dict[str, TableRows]
    gone: list[tuple[str, str, str]]
    reset: bool = False
    whole: bool = True
    floor: int = 0


class SyncAnswer(_Message):
    """Verdicts (n, status, code, row), grants (bucket, writable, profile), changes, and whether there are more."""

    now: str
    verdicts: list[tuple[int, str, str, dict[str, Any] | None]]
    grants: list[tuple[str, int, str]]
    changes: list[BucketChange]
    renewed: list[BucketChange] = []
    more: bool
    last_n: int = 0
    lease_days: int = 0
    re: str = ""


class DigestAnswer(_Message):
    """Count and order-free hash of the rows of a bucket, as the device's person sees them."""

    count: int
    hash: str


class Revoked(_Message):
    """Which device may not sync any more, and whose it was."""

    device: str
    user: str


class Wiped(_Message):
    """When the device first said that its book is gone."""

    at: str


class Refused(BaseModel):
    """Why a request was refused; further members tell a program how to go on."""

    model_config = ConfigDict(extra="allow")
    error: str


class Health(_Message):
    """Whether the server and its database work."""

    status: str


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the descriptions of refusals by status."""
    return {status: {"model": Refused, "description": _WORDS[status]} for status in (*statuses, 408, 413, 429, 503)}


_WORDS = {
    400: "Not one of the messages",
    401: "Not known, or revoked: then `wipe` is the secret whose hash the enrolment gave",
    403: "Not this person's",
    404: "There is none",
    408: "Too slow",
    409: "A gap: `expected_n` is the number that is expected; or a device that was not revoked",
    413: "Too large",
    426: "Another version of protocol or schema is needed; verdicts are there all the same",
    429: "Too often: `Retry-After` says when again",
    503: "Busy: `Retry-After` says when again",
}


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the description of a request's body: plain JSON, or the same packed with gzip."""
    return {
        "requestBody": {
            "required": True,
            "content": {
                PLAIN: {"schema": model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")},
            },
        }
    }
