"""How long a replicate takes, how that grows with births, and whether memory stays put.

Run with `python experiments/benchmarks/speed.py`. Nothing is asserted: machines differ and are shared, so read the
ratios within one run. Times are the best of several warm repeats on one core; the first line of figures is what a
planner waits for once, when the rules are compiled on a new machine.
"""

import resource
import subprocess
import sys
import time

import numpy as np

import bpssim as bps
from bpssim.model import initial_state
from bpssim.model.simulation import Simulation
from bpssim.scenario.places.births import births_a_year
from bpssim.scenario.places.small_areas import shipped_table
from bpssim.scenario.scenario import Scenario
from bpssim.studies.replicate import replicates_of

TEAM_FOR = "team.scale_to_births=3000"  # so that larger places have larger teams
ONE_REPLICATE = "run.replicates=1"


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


def parts_of_a_replicate(scenario: Scenario, repeats: int) -> tuple[float, float, float]:
    """Seconds to draw the population, to make the state, and to run it; best of several, first place."""
    place = initial_state.places_of(scenario.population)[0]
    timings = []
    for _ in range(repeats):
        start = time.perf_counter()
        population = initial_state.draw_population(scenario, place, 1)
        drawn = time.perf_counter()
        simulation = Simulation(scenario, 1, place, population)
        made = time.perf_counter()
        simulation.run()
        timings.append((drawn - start, made - drawn, time.perf_counter() - made))
    draw, make, run = np.min(timings, axis=0)
    return float(draw), float(make), float(run)


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
    timings = [[parts_of_a_replicate(scenario, 1)[2] for scenario in scenarios] for _ in range(repeats)]
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
    draw, make, run = parts_of_a_replicate(scenarios["5,000 births"], 15)
    print(f"5,000 births: draw {1e3 * draw:.1f} ms, set up {1e3 * make:.1f} ms, days {1e3 * run:.1f} ms")
    times = in_turn(scenarios["5,000 births"], without_slow_mechanisms(scenarios["5,000 births"]))
    print(f"5,000 births with all that moves slowly: {times[0] / times[1]:.2f} times the days without it")
    before = peak_mebibytes()
    for seed in range(200):
        Simulation(scenarios["5,000 births"], seed).run()
    print(f"200 more runs: peak memory grew by {peak_mebibytes() - before:.1f} MiB")
    whole_processes()


def whole_processes() -> None:
    """Seconds of whole commands, warm."""
    for command in (["--help"], ["run", "site1", "--replicates", "1", "--json"]):
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "bpssim", *command], check=True, capture_output=True)
            best = min(best, time.perf_counter() - start)
        print(f"bpssim {' '.join(command)}: {best:.2f} s")


if __name__ == "__main__":
    main()
