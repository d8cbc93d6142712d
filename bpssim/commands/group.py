"""All commands together, and the exit codes that tell how they ended."""

from typing import Any, NoReturn

import click

from bpssim.studies.threads import end_if_busy

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Commands(click.Group):
    """Commands whose ends are told by exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn what stopped it into a message and an exit code."""
        given = list(ctx.args)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if "extra argument" in error.message and any(text.startswith("--set") for text in given):
                advice = 'a value with spaces needs quotes: --set "population.place=Blackburn with Darwen"'
                raise click.UsageError(f"{error.message}; {advice}", error.ctx) from None
            raise
        except KeyboardInterrupt:
            _say_interrupted(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"failed: {error}", err=True)
            ctx.exit(FAILED)
        except Exception as error:
            from bpssim.scenario.messages import BadInput

            if isinstance(error.__cause__, KeyboardInterrupt):  # pydantic wraps what stops it while it writes
                _say_interrupted(ctx)
            if not isinstance(error, BadInput):
                raise
            click.echo(str(error), err=True)
            ctx.exit(BAD_INPUT)


def _say_interrupted(ctx: click.Context) -> NoReturn:
    click.echo("interrupted", err=True)
    end_if_busy(INTERRUPTED)
    ctx.exit(INTERRUPTED)
