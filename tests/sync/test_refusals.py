"""What a server says when it refuses, however odd, becomes one error that a program can read."""

import pytest

from sfa.dav.transport import HttpTransport, Request, Response
from sfa.sync.protocol import ProtocolError
from sfa.sync.transport import HttpLine


@pytest.mark.parametrize(
    ("body", "sentence", "detail"),
    [
        (b'{"error": "Too old.", "schema": 3, "oldest": 2}', "Too old.", {"schema": 3, "oldest": 2}),
        (b'{"error": "Odd.", "status": 5, "sentence": "x", "self": 1, "schema": 3}', "Odd.", {"schema": 3}),
        (b'["no object"]', "The server answered with status 426.", {}),
        (b"<html>", "The server answered with status 426.", {}),
    ],
)
def test_a_refusal_is_read_whatever_it_holds(
    body: bytes, sentence: str, detail: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: HttpTransport, _request: Request) -> Response:
        return Response(426, {}, body)

    monkeypatch.setattr(HttpTransport, "send", refuse)
    with pytest.raises(ProtocolError) as refused:
        HttpLine("https://localhost").send("/v1/sync", b"")
    assert (refused.value.status, str(refused.value), refused.value.detail) == (426, sentence, detail)
