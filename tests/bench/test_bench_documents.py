"""Documents as PDF against typst alone with a bare table of 300 rows, in the same run."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.bench
RUNS = 5
BARE_ROWS = 300
BARE = """
import time, typst
from sfa.documents.typesetting import _fonts
fonts = _fonts("")
rows = "".join(f"[{at}], [Precision spacer, hardened steel {at} mm], [{at % 19 + 1}], [1,295.00]," for at in range(COUNT))
text = '#set text(font: ("Source Sans 3", "Noto Sans CJK SC"))\\n#table(columns: (auto, 1fr, auto, auto),' + rows + ")"
work = lambda: typst.compile(text.encode(), font_paths=fonts, ignore_system_fonts=True)
"""
OURS = """
import time
from sfa.documents.render import render
from tests.support.papers import long_paper
paper = long_paper(COUNT)
import typst
work = lambda: render(paper, "pdf")
"""
TIMED = "\nstarted = time.process_time()\nwork()\nprint(time.process_time() - started)"


@pytest.mark.parametrize(("count", "most"), [(8, 1.0), (300, 8.0)])
def test_a_document_costs_little_more_than_a_bare_table(count: int, most: float) -> None:
    pairs = [(_cold(OURS, count), _cold(BARE, BARE_ROWS)) for _ in range(RUNS)]
    ours, bare = (sorted(times)[RUNS // 2] for times in zip(*pairs, strict=True))
    sys.stdout.write(
        f"\nPDF of {count} lines: {ours * 1000:.0f} ms CPU, bare table {bare * 1000:.0f} ms, ratio {ours / bare:.2f}"
    )
    assert ours / bare <= most


def _cold(code: str, count: int) -> float:
    """Return the CPU time of the first document of a process, beyond its imports."""
    whole = code.replace("COUNT", str(count)) + TIMED
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return float(done.stdout)
