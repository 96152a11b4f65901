"""The verbs of the shell, from inside: the same program is run, on the same workspace, and its output shown."""

import asyncio
import os
import shlex
import sys
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.safe import safe_lines

LONGEST_S = 60


class CommandLineModal(DeskModal[None]):
    """`:opportunity list --where "amount>10k"`; the dialog stays open for the next command."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        """Lay out the line over its output."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Command line"
            dialog.border_subtitle = "enter runs · esc leaves"
            yield Input(placeholder='opportunity list --where "stage=Negotiation"   ·   --help lists the verbs')
            with VerticalScroll():
                yield Static("", id="output")
            yield Static("", id="problem", classes="problem")

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Run what was typed."""
        self.run_line(event.value)

    @work(exclusive=True, group="command")
    async def run_line(self, line: str) -> None:
        """Run one command as a program of its own and show what it printed."""
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        try:
            words = shlex.split(line.removeprefix("sfa "))
        except ValueError as error:
            self.query_one("#problem", Static).update(f"The line cannot be read: {error}.")
            return
        if not words or not isinstance(self.app, SalesApp):
            return
        folder = self.app.clerk.desk.store.workspace.folder
        environment = {**os.environ, "SFA_HOME": str(folder), "COLUMNS": str(max(self.size.width - 12, 40)), "NO_COLOR": "1"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sfa", *words, env=environment, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        try:
            output, _ = await asyncio.wait_for(process.communicate(), LONGEST_S)
        except TimeoutError:
            process.kill()
            output = f"Stopped after {LONGEST_S} seconds.".encode()
        self.query_one("#output", Static).update(safe_lines(output.decode("utf-8", "replace").rstrip() or "Done."))
        await self.app.refresh_screens()
