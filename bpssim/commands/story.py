"""`bpssim story`."""

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpssim.commands import options
from bpssim.commands.failures import report_failures
from bpssim.commands.messages import print_cautions, say, say_fit_ahead
from bpssim.studies.threads import aside, load_rules

if TYPE_CHECKING:
    from bpssim.studies.story.cast import Cast


@click.command()
@click.argument("scenario")
@click.option("--mother", type=int, metavar="ID", help="Her `id` in the mothers' table of a run.")
@click.option("--pick", metavar="CONDITIONS", help="Conditions on that table, such as 'quintile=1, english=limited'.")
@click.option("--against", metavar="SCENARIO", help="A second service, to see the same mother in both.")
@click.option("--place", metavar="NAME", help="Place, where the scenario has several  [default: the first]")
@options.seed
@click.option(
    "--replicate", type=click.IntRange(0, 99_999), default=0, help="Replicate of a run: the seed plus this number."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for story.html, story.svg, story.png, story.json.")
@options.overrides
@click.option("--json", "as_json", is_flag=True, help="Print the story as JSON and nothing else.")
def story(
    scenario: str,
    mother: int | None,
    pick: str | None,
    against: str | None,
    place: str | None,
    seed: int | None,
    replicate: int,
    out: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
) -> None:
    """Tell what happened to one mother, day by day, in one service or side by side in two.

    Conditions are separated by commas and go by the columns of the mothers' table of SCENARIO: `quintile=1`,
    `age_years<20`, `limited_english=yes`, `stop_age<14`, `reason=no_answer`. There are also `english=limited` or
    `fluent`, `lost_at=GATE` for the gate that she did not get through (eligible, known, chosen, attempted, connected,
    accepted, supported, supported_in_time), and with --against `changed=gained`, `lost`, `reached`, `unreached` or
    `any`. With --against alone it is the mother in the middle of those who breastfeed longer by
    the change.
    """
    if mother is not None and pick is not None:
        raise click.UsageError("give --mother or --pick, not both")
    if mother is None and pick is None and against is None:
        raise click.UsageError("choose a mother with --mother ID, --pick CONDITIONS or --against SCENARIO")

    from bpssim.scenario.scenario import load

    given = [*overrides, *([f"run.seed={seed}"] if seed is not None else [])]
    names = [name for name in (scenario, against) if name is not None]
    loaded = [load(name, given) for name in names]
    print_cautions(dict(zip(names, loaded, strict=True)), given)

    load_rules()

    from bpssim.studies.comparison.pairs import paired_scenarios
    from bpssim.studies.local_rate.fit import fit_together
    from bpssim.studies.prepared import SEEDS
    from bpssim.studies.results_folder.atomic_folder import atomic_folder
    from bpssim.studies.results_folder.place import check_destination
    from bpssim.studies.story.cast import gather
    from bpssim.studies.story.story import story as told

    if out:
        check_destination(out, "story")
    say_fit_ahead(loaded[0])
    services = fit_together(paired_scenarios(loaded))
    run_seed = (services[0].run.seed + replicate) % SEEDS
    found: list[str] = []
    if mother is None or against is not None:
        mother, found = _choose(aside(lambda: gather(services, run_seed, place)), mother, pick)
    stories = [aside(partial(told, service, mother, run_seed, place)) for service in services]
    if as_json:
        import json

        from bpssim.report.story.data import as_data

        click.echo(json.dumps(as_data(stories, found), indent=2))
    else:
        from bpssim.report.story.terminal import print_story

        print_story(stories, found)
    if out:
        from bpssim.report.story.folder import write_story

        typed = shlex.join(["bpssim", *sys.argv[1:]])
        with atomic_folder(out, "story", "story") as folder:
            folder.write(lambda building: write_story(building, stories, found, typed))
        if not as_json:
            say(f"Files: {folder.final}")
        report_failures(folder, "")


def _choose(cast: "Cast", mother: int | None, pick: str | None) -> tuple[int, list[str]]:
    """The mother whose story is shown, and how she was chosen, in sentences."""
    from bpssim.report.story.finding import how_found, how_many_changed

    found = how_many_changed(cast)
    if mother is not None:
        return mother, found
    chosen = cast.choose(pick) if pick is not None else cast.choose_changed()
    return chosen.mother, [*found, how_found(chosen)]
