"""Commands, called in this process."""

from click.testing import CliRunner, Result

from bpssim.cli import main
from tests.small import SETTINGS


def setting(*settings: str) -> list[str]:
    """Settings as arguments."""
    return [argument for each in settings for argument in ("--set", each)]


SMALL = setting(*SETTINGS)


def call(*arguments: str, columns: int | None = None) -> Result:
    """What a command says and how it ends, on a terminal with so many columns if a number is given."""
    return CliRunner().invoke(main, arguments, prog_name="bpssim", env={"COLUMNS": columns and str(columns)})


def done(*arguments: str, columns: int | None = None) -> Result:
    """The same of a command that must succeed."""
    result = call(*arguments, columns=columns)
    assert result.exit_code == 0, result.output
    return result
