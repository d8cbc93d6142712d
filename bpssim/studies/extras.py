"""Libraries that only some commands need, and that are installed as extras of the package."""

from importlib.util import find_spec

from bpssim.scenario.reading.messages import BadInput, Mistake, Origin


def check_installed(command: str, library: str, extra: str) -> None:
    """Refuse a command without a library that it needs, before anything is begun.

    Parameters
    ----------
    command
        As typed.
    library
        Name of the library, which in small letters is that of its module.
    extra
        Extra of the package that installs it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If it is not installed.
    """
    if find_spec(library.lower()) is None:
        raise BadInput(Mistake(Origin(command), f"needs {library}; install it with `pip install 'bpssim[{extra}]'`"))
