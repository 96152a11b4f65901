"""A headless Chromium, driven by keys over its DevTools protocol."""

import itertools
import json
import os
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import urllib3
from websockets.sync.client import connect

from tests.support.sync_servers import wait_until

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ANSWER_S = 60
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}


def find_chromium() -> str:
    """Return the browser of this machine, or skip."""
    named = os.environ.get("SFA_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium; or SFA_CHROMIUM=PATH)")
    return found


def _pages(port: str) -> list[str]:
    """Return the addresses by which the pages of a browser are driven; it may still be opening the first."""
    targets = json.loads(urllib3.request("GET", f"http://127.0.0.1:{port}/json/list").data)
    return [one["webSocketDebuggerUrl"] for one in targets if one["type"] == "page"]


class Browser:
    """One page of a browser of its own."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[str] = []
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        flags += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        self._stack = ExitStack()
        log = self._stack.enter_context((folder / "chromium.log").open("wb"))
        self._process = subprocess.Popen(
            [
                find_chromium(),
                *flags,
                "--remote-debugging-port=0",
                f"--user-data-dir={folder / 'profile'}",
                "about:blank",
            ],
            stdout=log,
            stderr=log,
        )
        self._stack.callback(self._process.wait)
        self._stack.callback(self._process.terminate)
        port_file = folder / "profile" / "DevToolsActivePort"
        wait_until(lambda: port_file.exists() and len(port_file.read_text().splitlines()) == 2)
        port = port_file.read_text().split()[0]
        wait_until(lambda: bool(_pages(port)))
        self._socket = self._stack.enter_context(connect(_pages(port)[0], max_size=None))
        self._numbers = itertools.count(1)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=ANSWER_S))
            self._note(message)
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
            self.faults.append(message["params"]["entry"]["text"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self.faults.append(str(message["params"]))

    def go(self, url: str) -> None:
        """Open an address, as if it were typed."""
        self._ask("Page.navigate", url=url)
        self._wait_loaded(url)

    def _wait_loaded(self, part: str) -> None:
        wait_until(lambda: self.tell("document.readyState") == "complete" and part in self.tell("location.href"))

    def tell(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page says
        """Return what an expression comes to on the page; only to look, never to do."""
        try:
            answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        except AssertionError:
            return ""  # the page is just being replaced
        return answer["result"].get("value", "")

    def press(self, key: str) -> None:
        """Press a key."""
        code, text = KEYS[key]
        name = " " if key == "Space" else key
        more = {"text": text} if text else {}
        self._ask("Input.dispatchKeyEvent", type="keyDown", key=name, code=key, windowsVirtualKeyCode=code, **more)
        self._ask("Input.dispatchKeyEvent", type="keyUp", key=name, code=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self._ask("Input.insertText", text=text)

    def focused(self) -> str:
        """Return how the element with the focus is called: its label, or its text."""
        return str(
            self.tell(
                "(e => (e.getAttribute('aria-label') || e.labels?.[0]?.firstChild?.textContent || e.textContent || '')"
                ".trim())(document.activeElement)"
            )
        )

    def tab_to(self, name: str, most: int = 80) -> None:
        """Press the tabulator until the focus is on what goes by a name, and see that the focus shows."""
        for _ in range(most):
            self.press("Tab")
            if self.focused() == name:
                width = self.tell("getComputedStyle(document.activeElement).outlineWidth")
                assert float(str(width).removesuffix("px")) >= 1, f"nobody sees that {name} has the focus"
                return
        pytest.fail(f"The keyboard does not reach {name}.")

    def enter(self, part: str) -> None:
        """Press Enter and wait until the page of that address is there."""
        self.tell("window.isOld = true")
        self.press("Enter")
        wait_until(lambda: self.tell("window.isOld === undefined") is True)
        self._wait_loaded(part)

    def text(self) -> str:
        return str(self.tell("document.body.innerText"))

    def close(self) -> None:
        self._stack.close()
