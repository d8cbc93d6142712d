"""How much two workers gain, and that the results do not depend on them.

Run with `python experiments/benchmarks/workers.py`. One and two workers take turns, so that what else the machine does
falls on both; read the ratio. A control of plain compiled work says how much of two cores there was to be had.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import bpssim as bps
from bpssim.model import initial_state
from bpssim.model.simulation import Simulation
from bpssim.studies.replicate import replicates_of

REPLICATES = 30


def main() -> None:
    scenario = bps.load("site1", [f"run.replicates={REPLICATES}"])
    places = initial_state.places_of(scenario.population)
    population = initial_state.draw_population(scenario, places[0], 1)

    def replicates(workers: int) -> list[str]:
        return [repr(each.summary) for each in replicates_of(scenario, places, workers, details=False)]

    def control(workers: int) -> None:
        def days(_: int) -> None:
            Simulation(scenario, 1, places[0], population).run()

        with ThreadPoolExecutor(workers) as threads:
            list(threads.map(days, range(REPLICATES)))

    assert replicates(1) == replicates(2), "two workers gave other results than one"
    for name, task in (("replicates", replicates), ("control: days of one population", control)):
        ratios = []
        for _ in range(7):
            times = []
            for workers in (1, 2):
                start = time.perf_counter()
                task(workers)
                times.append(time.perf_counter() - start)
            ratios.append(times[0] / times[1])
        print(f"{name}: two workers are {np.median(ratios):.2f} times as fast ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
