"""How long a replicate and a command take, how that grows with births, and whether memory stays put.

Run with `python experiments/benchmarks/speed.py [OTHER]`, where OTHER is a folder with another version of the code,
such as a worktree; both then take turns. Nothing is asserted: machines differ and are shared, so read ratios within one
run. Times are the best of several warm repeats on one core.
"""

import math
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import bpssim as bps
from bpssim.model import initial_state
from bpssim.model.simulation import Simulation
from bpssim.scenario.places.births import births_a_year
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.scenario import Scenario
from bpssim.studies.prepared import Counting, prepare, summary_of
from bpssim.studies.replicate import replicates_of
from bpssim.studies.threads import in_order

TEAM_FOR = "team.scale_to_births=3000"  # so that larger places have larger teams
ONE_REPLICATE = "run.replicates=1"
REPLICATES = 200
THREADS = (1, 2)
HERE = Path(__file__).parents[2]
COMMANDS = {
    "bpssim --help": ["--help"],
    "bpssim run without a page": ["run", "site1", "--replicates", "1", "--no-page", "--json"],
    "bpssim run with a page": ["run", "site1", "--replicates", "1", "--json"],
}
"""Commands by what they are called here; another version may not know all of them."""
RUNS = """
import sys, time
import bpssim as bps
scenario = bps.load("site1", ["population.births_per_year=5000"])
bps.run(scenario, replicates=2, details=False)
start = time.process_time()
bps.run(scenario, replicates=40, details=False)
print((time.process_time() - start) / 40)
"""
"""Prints the seconds of processor time of a replicate without details, in any version."""


def peak_mebibytes() -> float:
    """Largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def sizes() -> dict[str, Scenario]:
    """The service at three sizes."""
    areas = shipped_table()
    of_england = areas.take(np.flatnonzero(areas.nation.of == areas.nation.names.index("England")))
    england = ", ".join(sorted(set(of_england.district_code.listed()))[:150])
    return {
        "5,000 births": bps.load("site1", ["population.births_per_year=5000", TEAM_FOR, ONE_REPLICATE]),
        "50,000 births": bps.load("site1", ["population.births_per_year=50000", TEAM_FOR, ONE_REPLICATE]),
        "600,000 births in 150 places": bps.load(
            "site1",
            [
                "population.births_per_year=600000",
                f"population.places=[{england}]",
                "population.services=each",
                TEAM_FOR,
                ONE_REPLICATE,
            ],
        ),
    }


def seconds_of_a_replicate(scenario: Scenario, repeats: int) -> float:
    """Population, rules and outcomes of one replicate; best of several."""
    found = initial_state.places_of(scenario.population)
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in replicates_of(scenario, found, details=False):
            pass
        best = min(best, time.perf_counter() - start)
    return best


def parts_of_a_replicate(scenario: Scenario, repeats: int) -> dict[str, float]:
    """Seconds of the parts of a replicate of a prepared scenario; best of several, first place."""
    start = prepare(scenario).starts[0]
    timings = []
    for _ in range(repeats):
        times = [time.perf_counter()]
        population = initial_state.draw_population(scenario, start.place, 1)
        times.append(time.perf_counter())
        simulation = Simulation(scenario, 1, start.place, population, start)
        times.append(time.perf_counter())
        simulation.run()
        times.append(time.perf_counter())
        counting = Counting(scenario)
        counting.add(simulation)
        counting.summary()
        times.append(time.perf_counter())
        timings.append(np.diff(times))
    return dict(zip(("draw", "set up", "days", "outcomes"), np.min(timings, axis=0).tolist(), strict=True))


def runs_a_second(scenario: Scenario, threads: int) -> float:
    """Summaries of replicates in a second, on a number of threads."""
    prepared, start = prepare(scenario), time.perf_counter()
    for _ in in_order(lambda number, stop: summary_of(prepared, number, stop), range(REPLICATES), threads):
        pass
    return REPLICATES / (time.perf_counter() - start)


def without_slow_mechanisms(scenario: Scenario) -> Scenario:
    """The same service where nothing is learned, told, forgotten or renewed."""
    changes = {
        "learning.active": False,
        "community.active": False,
        "support.wider_help": 0.0,
        "support.network_hazard": 1.0,
        "professionals.half_life_days": None,
        "professionals.signposts": 0.0,
        "team.supporters.paid.turnover_per_year": 0.0,
        "team.supporters.volunteer.turnover_per_year": 0.0,
    }
    for path, value in changes.items():
        scenario = scenario.with_(path, value)
    return scenario


def in_turn(*scenarios: Scenario, repeats: int = 25) -> list[float]:
    """Seconds of the days of each scenario, measured in turn best of several: they share the mood of the machine."""
    timings = [[parts_of_a_replicate(scenario, 1)["days"] for scenario in scenarios] for _ in range(repeats)]
    return [float(best) for best in np.min(timings, axis=0)]


def walked(scenario: Scenario) -> int:
    """Mother-days that the daily rules walked, in all places."""
    total = 0
    for place in initial_state.places_of(scenario.population):
        simulation = Simulation(scenario, 1, place)
        simulation.run()
        total += int(simulation.state.days.walked.sum())
    return total


def main() -> None:
    scenarios = sizes()
    print("size                            seconds   million mother-days/s   peak MiB")
    births, seconds = [], []
    for name, scenario in scenarios.items():
        small = births_a_year(scenario.population) < 100_000
        seconds_of_a_replicate(scenarios["5,000 births"], 1)  # load the compiled rules
        taken = seconds_of_a_replicate(scenario, 15 if small else 2)
        rate = walked(scenario) / taken / 1e6
        print(f"{name:30s} {taken:8.3f} {rate:23.1f} {peak_mebibytes():10.0f}")
        births.append(births_a_year(scenario.population))
        seconds.append(taken)
    exponent = np.polyfit(np.log(births), np.log(seconds), 1)[0]
    print(f"growth exponent: seconds ~ births^{exponent:.3f}")
    parts = parts_of_a_replicate(scenarios["5,000 births"], 25)
    told = ", ".join(f"{part} {1e3 * seconds:.1f}" for part, seconds in parts.items())
    shared = sum(parts.values()) - parts["draw"]
    print(f"5,000 births: {told}, in all {1e3 * sum(parts.values()):.1f} ms; {1e3 * shared:.1f} ms with mothers shared")
    rates = [[runs_a_second(scenarios["5,000 births"], threads) for threads in THREADS] for _ in range(3)]
    one, *more = np.max(rates, axis=0).tolist()
    for threads, rate in zip(THREADS[1:], more, strict=True):
        text = f"{REPLICATES} summaries: {one:.1f} a second on one thread, {rate:.1f} on {threads}"
        print(f"{text}, {rate / one:.2f} times as many")
    times = in_turn(scenarios["5,000 births"], without_slow_mechanisms(scenarios["5,000 births"]))
    print(f"5,000 births with all that moves slowly: {times[0] / times[1]:.2f} times the days without it")
    before = peak_mebibytes()
    for seed in range(200):
        Simulation(scenarios["5,000 births"], seed).run()
    print(f"200 more runs: peak memory grew by {peak_mebibytes() - before:.1f} MiB")
    versions = [HERE, *(Path(other).resolve() for other in sys.argv[1:])]
    for name, command in COMMANDS.items():
        print(f"{name}: {compared(['-m', 'bpssim', *command], versions)}")
    print(f"a replicate without details, seconds of a processor: {compared(['-c', RUNS], versions)}")


def compared(program: list[str], versions: list[Path]) -> str:
    """Seconds of a program, and how many times as long other versions that know it took in turn; best of several."""
    timings = [[seconds_of(program, version) for version in versions] for _ in range(6)]
    here, *others = np.fmin.reduce(timings).tolist()
    ratios = (
        f", {other / here:.2f} times that in {path}"
        for other, path in zip(others, versions[1:], strict=True)
        if not math.isnan(other)
    )
    return f"{here:.3f} s{''.join(ratios)}"


def seconds_of(program: list[str], version: Path) -> float:
    """Seconds of a program in one version: those that it prints, or its own; NaN if the version does not know it."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        command, own = [sys.executable, *program], {**os.environ, "PYTHONPATH": str(version)}
        done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True)
        took = time.perf_counter() - start
    if done.returncode:
        return math.nan
    return float(done.stdout) if program[0] == "-c" else took


if __name__ == "__main__":
    main()
