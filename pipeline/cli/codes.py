"""`codes`: the catalogue of findings."""

import click

from pipeline import console


@click.command()
@click.argument("code", required=False)
def codes(code: str | None) -> int:
    """List the kinds of findings, or explain one.

    Example: inclusion codes RT315
    """
    if not console.show_codes(code):
        raise click.BadParameter("there is no such code; run `inclusion codes` for the list.", param_hint="CODE")
    return 0
