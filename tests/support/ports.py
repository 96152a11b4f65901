"""Ports for servers that a test starts as processes of their own."""

import socket
import sys


def hold_port() -> tuple[int, socket.socket]:
    """Return a free port, and the socket that keeps it from everybody but a server that may reuse addresses.

    A port that was only looked for may be another program's before the server listens on it. Linux lets such a server
    share the address of a socket that never listens; elsewhere the socket is closed already, and the port only likely.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port = int(held.getsockname()[1])
    if not sys.platform.startswith("linux"):
        held.close()
    return port, held
