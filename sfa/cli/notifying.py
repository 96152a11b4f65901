"""A notification on the desktop, by whichever command the platform has; where there is none, nothing happens."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from sfa.domain.text import clean

LONGEST_S = 5
_APPLE = ("on run words", "display notification (item 2 of words) with title (item 1 of words)", "end run")
_WINDOWS = """
$kinds = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$page = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent(1)
$texts = $page.GetElementsByTagName('text')
$texts.Item(0).AppendChild($page.CreateTextNode($env:SFA_TITLE)) | Out-Null
$texts.Item(1).AppendChild($page.CreateTextNode($env:SFA_TEXT)) | Out-Null
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$toast = [Windows.UI.Notifications.ToastNotification]::new($page)
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($toast)
"""


def notify(title: str, text: str) -> bool:
    """Show a notification, and tell whether a command took it; it never fails, and never waits long."""
    line = clean(text)
    words = command_for(sys.platform, title, line)
    program = shutil.which(words[0]) if words else None
    if program is None:
        return False
    return _run([program, *words[1:]], {"SFA_TITLE": title, "SFA_TEXT": line})


def command_for(platform: str, title: str, text: str) -> list[str]:
    """Return the command of a platform (as in `sys.platform`); the text is an argument, or in the environment, never code."""
    if platform == "darwin":
        script = [word for line in _APPLE for word in ("-e", line)]
        return ["osascript", *script, title, text]
    if platform == "win32":
        return ["powershell", "-NoProfile", "-NonInteractive", "-Command", _WINDOWS]
    return ["notify-send", "--app-name=sfa", "--", title, text]


def _run(words: Sequence[str], added: Mapping[str, str]) -> bool:
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(  # noqa: S603 - a program of the platform; what comes from outside is data to it
            list(words),
            env={**os.environ, **added},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_S,
            check=False,
        )
        return done.returncode == 0
    return False
