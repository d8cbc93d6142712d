"""The command group, which maps errors to messages and exit codes."""

from pathlib import Path
from typing import Any, NoReturn

import click

from bpssim.commands.messages import say
from bpssim.studies.threads import end_if_busy

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Commands(click.Group):
    """Command group with exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn an error into a message and an exit code."""
        given = list(ctx.args)
        try:
            _refuse_unreadable([*given, *_here()])
            return super().invoke(ctx)
        except click.UsageError as error:
            from bpssim.scenario.reading.messages import LAID_OUT, printable

            message = printable(error.format_message(), keep=LAID_OUT)
            if "extra argument" in message and any(text.startswith("--set") for text in given):
                message += '; a value with spaces needs quotes: --set "population.place=Blackburn with Darwen"'
            raise click.UsageError(message, error.ctx) from None
        except KeyboardInterrupt:
            _say_interrupted(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            say(f"failed: {error}", err=True)
            ctx.exit(FAILED)
        except Exception as error:
            from bpssim.scenario.reading.messages import BadInput

            if isinstance(error.__cause__, KeyboardInterrupt):  # pydantic wraps interrupts
                _say_interrupted(ctx)
            if not isinstance(error, BadInput):
                raise
            say(error, err=True)
            ctx.exit(BAD_INPUT)


def _here() -> list[str]:
    """The current folder, if it still exists."""
    try:
        return [str(Path.cwd())]
    except OSError:
        return []


def _refuse_unreadable(texts: list[str]) -> None:
    """Refuse names that cannot be written into results, before any work is done."""
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError:
            from bpssim.scenario.reading.messages import BadInput, Mistake, Origin

            raise BadInput(Mistake(Origin(text), "is not UTF-8 text; give the file or folder another name")) from None


def _say_interrupted(ctx: click.Context) -> NoReturn:
    click.echo("interrupted", err=True)
    end_if_busy(INTERRUPTED)
    ctx.exit(INTERRUPTED)
