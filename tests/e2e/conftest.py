"""What the tests of the real program share."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "support" / "iolog.c"


@pytest.fixture(scope="session")
def iolog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that records and breaks disk calls, made for this machine; skip where there can be none."""
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("recording and breaking disk calls needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("library") / "iolog.so"
    subprocess.run([compiler, "-O2", "-fPIC", "-shared", "-o", library, SOURCE, "-ldl"], check=True)
    return library
