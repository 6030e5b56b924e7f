"""The commands below ``gongkai office``; each part of the office has a module of its own."""

from collections.abc import Callable

import typer

from ops.cli.office import annual, assessment, catalogue, compare, deadlines, form, letters, rules, validity
from ops.cli.office.catalogues import columns, guide, standard
from ops.cli.office.output import gazette, metadata, reprint
from ops.cli.output import report_errors

app = typer.Typer(help="公开办：年报、时限、目录、考核。", no_args_is_help=True, rich_markup_mode=None)

COMMANDS: dict[str, Callable[..., int]] = {
    "rules": rules.rules,
    "annual": annual.annual,
    "form": form.form,
    "deadlines": deadlines.deadlines,
    "validity": validity.validity,
    "catalogue": catalogue.catalogue,
    "columns": columns.columns,
    "guide": guide.guide,
    "standard": standard.standard,
    "compare": compare.compare,
    "gazette": gazette.gazette,
    "metadata": metadata.metadata,
    "reprint": reprint.reprint,
    "assessment": assessment.assessment,
    "letters": letters.letters,
    "fee": letters.fee,
}

for name, function in COMMANDS.items():
    app.command(name)(report_errors(function))
