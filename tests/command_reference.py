"""The command reference: a page written from the commands themselves."""

from collections.abc import Iterator
from inspect import cleandoc

import click

_TOP = """\
# Commands

Each command works in the folder of a project, or on the one that `--project DIR` names, and has `--help`. Exit codes: 0 done;
1 configuration or a template cannot be used, something could not be written, or the command found errors; 2 wrong usage; 3 our own
fault, with one plain sentence and the details in a log file; 130 stopped with Ctrl-C.

This page is written from the commands by `make docs`, and a test keeps it so.
"""


def write_reference(commands: click.Group) -> str:
    """The page: every command in the order of the alphabet, with its example, arguments and options."""
    return "\n".join((_TOP, *_describe_all(commands, "inclusion")))


def _describe_all(group: click.Group, path: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        if not command.hidden:
            yield _describe(command, f"{path} {name}")
            if isinstance(command, click.Group):
                yield from _describe_all(command, f"{path} {name}")


def _describe(command: click.Command, path: str) -> str:
    paragraphs = [" ".join(text.split()) for text in cleandoc(command.help or "").split("\n\n")]
    examples = [text.removeprefix("Example: ") for text in paragraphs if text.startswith("Example: ")]
    words = [text for text in paragraphs if not text.startswith("Example: ")]
    usage = " ".join((path, *_usage(command)))
    shown = [usage, *(example for example in examples if example != usage)]
    options = [_option(one) for one in command.params if isinstance(one, click.Option) and not one.hidden]
    table = ["| option | |", "|---|---|", *options, ""] if options else []
    heading = f"{'##' if path.count(' ') == 1 else '###'} {path}"
    return "\n".join((heading, "", *(line for text in words for line in (text, "")), "```", *shown, "```", "", *table))


def _usage(command: click.Command) -> Iterator[str]:
    if isinstance(command, click.Group):
        yield "COMMAND"
    for param in command.params:
        if isinstance(param, click.Argument):
            name = param.metavar or (param.name or "").upper() + (" ..." if param.nargs == -1 else "")
            yield name if param.required or name.startswith("[") else f"[{name}]"
        elif param.required:
            yield f"{param.opts[0]} {_value(param)}"


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    told = " ".join((option.help or "").replace("|", "\\|").split())
    has_default = option.show_default is True and isinstance(option.default, int | str)
    default = f" [default: {option.default}]" if has_default else ""
    return f"| {names}{'' if option.is_flag else f' {_value(option)}'} | {told}{default} |"


def _value(param: click.Parameter) -> str:
    """What stands for a value: the command's own word, or one for its kind."""
    kind = param.type
    if param.metavar:
        return param.metavar
    if isinstance(kind, click.Choice):
        return "\\|".join(map(str, kind.choices))
    if isinstance(kind, click.Path):
        return "FOLDER" if not kind.file_okay else "FILE"
    return "N" if isinstance(kind, click.types.IntParamType) else "TEXT"
