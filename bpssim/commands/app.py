"""`bpssim app`."""

from pathlib import Path

import click

from bpssim.commands.messages import say

_PORT = 8017


@click.command()
@click.argument("scenario", default="site1")
@click.option("--port", type=click.IntRange(1, 65535), help=f"Port  [default: {_PORT}, or the next that is free]")
@click.option("--share", is_flag=True, help="Let others on this network open the page, such as a class.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Write the page as one file instead.")
@click.option(
    "--controls",
    metavar="NAMES",
    help="Controls of a saved page, separated by commas: preset, paid_hours, ward_opt_out, ..., or places of inputs.",
)
def app(
    scenario: str, port: int | None, share: bool, no_browser: bool, save: Path | None, controls: str | None
) -> None:
    """Open a page in the browser that answers while you drag: who is reached, by deprivation.

    The model runs in the page itself. With --save the page is one file, which holds the model and needs no network.
    """
    if controls is not None and save is None:
        raise click.UsageError("--controls is for a saved page; give --save too")
    if save is not None:
        if share or no_browser or port is not None:
            raise click.UsageError("a saved page has no server; leave out --port, --share and --no-browser")
        _save(scenario, save, [name.strip() for name in (controls or "").split(",") if name.strip()])
        return
    from bpssim.studies.extras import check_installed

    check_installed("app", "Starlette", "app")
    check_installed("app", "Uvicorn", "app")
    from bpssim.app.serving.opening import serve

    serve(scenario, port, _PORT, share, not no_browser, _told)


def _save(scenario: str, path: Path, controls: list[str]) -> None:
    """Write the page of a scenario as one file."""
    from bpssim.scenario.reading import ready
    from bpssim.scenario.scenario import load
    from bpssim.studies.results_folder.atomic_file import check_file, write_file
    from bpssim.studies.threads import aside, load_rules

    loaded = load(scenario)
    check_file(path, "--save")
    load_rules()
    from bpssim.app.saving import saved_page

    start = scenario if scenario in ready.names() else loaded.name
    page = aside(lambda: saved_page(loaded, start, controls, _told)).encode()
    write_file(path, page)
    say(f"{path}: {len(page) / 1000:.0f} KB. It opens without a network, in any browser of the last years.")


def _told(text: str) -> None:
    say(text, err=True)
