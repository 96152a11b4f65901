"""Writes what is generated from the commands: the help text, the completion table, the command reference.

`python -m sfa.cli.generate` writes them; with --check it tells whether they are current.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.search_shapes import TABLES
from sfa.cli.building import LazyGroup
from sfa.cli.main import HIDDEN, NOUNS, OTHERS, application
from sfa.cli.main import QUICK as LINES
from sfa.cli.naming import ALIASES
from sfa.cli.quick_entry import HELP, quick_command
from sfa.domain.fields import LOSS_REASONS, FieldSpec
from sfa.domain.fields import NOUNS as FIELDS
from sfa.quick import NOUNS as LINE_NOUNS

QUICK = Path(__file__).parent.parent / "quick"
DOCS = Path(__file__).parent.parent.parent / "docs"
WIDTH = 100


def _context(command: Any, name: str, parent: Any = None) -> Any:  # noqa: ANN401 - Typer's own classes
    from typer._click.core import Context  # noqa: PLC0415 - the parser that Typer carries along

    return Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)


def help_text() -> str:
    """Return what `sfa --help` prints."""
    app = application()
    summaries = [*((name, HELP[name]) for name in LINES), *NOUNS.items()]
    summaries += [*((name, text) for name, (_, text) in OTHERS.items() if name not in HIDDEN)]
    width = max(len(name) for name, _ in summaries)
    lines = ["Usage: sfa [COMMAND] [OPTIONS] [WORDS]...", "", *(app.help or "").splitlines(), "", "Commands:"]
    lines += [f"  {name.ljust(width)}  {text}" for name, text in summaries]
    lines += [
        "",
        "Options:",
        "  --version             The version.",
        "  --install-completion  Complete commands and names in your shell.",
    ]
    lines += ["  -h, --help            This text; after a command: its own.", ""]
    return "\n".join(lines)


def _commands() -> Iterator[tuple[str, Any]]:
    """Yield all commands by their words, groups before what they hold."""
    yield from _below(application(), "")


def _below(group: LazyGroup, before: str) -> Iterator[tuple[str, Any]]:
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        yield f"{before}{name}", command
        if isinstance(command, LazyGroup):
            yield from _below(command, f"{before}{name} ")


def completion_text() -> str:
    """Return the completion table, as a module without imports.

    It holds the words after which words and options may stand, the values that an option chooses from, and the nouns
    that options refer to.
    """
    tables: dict[str, dict[str, Any]] = {
        "ALIASES": ALIASES,
        "VERBS": {"": [*application().list_commands(None), *ALIASES]},
        "OPTIONS": {},
        "CHOICES": _choices(),
        "REFERENCES": {
            _flag(item): item.target for spec in FIELDS.values() for item in spec.fields.values() if item.target
        },
    }
    for words, command in _commands():
        if isinstance(command, LazyGroup):
            tables["VERBS"][words] = command.list_commands(None)
        flags = {flag for param in command.params for flag in param.opts if flag.startswith("--")}
        tables["OPTIONS"][words] = sorted(flags | {"--help"})
    for noun in LINE_NOUNS:
        flags = {flag for param in quick_command(noun).params for flag in param.opts if flag.startswith("--")}
        tables["OPTIONS"][noun] = sorted(flags | {"--help"})
    lines = ['"""What may stand where on the command line; written by `python -m sfa.cli.generate`."""', ""]
    return "\n".join(lines + [f"{name} = {_literal(table)}" for name, table in tables.items()]) + "\n"


def _choices() -> dict[str, str]:
    """Return the values that options choose from, by noun or command and option."""
    found = {
        f"{noun} {_flag(item)}": "|".join(item.choices)
        for noun, spec in FIELDS.items()
        for item in spec.fields.values()
        if item.choices
    }
    found["opportunity lose --reason"] = "|".join(LOSS_REASONS)
    found["search --as"] = "|".join(TABLES)
    found["dedupe --as"] = "account|contact"
    for noun, spec in FIELDS.items():
        if noun in NOUNS:
            found[f"{noun} --clear"] = "|".join(_flag(item)[2:] for item in spec.fields.values())
            found[f"{noun} --sort"] = found[f"{noun} --columns"] = "|".join(spec.fields)
    return found


def _flag(item: FieldSpec) -> str:
    return f"--{item.name.replace('_', '-')}"


def _literal(table: dict[str, Any]) -> str:
    rows = [f"    {_quoted(key)}: {_value(value)}," for key, value in table.items()]
    return "{\n" + "\n".join(rows) + "\n}"


def _value(value: object) -> str:
    return _quoted(" ".join(value)) if isinstance(value, list) else _quoted(str(value))


def _quoted(text: str) -> str:
    return f'"{text}"'


def reference_text() -> str:
    """Return the command reference, as Markdown."""
    parts = ["# Commands", "", "Written by `python -m sfa.cli.generate`; `sfa COMMAND --help` prints the same.", ""]
    parts += ["```", help_text().rstrip(), "```", ""]
    for words, command in _commands():
        level = "##" if " " not in words else "###"
        parts += [
            f"{level} sfa {words}",
            "",
            "```",
            command.get_help(_context(command, f"sfa {words}")).rstrip(),
            "```",
            "",
        ]
    return "\n".join(parts)


def generated() -> dict[Path, str]:
    """Return what each generated file must hold."""
    return {
        QUICK / "help.txt": help_text(),
        QUICK / "completion_table.py": completion_text(),
        DOCS / "commands.md": reference_text(),
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with --check tell which ones are stale."""
    if "--check" not in arguments:
        for path, text in generated().items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [
        path.name for path, text in generated().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if stale:
        sys.stderr.write(f"{', '.join(stale)} is not current: python -m sfa.cli.generate\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
