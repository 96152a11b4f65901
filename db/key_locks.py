"""Locks on a key: a passphrase or a recovery code (Argon2id, AES-256-GCM), and the keyring of the computer.

The libraries come with the extra `encrypt` and are imported where a lock is opened or made.
"""

import base64
import hashlib
import secrets
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.keys import PASSPHRASE, RECOVERY, Locks
from sfa.clock import stopwatch
from sfa.errors import LockedError, SfaError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from keyring.backend import KeyringBackend

SERVICE: Final = "sfa"
KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
CODE_BYTES: Final = 20
GROUP: Final = 4
WANTED_S = 0.25
"""How long a guess takes at least, on the computer that makes the lock."""
MEMORY_KIB = 128 * 1024
LANES: Final = 4
SCRYPT_R: Final = 8
_IN_CLEAR = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter that is taken for a digit
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


# --- keys


def new_key() -> str:
    """Return a random key of 256 bits, as hexadecimal text."""
    return secrets.token_hex(KEY_BYTES)


def new_locks(key: str) -> Locks:
    """Return locks that know the key by name and hash, and do not hold it yet."""
    return {"id": secrets.token_hex(SALT_BYTES), "check": check_of(key)}


def check_of(key: str) -> str:
    """Return a hash by which a key is known; a random key of 256 bits is not found from it."""
    return hashlib.sha256(f"sfa {key}".encode("ascii")).hexdigest()[: 2 * SALT_BYTES]


# --- secrets that a person keeps


def new_code() -> str:
    """Return a recovery code of 160 bits: eight groups of four."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode("ascii").translate(str.maketrans(_BASE32, _DIGITS))
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def normal_code(text: str) -> str | None:
    """Return a recovery code as it was given out, however it is typed; None where it cannot be one."""
    bare = "".join(text.split()).replace("-", "").upper().translate(str.maketrans("OIL", "011"))
    if len(bare) != CODE_BYTES * 8 // 5 or not set(bare) <= set(_DIGITS):
        return None
    return "-".join(bare[at : at + GROUP] for at in range(0, len(bare), GROUP))


def secret_in(name: str) -> str:
    """Return the first line of a file.

    Raises:
        UsageError: it cannot be read, or the line is empty.
    """
    try:
        lines = Path(name).expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The passphrase cannot be read from {name}.", hint="SFA_PASSPHRASE_FILE names it.") from error
    if not lines or not lines[0]:
        raise UsageError(f"{name} has no passphrase in its first line.")
    return lines[0]


def by_secret(locks: Locks, secret: str) -> str:
    """Return the key by the passphrase or the recovery code.

    Raises:
        LockedError: it is neither.
    """
    code = normal_code(secret)
    tries = [(RECOVERY, code)] if code else []
    for name, word in (*tries, (PASSPHRASE, secret)):
        if word and name in locks:
            raw = opened(locks[name], word)
            if raw is not None and check_of(raw.hex()) == locks["check"]:
                return raw.hex()
    raise LockedError(
        "The book stays locked: that is neither its passphrase nor its recovery code.", hint="Nothing was changed."
    )


def locked(key: str, secret: str) -> str:
    """Return the key under a lock that the secret opens: method, its numbers, salt, nonce and ciphertext."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    method = _costly_enough(secret, salt)
    sealed = _cipher(_stretched(method, secret, salt)).encrypt(nonce, bytes.fromhex(key), method.encode("ascii"))
    return f"{method}:{salt.hex()}:{nonce.hex()}:{sealed.hex()}"


def opened(lock: str, secret: str) -> bytes | None:
    """Return the key under a lock, None where the secret does not open it."""
    try:
        method, salt, nonce, sealed = lock.rsplit(":", 3)
        cipher = _cipher(_stretched(method, secret, bytes.fromhex(salt)))
    except ValueError:
        return None
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - the cipher is there by now

    try:
        return cipher.decrypt(bytes.fromhex(nonce), bytes.fromhex(sealed), method.encode("ascii"))
    except InvalidTag:
        return None


def _costly_enough(secret: str, salt: bytes) -> str:
    """Return a method under which a guess takes WANTED_S here."""
    method = _method(3)
    started = stopwatch()
    _stretched(method, secret, salt)
    taken = max(stopwatch() - started, 1e-6)
    return method if taken >= WANTED_S else _method(ceil(3 * WANTED_S / taken))


def _method(rounds: int) -> str:
    try:
        import cryptography.hazmat.primitives.kdf.argon2  # noqa: PLC0415 - only here
    except ImportError:
        return f"scrypt:{MEMORY_KIB}:{SCRYPT_R}:{rounds}"
    del cryptography
    return f"argon2id:{rounds}:{LANES}:{MEMORY_KIB}"


def _stretched(method: str, secret: str, salt: bytes) -> bytes:
    """Return the key that a secret makes.

    Raises:
        ValueError: the method is not known.
    """
    name, *numbers = method.split(":")
    first, second, third = map(int, numbers)
    words = secret.encode("utf-8")
    if name == "scrypt":
        most = 2 * 128 * first * second
        return hashlib.scrypt(words, salt=salt, n=first, r=second, p=third, maxmem=most, dklen=KEY_BYTES)
    if name != "argon2id":
        raise ValueError(name)
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - where a passphrase is tried

    made = Argon2id(salt=salt, length=KEY_BYTES, iterations=first, lanes=second, memory_cost=third)
    return made.derive(words)


def _cipher(key: bytes) -> "AESGCM":
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above
    except ImportError as error:
        raise missing_extra() from error
    return AESGCM(key)


def missing_extra() -> SfaError:
    """Return the error for a program that was installed without encryption."""
    return SfaError(
        "This sfa was installed without encryption.", hint="Install it with: pipx install --force 'sfa-tui[encrypt]'"
    )


# --- the keyring of the computer


def has_keyring() -> bool:
    """Tell whether this computer has a keyring that keeps a word, and not in a file in clear."""
    try:
        backend = _keyring()
        if backend is None:
            return False
        backend.set_password(SERVICE, "probe", "probe")
        is_kept = backend.get_password(SERVICE, "probe") == "probe"
        backend.delete_password(SERVICE, "probe")
    except Exception:  # noqa: BLE001 - backends raise what their systems raise
        return False
    return is_kept


def to_keyring(locks: Locks, key: str) -> bool:
    """Give the key to the keyring; tell whether it holds it."""
    try:
        backend = _keyring()
        if backend is None:
            return False
        backend.set_password(SERVICE, locks["id"], key)
        return backend.get_password(SERVICE, locks["id"]) == key
    except Exception:  # noqa: BLE001 - as above
        return False


def from_keyring(locks: Locks) -> str | None:
    """Return the key that the keyring holds; None where it has none, or another."""
    try:
        backend = _keyring()
        key = backend.get_password(SERVICE, locks["id"]) if backend else None
    except Exception:  # noqa: BLE001 - as above
        return None
    return key if key and check_of(key) == locks["check"] else None


def drop_from_keyring(locks: Locks) -> None:
    """Take the key out of the keyring, where it is."""
    try:
        backend = _keyring()
        if backend:
            backend.delete_password(SERVICE, locks["id"])
    except Exception:  # noqa: BLE001 - as above
        return


def _keyring() -> "KeyringBackend | None":
    """Return the keyring; None where the library is missing, or where it would write the key to a file."""
    try:
        import keyring  # noqa: PLC0415 - 100 ms
    except ImportError:
        return None
    backend = keyring.get_keyring()
    parts = [backend, *getattr(backend, "backends", ())]
    return None if any(type(part).__module__.startswith(_IN_CLEAR) for part in parts) else backend
