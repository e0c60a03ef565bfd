"""The command line: which command runs, and how what goes wrong ends. `generator.commands` has one file a command.

Exit status: 0 fine, 1 the content has findings that fail, 2 usage or configuration, 3 input/output or publishing.
Messages go to standard error, results to standard output.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Final, NoReturn

from generator import __version__
from generator.commands.console import FAILED, FINE, STOPPED, USAGE, say
from generator.errors import PublishError, SiteError

COMMANDS: Final = {
    "build": "parse, check and generate the site",
    "check": "report findings, write no site",
    "search": "ask the symptom search",
    "serve": "preview the site, built again at every change",
    "publish": "bring the built site somewhere, whole or not at all",
    "export": "write records and pages as JSON and CSV, no site",
    "links": "list who links to a page or a heading",
    "explain": "say what a finding means and how to mend it",
    "init": "write a small new site that builds at once",
    "schema": "print the JSON Schema of site.yml",
}
"""Each command is the module `generator.commands.NAME`, with `arguments(parser)` and `run(options)`."""


_MANY: Final = 100_000
"""Objects made before the collector looks for circles: most of ours stay to the end, and looking at them again and again costs a tenth."""


def program() -> NoReturn:
    """Run a command and end with its status, at once: nobody needs a whole site taken apart object by object before that."""
    gc.set_threshold(_MANY)
    status = main()
    sys.stderr.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        parser().print_help(sys.stderr)
        return USAGE
    options, unknown = parser(given[:1]).parse_known_args(given)
    if unknown:
        say(_unknown(given[0], unknown[0], options.help))
        return USAGE
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except SiteError as error:
        say(str(error))
        return USAGE
    except PublishError as error:
        say(f"sintoma: {error}")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        from generator.publish.failure import unexpected  # noqa: PLC0415  only where something failed

        say(f"sintoma: {unexpected(error)}")
        return FAILED
    except KeyboardInterrupt:
        say("sintoma: stopped; nothing was changed")
        return STOPPED
    return status


def _unknown(command: str, written: str, usage: str) -> str:
    """What to say of an option or an argument that a command does not know."""
    close = get_close_matches(written.partition("=")[0], re.findall(r"--[a-z-]+", usage), 1)
    hint = f"did you mean {close[0]}?" if close else f"`sintoma {command} --help` says what there is"
    return f"sintoma {command}: {written} is unknown here; {hint}"


def parser(asked: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The parser of the command line, with the options of the commands asked for: only their modules are loaded."""
    whole = argparse.ArgumentParser(
        prog="sintoma", description="Troubleshooting tables in many languages: checked, published, found.", allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"sintoma {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", prog=whole.prog)
    for name, words in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".", allow_abbrev=False)
        if name in asked:
            module = import_module(f"generator.commands.{name}")
            module.arguments(command)
            command.set_defaults(run=module.run, help=command.format_usage())
    return whole
