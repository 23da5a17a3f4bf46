"""The command line: arguments in, one call, findings out, an exit code.

Exit codes: 0 done; 1 configuration or template unusable, something could not be written, `--strict` and an error finding, or
`check` found errors, or `explain` has no record to go by; 2 wrong usage; 3 our own fault; 130 stopped with Ctrl-C.
"""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from pipeline import __version__
from pipeline.cli.adopting import init
from pipeline.cli.codes import codes
from pipeline.cli.cycles import cycle
from pipeline.cli.demo import demo
from pipeline.cli.explaining import explain
from pipeline.cli.moderating import moderation
from pipeline.cli.returns import check, run
from pipeline.cli.rubric import rubric
from pipeline.cli.template import template
from pipeline.cli.toolkit import toolkit
from pipeline.cli.verifying import verify
from pipeline.cli.what_if import what_if
from pipeline.cli.workbooks import workbooks


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="inclusion")
def commands() -> None:
    """The Inclusive Practice Toolkit: completed Excel self-evaluations in, Word action plans out.

    Files in, files out: nothing is sent anywhere. Begin with `inclusion init`, which lays out a project; work in its folder.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and leaves with its exit code; nobody meets a traceback."""
    try:
        code = commands.main(args=arguments, prog_name="inclusion", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing is half-written; run the same command again to go on.", err=True)
        code = 130
    except Exception as error:
        over = f" It happened over {error.__notes__[0]}: without that file, the others can go on." if _names_file(error) else ""
        told = f"The details are in {_log_fault()}; please send us that file."
        click.echo(f"Something went wrong that is not your fault.{over} {told}", err=True)
        code = 3
    sys.exit(code or 0)


def _names_file(error: Exception) -> bool:
    return bool(getattr(error, "__notes__", ()))


def _log_fault() -> Path:
    log = Path(tempfile.gettempdir()) / "inclusion-error.log"
    log.write_text(f"inclusion {__version__}\n{traceback.format_exc()}", "utf-8")
    return log


for command in (
    init,
    run,
    check,
    explain,
    what_if,
    workbooks,
    verify,
    cycle,
    demo,
    moderation,
    rubric,
    template,
    toolkit,
    codes,
):
    commands.add_command(command)
