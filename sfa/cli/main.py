"""The commands by name; each is imported when it is asked for."""

from collections.abc import Sequence
from functools import partial

from typer._click.exceptions import ClickException, NoArgsIsHelpError
from typer.core import TyperCommand
from typer.exceptions import Abort, Exit

from sfa.cli.building import LazyGroup, lazily
from sfa.cli.naming import ALIASES
from sfa.cli.output import tell
from sfa.errors import ExitCode, UsageError
from sfa.quick import NOUNS as LINE_NOUNS
from sfa.quick import is_line

NOUNS = {
    "account": "Companies that buy, may buy, or stand beside those who do.",
    "contact": "People whom you talk to.",
    "lead": "People who are nobody's customer yet.",
    "opportunity": "Deals: list, move, win, lose (also: opp, deal).",
    "activity": "Calls, meetings, visits, mails: what took place.",
    "task": 'What is to do; sfa task "send quote friday" adds one.',
    "event": "Appointments.",
    "note": 'What is worth keeping; sfa note Acme "likes blue" adds one.',
    "product": "What is sold.",
    "price_book": "Lists of prices, each in one currency (also: book).",
    "quote": "Offers to customers: lines, discounts, approvals, from draft to acceptance.",
    "order": "What customers ordered: deliveries, returns, invoices, payments.",
    "invoice": "Invoices and credit notes.",
    "user": "People who sell and manage.",
    "team": "Groups of users.",
    "territory": "Sales areas.",
    "stage": "Steps of the pipelines.",
}
QUICK = ("+", "call", "met", "mail", "visit")
OTHERS = {
    "today": ("sfa.cli.looking:today", "Appointments, tasks and deals that need you today."),
    "agenda": ("sfa.cli.agenda:agenda", "Appointments of a day, a week or any days."),
    "remind": ("sfa.cli.remind:remind", "Reminders that are due, once each; for cron and its kin."),
    "route": ("sfa.cli.route:route", "The visits of a day in the best order; customers due for one."),
    "brief": ("sfa.cli.brief:brief", "One page about an account, before a visit."),
    "search": ("sfa.cli.looking:search", "Find any record by any word of it."),
    "date": ("sfa.cli.dating:date", "The date in a text, in words or figures."),
    "forecast": (
        "sfa.cli.forecast:forecast",
        "What a period will bring, how sure that is, and how well it went before.",
    ),
    "report": ("sfa.cli.reports:report", "Pipeline, wins, win rate, cycle, activity, stale deals."),
    "price": ("sfa.cli.price:price", "What something costs, and why."),
    "commission": ("sfa.cli.commission:commission", "What is earned, and why."),
    "quota": ("sfa.cli.commission:quota", "What people are to reach, and by when."),
    "rrule": ("sfa.cli.recurrence:rrule", "List the occurrences of a recurrence in a window."),
    "configure": ("sfa.cli.configure:configure", "The parts of a bundle by its rules: what fits, what is missing."),
    "import": ("sfa.cli.importing:import_file", "Bring in a table, a calendar or an address book."),
    "dav": ("sfa.cli.dav:dav", "Keep calendar and contacts the same as a server's (CalDAV, CardDAV)."),
    "sync": ("sfa.cli.sync:sync", "Bring this laptop and the company's server together."),
    "server": ("sfa.cli.server:server", "The company's central server: make it, run it, people, devices."),
    "dedupe": ("sfa.cli.dedupe:dedupe", "Find accounts or contacts that stand twice, in the book or a file."),
    "export": ("sfa.cli.data:export", "Write records to CSV, JSON or XLSX."),
    "templates": ("sfa.cli.templates:templates", "Copy the templates of documents into the workspace, to be edited."),
    "undo": ("sfa.cli.past:undo", "Take the last change back, whatever it was."),
    "redo": ("sfa.cli.past:redo", "Bring back what was undone."),
    "history": ("sfa.cli.past:history", "What was changed, when, by whom."),
    "trash": ("sfa.cli.past:trash", "Removed records."),
    "sql": ("sfa.cli.data:sql", "Ask the database, read-only."),
    "config": ("sfa.cli.data:config", "Show or set settings."),
    "demo": ("sfa.cli.demo:demo", "Open the desk on generated data."),
    "doctor": ("sfa.cli.care:doctor", "See whether everything is in order."),
    "encrypt": ("sfa.cli.encrypt:encrypt", "Encrypt the book on this laptop and its backups, or take that back."),
    "backup": ("sfa.cli.care:backup", "Make a verified backup, or list them."),
    "restore": ("sfa.cli.care:restore", "Put a backup in the place of the database."),
    "debug": ("sfa.cli.debug:debug", ""),
}
HIDDEN = frozenset({"debug"})
INTRODUCTION = """The sales desk of a field rep. Without words it opens the screens.

  sfa                                     the desk
  sfa + "called Jane at Acme; demo tue"   quick entry
  sfa opportunity list --where "stage=Negotiation amount>10k"
  sfa import deals.csv --as opportunity

Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 conflict, 5 not allowed, 74 storage, 130 interrupted."""


def application() -> LazyGroup:
    """Return the group of all commands."""
    makers = {noun: partial(_noun_group, noun) for noun in NOUNS}
    others = lazily({name: place for name, (place, _) in OTHERS.items()})
    quick = {name: partial(_quick_command, name) for name in QUICK}
    made = LazyGroup("sfa", INTRODUCTION, quick | makers | others, ALIASES)
    made.hidden_names = HIDDEN
    return made


def _quick_command(verb: str) -> TyperCommand:
    from sfa.cli.quick_entry import quick_command  # noqa: PLC0415 - only for quick entry

    return quick_command(verb)


def _noun_group(noun: str) -> LazyGroup:
    from sfa.cli.nouns import noun_group  # noqa: PLC0415 - only for nouns

    return noun_group(noun, NOUNS[noun])


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    Raises:
        SfaError: what stops it.
    """
    if arguments[0] in ("--install-completion", "--show-completion"):
        from sfa.cli.completion import install_completion, show_completion  # noqa: PLC0415 - once in a lifetime

        return (install_completion if arguments[0].startswith("--install") else show_completion)(arguments[1:])
    app: LazyGroup | TyperCommand = application()
    name, words = "sfa", list(arguments)
    if words[0] in LINE_NOUNS and is_line(words):
        name, app, words = f"sfa {words[0]}", _quick_command(words[0]), words[1:]
    try:
        # Not main(): it would swallow an interrupt and a reader that went away, which are told in one place.
        with app.make_context(name, words) as context:
            code = app.invoke(context)
    except NoArgsIsHelpError as error:
        tell(error.format_message())
        return ExitCode.USAGE
    except ClickException as error:
        raise UsageError(_sentence(error), hint=_help_hint(error)) from error
    except Abort as error:
        raise KeyboardInterrupt from error
    except Exit as error:
        return int(error.exit_code)
    return int(code or ExitCode.OK)


def _sentence(error: ClickException) -> str:
    text = error.format_message().replace("is not a valid int range", "is no whole number")
    text = text.replace("is not a valid int", "is no whole number").replace("' / '", "/")
    return text if text.endswith((".", "?")) else f"{text}."


def _help_hint(error: ClickException) -> str | None:
    context = getattr(error, "ctx", None)
    return f"See: {context.command_path} --help" if context is not None else None
