"""Two laptops and a real server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sfa.dav.transport import Transport
from tests.support.dav_homes import Home, WithoutTokens, make_home
from tests.support.dav_servers import Server, ask, empty, make_collection, radicale, xandikos

WAYS = ("radicale", "radicale without tokens", "xandikos", "xandikos without tokens")


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Return a kind of server, and how it is spoken to."""
    return str(request.param)


@pytest.fixture(scope="module")
def running(way: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server; Radicale is spoken to by TLS under a CA of its own."""
    folder = tmp_path_factory.mktemp("server")
    with radicale(folder, has_tls=True) if way.startswith("radicale") else xandikos(folder) as found:
        yield found


@pytest.fixture
def server(way: str, running: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Return the server with an empty calendar and an empty address book for this test alone."""
    if way.startswith("radicale"):
        name = str(abs(hash(request.node.name)))
        make_collection(running, f"jane/cal{name}", "calendar", "Work")
        make_collection(running, f"jane/book{name}", "contacts", "People")
        yield running
        for kind in ("cal", "book"):
            ask(running, "DELETE", f"{running.url}jane/{kind}{name}/")
        return
    empty(running)
    yield running


@pytest.fixture
def through(way: str) -> Callable[[Transport], Transport]:
    """Return what stands between a laptop and the network."""
    return WithoutTokens if way.endswith("without tokens") else lambda plain: plain


@pytest.fixture
def homes(tmp_path: Path, server: Server, through: Callable[[Transport], Transport]) -> Iterator[tuple[Home, Home]]:
    """Return two laptops that sync with the server."""
    pair = make_home(tmp_path / "one", server, 1, through), make_home(tmp_path / "two", server, 2, through)
    yield pair
    for home in pair:
        home.desk.close()
