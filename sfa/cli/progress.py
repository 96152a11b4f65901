"""A bar for a person who waits; a pipe sees nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sfa.domain.text import clean


@contextmanager
def progress(total: int | None, name: str) -> Iterator[Callable[[int], None] | None]:
    """Show a bar on the standard error; yields what is told how much more was done, or None where nobody looks.

    A total of None is one that nobody knows yet.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - for people alone
    from rich.markup import escape  # noqa: PLC0415 - as above
    from rich.progress import Progress  # noqa: PLC0415 - as above

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(clean(name)), total=total)
        yield lambda count: bar.advance(task, count)
