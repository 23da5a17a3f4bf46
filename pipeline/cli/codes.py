"""`codes`: the catalogue of findings."""

import click

from pipeline import console


@click.command()
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--markdown", is_flag=True, help="Print the page docs/findings.md instead.")
def codes(code: str | None, markdown: bool) -> int:
    """List the kinds of findings, or explain one.

    Example: inclusion codes RT315
    """
    if markdown:
        from pipeline.rules.catalogue import write_catalogue  # noqa: PLC0415 - when needed, so that --help answers at once

        console.show_lines(write_catalogue().splitlines())
        return 0
    if not console.show_codes(code):
        raise click.BadParameter("there is no such code; run `inclusion codes` for the list.", param_hint="CODE")
    return 0
