"""`bpssim budget`."""

import shlex
import sys
from pathlib import Path

import click

from bpssim.commands import options
from bpssim.commands.failures import report_failures
from bpssim.commands.messages import print_cautions, say_fit_ahead, warn_of_copies, with_progress
from bpssim.studies.threads import load_rules


@click.command()
@click.argument("scenario")
@click.option(
    "--more",
    "pounds",
    type=float,
    required=True,
    metavar="POUNDS",
    help="Money a year to spend, such as 30000; a negative sum is saved, and the least harmful cut is sought.",
)
@options.seed
@click.option("--replicates", type=options.REPLICATES, help="Number of pairs of runs for each lever  [default: 60]")
@options.uncertainty
@options.calibrated
@click.option(
    "--price",
    "prices",
    multiple=True,
    metavar="NAME=VALUE",
    help="A price that you know, in place of an assumed one, such as data_link=5000; may be given several times.",
)
@options.workers
@click.option("--out", type=click.Path(path_type=Path), help="Results folder  [default: results/<scenario>-budget-<n>]")
@options.overrides
@options.no_page
@options.png
@click.option("--json", "as_json", is_flag=True, help="Print the levers as JSON and nothing else.")
def budget(
    scenario: str,
    pounds: float,
    seed: int | None,
    replicates: int | None,
    draws: int,
    calibrated: Path | None,
    prices: tuple[str, ...],
    workers: int,
    out: Path | None,
    overrides: tuple[str, ...],
    no_page: bool,
    png: bool,
    as_json: bool,
) -> None:
    """What a sum of money buys: single levers of the same cost, ranked by mothers still breastfeeding.

    Levers are more hours, evenings, the ward at weekends, home visits, interpreters, local supporters, sign-up by
    midwives and a data link. What is left of the sum after a lever's own price buys hours. Levers that chance may have
    put in order share a rank.
    """
    from bpssim.scenario.scenario import load
    from bpssim.studies.budget.prices import price_of, prices_with

    known = prices_with(dict(price_of(text) for text in prices))
    loaded = load(scenario, overrides)
    print_cautions({scenario: loaded}, overrides)

    load_rules()

    from bpssim.report.report_writing import page_failure
    from bpssim.studies.budget.budget import base_of, mothers_of, plan_of, scaled_options
    from bpssim.studies.budget.levers.catalogue import levers_for
    from bpssim.studies.budget.results import write_budget
    from bpssim.studies.comparison.plan import check_draws
    from bpssim.studies.local_rate.fit import fit_local_rate
    from bpssim.studies.plan.accepted import read_accepted
    from bpssim.studies.results_folder.atomic_folder import atomic_folder
    from bpssim.studies.results_folder.inputs import keep_inputs

    accepted = read_accepted(calibrated) if calibrated else None
    check_draws(draws, accepted)
    base = base_of(loaded, seed, pounds)
    say_fit_ahead(base)
    base = fit_local_rate(base, workers)
    warn_of_copies([base])
    levers = levers_for(base, pounds)
    typed = shlex.join(["bpssim", *sys.argv[1:]])
    with atomic_folder(out, f"{base.name}-budget", "budget") as folder:
        scaling = scaled_options(base, levers, pounds, known, workers)
        found = with_progress("levers scaled", scaling, len(levers))
        plan = plan_of(base, pounds, found, known, mothers_of(loaded), replicates, draws, workers, accepted)
        keep_inputs(folder.building, plan.plan.scenarios)
        pairs = with_progress("paired runs", plan.plan.pairs(workers), plan.plan.most)
        drawn = with_progress("draws", plan.plan.drawn(workers), plan.plan.draws)
        finished = plan.finished(plan.plan.comparison(pairs, drawn))
        folder.write(lambda building: write_budget(building, finished, typed))
        failure = "" if no_page else page_failure(folder.building, png)
    if as_json:
        from bpssim.commands.json_rows import as_json_text
        from bpssim.studies.budget.budget import Budget

        ran = finished.base.run
        head = {"scenario": base.name, "more": pounds, "seed": ran.seed, "replicates": finished.replicates}
        levers_found, pairs_found = Budget.levers.rows(finished), Budget.pairs.rows(finished)
        click.echo(as_json_text(head, folder.final, levers=levers_found, pairs=pairs_found))
    else:
        from bpssim.report.budget_terminal import print_budget
        from bpssim.studies.results_folder.reading import read_budget

        print_budget(read_budget(folder.final), folder.final)
    report_failures(folder, failure)
