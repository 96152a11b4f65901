"""A pgbouncer in transaction mode before a PostgreSQL: each transaction may get another connection."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.support.sync_servers import Postgres, wait_until

ON_PATH = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
_SETTINGS = """[databases]
* = host={data} user=postgres

[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 500
query_wait_timeout = 20
"""


class PooledPostgres(Postgres):
    """A PostgreSQL whose addresses lead through a pgbouncer.

    Args:
        folder: for PostgreSQL's files; the pgbouncer's lie beside it.
        size: so many connections to a database of it are shared by all.
    """

    def __init__(self, folder: Path, size: int = 8) -> None:
        super().__init__(folder)
        assert ON_PATH
        self._socket = folder.parent / "pgbouncer"
        self._socket.mkdir()
        settings = self._socket / "pgbouncer.ini"
        settings.write_text(_SETTINGS.format(data=folder, folder=self._socket, size=size))
        words = [ON_PATH, "--quiet", str(settings)]
        if hasattr(os, "getuid") and os.getuid() == 0:  # neither of the two runs as root
            shutil.chown(self._socket, folder.owner())
            words[1:1] = ["--user", folder.owner()]
        self._pooler = subprocess.Popen(words)
        wait_until((self._socket / ".s.PGSQL.6432").exists)

    def new_database(self) -> str:
        """Return the address of a fresh, empty database, through the pgbouncer."""
        name = super().new_database().partition("?")[0].rpartition("/")[2]
        return f"postgresql://postgres:@:6432/{name}?host={self._socket}"

    def stop(self) -> None:
        """Let both stop."""
        self._pooler.terminate()
        self._pooler.wait(timeout=60)
        super().stop()
