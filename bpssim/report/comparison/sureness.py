"""How sure a difference is: which interval is which, what pairing is worth, and what hangs on the inputs."""

from collections.abc import Iterable, Iterator

from bpssim.report.amounts import POINTS, Amount, change_cell, in_words, limits_in_words, roughly, unit_in_words
from bpssim.report.comparison.view import ComparisonView
from bpssim.report.elements import Block, Bullets, Row, Section, Table, Words
from bpssim.studies.comparison.rows import PairingRow, UncertaintyRow

_HEADLINES = {
    ("any_6w", "1"): "breastfeeding at six weeks in quintile 1",
    ("gap_any_6w", "all"): "gap at six weeks",
    ("any_6w", "all"): "breastfeeding at six weeks, all mothers",
}
_INPUTS_SHOWN = 5


def sureness(view: ComparisonView) -> Section:
    """Two kinds of intervals, kept apart."""
    blocks: list[Block] = [Bullets([*_kinds(view), *_pairing(view), *_precision(view)])]
    if view.draws:
        blocks += [_draws_table(view), *_importance_table(view)]
    return Section("sureness", "How sure this is", blocks)


def _kinds(view: ComparisonView) -> Iterator[str]:
    yield (
        "Luck of the draw: 95 % intervals over pairs of runs, everywhere on this page unless it says otherwise. More "
        "runs make them narrower, and do not make the inputs surer."
    )
    if not view.draws:
        yield (
            "What is not known about the inputs is not in this comparison. It is often the larger doubt; --uncertainty "
            "draws the inputs from their ranges and shows it."
        )
        return
    drawn = view.results.manifest["uncertainty"]
    yield (
        f"What is not known: {len(drawn['varied'])} inputs were drawn {view.draws} times from their ranges, and every "
        f"scenario run {drawn['replicates_per_draw']} times under each draw. {len(drawn['held_fixed'])} other graded "
        "inputs were held fixed. Ranges hold 95 % of the draws; how much of their width comes from the inputs, and not "
        "from the luck of so few runs, stands beside them. The more luck, the wider they are, and the nearer to "
        "one half are shares of draws in which an alternative is better."
    )


def _pairing(view: ComparisonView) -> Iterator[str]:
    for each in view.alternatives:
        row = _pair(view.results.pairing, each.name)
        if row.half_width_independent > 0.0:
            yield (
                f"{each.label.capitalize()}: with the same mothers and luck on both sides, breastfeeding at six weeks "
                f"is known to ±{roughly(row.half_width, POINTS)}; independent runs would give "
                f"±{roughly(row.half_width_independent, POINTS)}."
            )


def _pair(rows: Iterable[PairingRow], scenario: str) -> PairingRow:
    return next(row for row in rows if (row.scenario, row.metric, row.quintile) == (scenario, "any_6w", "all"))


def _precision(view: ComparisonView) -> Iterator[str]:
    for each in view.results.manifest["precision"]:
        group = "" if each["quintile"] == "all" else f" in quintile {each['quintile']}"
        was = "met" if each["met"] else "not met"
        reached = "no interval" if each["reached"] is None else f"±{each['reached']:.2g}"
        yield (
            f"{view.labels[each['scenario']].capitalize()}: for {each['metric']}{group} ±{each['half_width']:g} was "
            f"asked and {reached} reached after {view.replicates} pairs of runs; {was}."
        )


def _draws_table(view: ComparisonView) -> Table:
    found = {(row.scenario, row.metric, row.quintile): row for row in view.results.uncertainty}
    bodies = {}
    for each in view.alternatives:
        rows = [(label, found[each.name, *key]) for key, label in _HEADLINES.items()]
        bodies[each.label.capitalize()] = [
            Row(
                f"{label} [{unit_in_words(_over_draws(row).unit)}]",
                (
                    change_cell(_over_draws(row), limited=False),
                    _range(row),
                    _percent(row.share_of_inputs),
                    _better(row),
                ),
            )
            for label, row in rows
        ]
    head = ("Difference", "Mean over draws", "95 % of draws", "Due to inputs, % of variance", "Better in, % of draws")
    note = "Better is more mothers breastfeeding, and a gap nearer to 0; a draw without a difference is not better."
    return Table("Differences over draws of the inputs", head, bodies, note)


def _over_draws(row: UncertaintyRow) -> Amount:
    return Amount(row.difference, row.lower, row.upper, POINTS if row.unit == "share" else row.unit)


def _range(row: UncertaintyRow) -> str:
    return limits_in_words(_over_draws(row))


def _better(row: UncertaintyRow) -> str:
    return _percent(row.probability_better)


def _percent(share: float) -> str:
    amount = Amount(share, share, share, "share")
    return in_words(amount).removesuffix("\N{NO-BREAK SPACE}%") if amount.defined else "\N{EN DASH}"


def _importance_table(view: ComparisonView) -> list[Block]:
    rows = [
        row for row in view.results.importance if (row.metric, row.quintile) in _HEADLINES and row.importance != 0.0
    ]
    if not rows:
        return [Words(["Which inputs matter most is not told: too few draws for so many inputs, or none stands out."])]
    paths: dict[str, list[str]] = {}
    for given in view.results.manifest["uncertainty"]["varied"]:
        paths.setdefault(given["unknown"], []).append(given["path"])
    bodies = {}
    for each in view.alternatives:
        for key, label in _HEADLINES.items():
            same = [row for row in rows if row.scenario == each.name and (row.metric, row.quintile) == key]
            largest = sorted(same, key=lambda row: -abs(row.importance))[:_INPUTS_SHOWN]
            if largest:
                bodies[f"{each.label.capitalize()}: {label}"] = [
                    Row(row.input, (_signed(row.importance),), _paths(paths.get(row.input, []), row.input))
                    for row in largest
                ]
    note = (
        "Standardised rank regression coefficients, from minus 1 to 1: how much of the spread over draws goes with the "
        "input, and which way. A row of the evidence stands for all inputs that rest on it."
    )
    return [Table("Inputs that matter most for the difference", ("Input", "Importance"), bodies, note)]


def _paths(paths: list[str], name: str) -> str:
    return ", ".join(path for path in paths if path != name)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")
