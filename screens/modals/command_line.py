"""The verbs of the shell, from inside: the same program is run, on the same workspace, and its output shown."""

import asyncio
import os
import shlex
import sys

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.safe import safe_lines

LONGEST_S = 60
FRAME = 8


class CommandLineModal(DeskModal[None]):
    """`:opportunity list --where "amount>10k"`; the dialog stays open for the next command."""

    def compose(self) -> ComposeResult:
        """Lay out the line over its output."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Command line"
            dialog.border_subtitle = "enter runs · esc leaves · --help lists the verbs"
            yield Input(placeholder='opportunity list --where "stage=Negotiation"')
            yield Static("", id="problem", classes="problem")
            with VerticalScroll(id="printed", can_focus=True):
                yield Static("", id="output")

    def on_mount(self) -> None:
        """Wait for a command."""
        self.query_one("#printed").display = False

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Run what was typed."""
        self.show_problem("")
        try:
            words = shlex.split(event.value.strip().removeprefix("sfa "))
        except ValueError as error:
            self.show_problem(f"The line cannot be read: {error}. Close every quotation mark.")
            return
        if words:
            self.run_words(words)

    @work(exclusive=True, group="command")
    async def run_words(self, words: list[str]) -> None:
        """Run one command as a program of its own and show what it printed."""
        output = await _printed(words, self._environment())
        self.query_one("#printed").display = True
        self.query_one("#output", Static).update(safe_lines(output.decode("utf-8", "replace").rstrip() or "Done."))
        line = self.query_one(Input)
        line.action_select_all()
        await self.desk_app.refresh_screens()

    def _environment(self) -> dict[str, str]:
        folder = self.desk_app.clerk.desk.store.workspace.folder
        room = self.query_one(Input).size.width or self.size.width - FRAME
        return {**os.environ, "SFA_HOME": str(folder), "COLUMNS": str(max(room, 40)), "NO_COLOR": "1"}


async def _printed(words: list[str], environment: dict[str, str]) -> bytes:
    """Return what `sfa words...` prints, data and narration as they come; nobody answers its questions."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sfa", *words, env=environment, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        output, _ = await asyncio.wait_for(process.communicate(), LONGEST_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"Stopped after {LONGEST_S} seconds.".encode()
    return output
