"""encrypt: the book on this laptop under a key; who holds it, and the recovery code."""

import os
import sys
from typing import Any

from typer.core import TyperCommand

from db import key_locks
from db.keys import KEYRING, PASSPHRASE_FILE
from sfa.cli.asking import asked, confirmed, sure_options
from sfa.cli.building import LazyGroup, command, flag, json_option
from sfa.cli.output import emit_json, say, tell
from sfa.errors import UsageError
from sfa.services import encrypting

TRIES = 3
OLD_CONTENT = (
    "What was in clear before was overwritten, which an SSD, snapshots and copies elsewhere do not honour: "
    "if that matters, erase them, or move to a disk that was encrypted from the start."
)


class EncryptGroup(LazyGroup):
    """Without a verb it encrypts; `--off` is a verb too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Take what stands for a verb as a verb."""
        if args[:1] == ["--off"]:
            args = ["off", *args[1:]]
        elif not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["on", *args]
        return super().parse_args(ctx, args)


def encrypt() -> LazyGroup:
    """Return `sfa encrypt`."""
    makers = {
        "on": _on_command,
        "off": _off_command,
        "status": _status_command,
        "unlock": lambda: command("unlock", _unlock, [], "Open the book by its passphrase or recovery code."),
        "lock": lambda: command("lock", _lock, [], "Forget the key now instead of after a quarter of an hour."),
        "passphrase": lambda: command("passphrase", _passphrase, [], "Set or change the passphrase; it holds the key."),
        "keyring": lambda: command("keyring", _keyring, [], "Let the keyring of this computer hold the key."),
        "recovery": _recovery_command,
    }
    return EncryptGroup("encrypt", "Encrypt the book on this laptop and its backups, or take that back.", makers)


def _on_command() -> TyperCommand:
    params = [
        flag("--passphrase", "is_typed", help="A passphrase holds the key, not the keyring of this computer."),
        *sure_options(),
    ]
    return command("on", _on, params, "Encrypt the book and its backups; shows the recovery code.")


def _on(*, is_typed: bool, is_sure: bool, is_unattended: bool) -> None:
    if encrypting.is_begun():
        changed = encrypting.go_on()
        say(f"Encrypted {changed} more." if changed else "The book is encrypted already.")
    else:
        passphrase = None if key_locks.has_keyring() and not is_typed else new_passphrase()
        code = _shown_code(is_sure=is_sure, is_unattended=is_unattended)
        changed = encrypting.turn_on(code, passphrase)
        backups = f" and {changed - 1} backups" if changed > 1 else ""
        holder = "the keyring of this computer holds the key" if passphrase is None else "the passphrase opens it"
        say(f"Encrypted the book{backups}; {holder}. Take it back: sfa encrypt --off")
        tell(OLD_CONTENT)
    for name in encrypting.status().left:
        tell(f"Still in clear: {name}. Remove it when you need it no more.")


def _off_command() -> TyperCommand:
    return command("off", _off, sure_options(), "Make the book and its backups plain again.")


def _off(*, is_sure: bool, is_unattended: bool) -> None:
    question = "Let everybody who has this disk read the book?"
    if not is_sure and not confirmed(question, is_unattended=is_unattended):
        return
    say(f"{encrypting.turn_off()} files are in clear now. Encrypt them again: sfa encrypt")


def _status_command() -> TyperCommand:
    return command(
        "status", _status, [json_option("The same as JSON.")], "Whether the book is encrypted, and who holds the key."
    )


def _status(*, is_json: bool) -> None:
    status = encrypting.status()
    if is_json:
        emit_json(status.as_json())
        return
    if not status.is_encrypted:
        say("The book is not encrypted. Encrypt it: sfa encrypt")
        return
    holder = "the keyring of this computer" if status.holder == KEYRING else "a passphrase"
    say(f"The book is encrypted; {holder} holds the key; {'open' if status.is_open else 'locked'} just now.")
    for name in status.left:
        say(f"Still in clear: {name}")


def _unlock() -> None:
    encrypting.unlock(_typed_secret("Passphrase or recovery code: "))
    say(f"Open; it locks {encrypting.MINUTES} minutes after the last command, or with: sfa encrypt lock")


def _lock() -> None:
    encrypting.lock()
    say("Locked. A desk that is open keeps its key until it is closed.")


def _passphrase() -> None:
    encrypting.change_holder(new_passphrase())
    say("The new passphrase opens the book from now on; copies of sales.key elsewhere still open with the old one.")


def _keyring() -> None:
    encrypting.change_holder(None)
    say("The keyring of this computer holds the key from now on.")


def _recovery_command() -> TyperCommand:
    return command("recovery", _recovery, sure_options(), "Show a new recovery code; the old one opens nothing then.")


def _recovery(*, is_sure: bool, is_unattended: bool) -> None:
    encrypting.change_code(_shown_code(is_sure=is_sure, is_unattended=is_unattended))
    say("The new recovery code opens the book; the old one does not.")


def _shown_code(*, is_sure: bool, is_unattended: bool) -> str:
    """Show a new recovery code once, and have it typed back unless nobody is to be asked."""
    if not is_sure and (is_unattended or not sys.stdin.isatty()):
        raise UsageError(
            "Nobody is here to write the recovery code down; nothing was done.",
            hint="Add --yes to have it printed alone.",
        )
    code = key_locks.new_code()
    tell("The recovery code opens the book when the passphrase is forgotten or the keyring lost. It is shown once:")
    say(code)
    if is_sure:
        return code
    for _ in range(TRIES):
        if key_locks.normal_code(asked("Write it down on paper, then type it here:") or "") == code:
            return code
        tell("That is not the code.")
    raise UsageError("The recovery code was not typed back; nothing was done.")


def new_passphrase() -> str:
    """Return a new passphrase: of the file that SFA_PASSPHRASE_FILE names, typed twice, or the next line of a pipe.

    Raises:
        UsageError: the two are not the same.
    """
    first = _typed_secret("New passphrase: ")
    is_typed = sys.stdin.isatty() and not os.environ.get(PASSPHRASE_FILE)
    if is_typed and _typed_secret("Once more: ") != first:
        raise UsageError("The two are not the same; nothing was done.")
    return first


def _typed_secret(question: str) -> str:
    name = os.environ.get(PASSPHRASE_FILE)
    if name:
        return key_locks.secret_in(name)
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass  # noqa: PLC0415 - where somebody types

    return getpass(question)


def unlock_by_asking() -> bool:
    """Ask for the passphrase of a locked book where somebody sits at a terminal; tell whether it is open now.

    Raises:
        LockedError: what was typed does not open it.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get(PASSPHRASE_FILE):
        return False
    encrypting.unlock(_typed_secret("The book is locked. Passphrase or recovery code: "))
    return True
