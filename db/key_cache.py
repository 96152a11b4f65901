"""A key that was given out once stays with Linux's kernel for a while: in its memory, never on a disk or in swap.

Other systems have no such place; there the keyring or the passphrase is asked in every process.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

KEPT_S = 15 * 60
"""How long after its last use."""

_CALLS = {"x86_64": (248, 250), "aarch64": (217, 219), "armv7l": (309, 311), "riscv64": (217, 219)}
_USERS = -4  # the keyring of the user, whatever the session
_SETPERM, _UNLINK, _SEARCH, _READ, _SET_TIMEOUT = 5, 9, 10, 11, 15
_TO_ITS_USER_ALONE = 0x3F3F0000
_MOST = 128


def keep(name: str, key: str) -> None:
    """Let the kernel keep a key for KEPT_S."""
    kernel = _kernel()
    if kernel is None:
        return
    call, add, control = kernel
    number = call(add, b"user", _label(name), key.encode("ascii"), len(key), _USERS)
    if number > 0:
        call(control, _SETPERM, number, _TO_ITS_USER_ALONE)
        call(control, _SET_TIMEOUT, number, KEPT_S)


def recall(name: str) -> str | None:
    """Return a key that the kernel keeps, and let it keep it for KEPT_S from now on."""
    kernel = _kernel()
    if kernel is None:
        return None
    call, _, control = kernel
    number = call(control, _SEARCH, _USERS, b"user", _label(name), 0)
    if number <= 0:
        return None
    from ctypes import create_string_buffer  # noqa: PLC0415 - is there by now

    buffer = create_string_buffer(_MOST)
    length = call(control, _READ, number, buffer, _MOST)
    call(control, _SET_TIMEOUT, number, KEPT_S)
    return buffer.raw[:length].decode("ascii") if 0 < length <= _MOST else None


def drop(name: str) -> None:
    """Let the kernel forget a key."""
    kernel = _kernel()
    if kernel is None:
        return
    call, _, control = kernel
    number = call(control, _SEARCH, _USERS, b"user", _label(name), 0)
    if number > 0:
        call(control, _UNLINK, number, _USERS)


def _label(name: str) -> bytes:
    return b"sfa:" + name.encode("ascii")


def _kernel() -> tuple[Callable[..., int], int, int] | None:
    """Return the way to call the kernel, and the numbers of its two calls; None where it keeps no keys."""
    if sys.platform != "linux":
        return None
    numbers = _CALLS.get(os.uname().machine)
    if numbers is None:
        return None
    from ctypes import CDLL  # noqa: PLC0415 - 2 ms, for encrypted books alone

    try:
        return (CDLL(None).syscall, *numbers)
    except (OSError, AttributeError):
        return None
