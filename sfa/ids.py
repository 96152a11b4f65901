"""The only place that makes identifiers: UUID version 7, ordered by time, ending in random bits."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol
else:
    Protocol = object

_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
_RANDOM_BITS = 62
_COUNTER_LIMIT = 0xFFF


class Ids(Protocol):
    """Makes identifiers."""

    def new(self) -> str:
        """Return a fresh identifier, greater than every earlier one of this maker."""


class RandomIds:
    """Identifiers from a clock in milliseconds and the system's randomness."""

    def __init__(self, now_ms: "Callable[[], int]", entropy: "Callable[[int], bytes]" = os.urandom) -> None:
        self._now_ms = now_ms
        self._entropy = entropy
        self._last_ms = 0
        self._counter = 0

    def new(self) -> str:
        """Return a UUIDv7 (RFC 9562, method 1: a counter in rand_a keeps the order within a millisecond)."""
        now = self._now_ms()
        if now > self._last_ms:
            self._last_ms, self._counter = now, 0
        elif self._counter < _COUNTER_LIMIT:
            self._counter += 1
        else:
            self._last_ms, self._counter = self._last_ms + 1, 0
        random = int.from_bytes(self._entropy(8), "big") >> (64 - _RANDOM_BITS)
        value = (self._last_ms << 80) | _VERSION | (self._counter << 64) | _VARIANT | random
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def system_ids() -> RandomIds:
    """Return the maker that a running program uses."""
    import time  # noqa: PLC0415 - nothing else here needs it

    return RandomIds(lambda: time.time_ns() // 1_000_000)
