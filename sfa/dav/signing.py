"""The password of a server: from the environment, the system's keyring where there is one, or the person; never kept in clear."""

import os
import sys
from typing import Any, Final
from urllib.parse import urlsplit

from sfa.errors import UsageError

VARIABLE: Final = "SFA_DAV_PASSWORD"
_SERVICE: Final = "sfa-dav"


def password_for(url: str, user: str) -> str:
    """Return the password of a user at the server of an address.

    Raises:
        UsageError: nobody knows it, and nobody is here to be asked.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    kept = _kept(_account(url, user))
    if kept is not None:
        return kept
    if not sys.stdin.isatty():
        raise UsageError(f"The password of {user} is not known.", hint=f"Set {VARIABLE}, or run it in a terminal.")
    from getpass import getpass  # noqa: PLC0415 - for people alone

    return getpass(f"Password of {user} at {urlsplit(url).hostname}: ")


def keep_password(url: str, user: str, password: str) -> bool:
    """Give a password to the system's keyring; tell whether there is one that took it."""
    keyring = _keyring()
    if keyring is None or os.environ.get(VARIABLE) is not None:
        return False
    try:
        keyring.set_password(_SERVICE, _account(url, user), password)
    except Exception:  # noqa: BLE001 - whatever a desktop's keyring throws: we ask for the password then
        return False
    return True


def _account(url: str, user: str) -> str:
    return f"{user}@{urlsplit(url).hostname}"


def _kept(account: str) -> str | None:
    keyring = _keyring()
    try:
        found = keyring.get_password(_SERVICE, account) if keyring else None
    except Exception:  # noqa: BLE001 - as above
        return None
    return None if found is None else str(found)


def _keyring() -> Any:  # noqa: ANN401 - a package that may not be there
    from importlib import import_module  # noqa: PLC0415 - beside its only use

    try:
        return import_module("keyring")
    except ImportError:
        return None
