"""Provenance of results, how to repeat them, and what not to conclude."""

from collections.abc import Sequence

from bpssim.report.assumptions import how_many_assumed
from bpssim.report.elements import Bullets, Pairs, Section, Words
from bpssim.report.periods import date_in_words, period_in_words
from bpssim.scenario.scenario import Scenario
from bpssim.studies.results_folder.manifest import PROGRAM, About, AboutRun, AboutRuns


def what_it_rests_on(manifest: AboutRuns, scenarios: Sequence[Scenario]) -> Section:
    """One line on the number of assumptions and the runs; of the scenarios the base of a comparison comes first."""
    words = (
        f"{how_many_assumed(scenarios)} The annex lists them with their evidence, and says how to repeat the results: "
        f"{_seeds(manifest, scenarios[0])}, bpssim {manifest.version}, "
        f"{date_in_words(manifest.finished)}."
    )
    return Section("rests", "What this rests on", [Words([words])])


def _seeds(manifest: AboutRuns, scenario: Scenario) -> str:
    first, last = scenario.run.seed, scenario.run.seed + manifest.replicates - 1
    return f"seeds {first} to {last}" if last > first else f"seed {first}"


def provenance(manifest: AboutRuns, scenario: Scenario, repeat: str) -> Section:
    """Version, seed and time of a run, or of a comparison by its base, and the command that repeats it."""
    run = scenario.run
    hashes = {"SHA-256 of scenario.yaml": manifest.scenario_sha256} if isinstance(manifest, AboutRun) else {}
    items = {
        "Command": manifest.command,
        "Finished": f"{date_in_words(manifest.finished)} ({manifest.finished})",
        "Version": f"bpssim {manifest.version}",
        "Replicates": f"{manifest.replicates}, {_seeds(manifest, scenario)}",
        "Mothers": manifest.mothers,
        "Births that count": (
            f"those of {period_in_words(run.window_days)}, after {period_in_words(run.warm_up_days)} of warm-up; each "
            f"baby is followed for {period_in_words(run.follow_up_days)} at least"
        ),
        **hashes,
        **({"Input files": _copies(manifest)} if manifest.inputs else {}),
        "Python and libraries": ", ".join(
            [f"Python {manifest.python}"]
            + [f"{name} {version}" for name, version in manifest.packages.items() if name != PROGRAM]
        ),
    }
    words = f"To repeat it, with the same version: {repeat} gives the same numbers, to the last digit."
    return Section("provenance", "Where this comes from", [Pairs(items), Words([words])])


def made_by(manifest: About, what: str) -> str:
    """The foot of a page on a run, a study or other results, in a word."""
    return f"Made by {PROGRAM} {manifest.version} from a {what} of {date_in_words(manifest.finished)}."


def _copies(manifest: AboutRuns) -> str:
    named = ", ".join(f"{name} ({what})" for name, what in manifest.inputs.items())
    are_mothers = any(what == "population.mothers" for what in manifest.inputs.values())
    caution = " A table of real mothers is personal data, and so is this folder with it." if are_mothers else ""
    return f"copies of what the scenario names: {named}.{caution}"


def what_not_to_conclude(more: tuple[str, ...] = (), drawn: bool = False) -> Section:
    """What the numbers do not show, with further cautions; `drawn` if some intervals are over draws of the inputs."""
    unsure = (
        "Uncertainty about the inputs is in the ranges over draws only, as far as inputs were drawn."
        if drawn
        else "Uncertainty about the inputs is not in them, and is often larger."
    )
    items = [
        "Intervals are Monte Carlo intervals: they say what more simulated runs with the same inputs would change. "
        f"{unsure}",
        "This is not a forecast for one service. An input of grade C is an assumption, and what follows from it is not "
        "a finding about the world.",
        "Effects of support come from trials of other services, and probabilities of access by deprivation have mostly "
        "never been measured.",
        "Deprivation is that of the area, a proxy: many mothers in need live elsewhere, and not every mother in a "
        "deprived area is in need.",
        "It is not for judging people or teams, or for decisions about any one mother. Mothers here are synthetic.",
        *more,
    ]
    return Section("limits", "What not to conclude", [Bullets(items)])
