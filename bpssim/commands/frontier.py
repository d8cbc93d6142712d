"""`bpssim frontier`."""

from pathlib import Path

import click

from bpssim.commands import options, studies
from bpssim.commands.messages import say, say_fit_ahead
from bpssim.studies.threads import load_rules


@click.command()
@click.argument("study")
@options.workers
@studies.cluster
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the results  [default: results/<study>-frontier]"
)
@options.overrides
def frontier(study: str, workers: int, cluster: str | None, out: Path | None, overrides: tuple[str, ...]) -> None:
    """Search for the best mixes of what a service may do, all at one cost.

    STUDY is the path of a study file with `search:`, or the name of a ready one. Its factors are what may be chosen;
    paid hours follow from the cost. The same command goes on where it stopped, and with more candidates (--set
    search.candidates=500) it goes further.
    """
    from bpssim.studies.plan.reading import read_study

    read = read_study(study, overrides)

    load_rules()

    from bpssim.report.frontier.terminal import print_frontier
    from bpssim.report.report_writing import page_failure
    from bpssim.studies.frontier.frontier import Frontier
    from bpssim.studies.frontier.results import default_folder, search_in
    from bpssim.studies.results_folder.manifest import AboutFrontier
    from bpssim.studies.results_folder.reading import read_frontier_results
    from bpssim.studies.sweep.folder import StudyFolder
    from bpssim.studies.sweep.run import at_local_rates, workers_of

    say_fit_ahead(read.scenarios[0])
    read = at_local_rates(read, workers)
    folder = StudyFolder(out or default_folder(read.study.name))
    most = Frontier(read, folder.store).most_runs
    with folder.held(read.study.name, AboutFrontier), workers_of(workers, cluster) as hands:
        try:
            for _ in studies.with_progress_of_runs(search_in(folder, read, hands, studies.typed()), most):
                pass
        except KeyboardInterrupt:
            say(f"stopped: what was run is kept in {folder.place}; the same command goes on", err=True)
            raise
        no_page = page_failure(folder.place)
    print_frontier(read_frontier_results(folder.place), folder.place)
    studies.report_no_page(folder.place, no_page)
