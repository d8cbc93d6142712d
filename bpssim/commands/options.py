"""Options that several commands share."""

import click

overrides = click.option(
    "--set", "overrides", multiple=True, metavar="PATH=VALUE", help="Change an input; may be given several times."
)
replicates = click.option("--replicates", type=int, help="How often the run is repeated, each time with the next seed.")
seed = click.option("--seed", type=int, help="Seed of the first replicate.")
workers = click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Threads.")
