"""`template`: what an officer does with the Word templates."""

import click

from pipeline.cli.restyling import restyle


@click.group()
def template() -> None:
    """Change the Word templates, and see that they can be filled."""


template.add_command(restyle)
