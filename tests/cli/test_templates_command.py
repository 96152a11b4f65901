"""`sfa templates`: copies what is not there, touches nothing of the company's, and lists."""

import json
from pathlib import Path

from tests.support.shell import run_cli


def test_templates_are_copied_once_and_what_was_changed_stays(tmp_path: Path) -> None:
    would = run_cli(["templates", "--dry-run"], tmp_path)
    assert would.stdout.startswith("Would copy ")
    assert not (tmp_path / "templates").exists()
    assert run_cli(["templates"], tmp_path).stdout.startswith("Copied ")
    theme = tmp_path / "templates" / "theme.typ"
    theme.write_text("ours", encoding="utf-8")
    (tmp_path / "templates" / "mail.txt.j2").unlink()
    assert json.loads(run_cli(["templates", "--json"], tmp_path).stdout) == [{"name": "mail.txt.j2"}]
    assert theme.read_text(encoding="utf-8") == "ours"
    assert "are in" in run_cli(["templates"], tmp_path).stdout
    listed = {
        row["name"]: row["state"] for row in json.loads(run_cli(["templates", "--list", "--json"], tmp_path).stdout)
    }
    assert (listed["theme.typ"], listed["quote.typ"]) == ("changed", "copied")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("a file", encoding="utf-8")
    done = run_cli(["templates"], tmp_path)
    assert done.code == 74
    assert "templates cannot be written" in done.stderr
