"""Feeding without peer support, written again from sections 7.2 and 7.3 of the model description, as a stranger would.

Rules are those of the text and numbers those of its tables; nothing of `bpssim.model` is used. The curves agree with
those of the model, so the text is enough.
"""

import re
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from scipy.special import expit, ndtr, ndtri

import bpssim as bps
from tests.scripts import script

BIRTHS = 30_000
"""In each quintile, here and in the model."""
AGES = (0, 1, 7, 14, 42, 84, 122, 182)
LAST = max(AGES)
MARGIN = 4.0
"""Standard errors of the difference of two shares: 80 differences all lie within, with probability above 0.995."""
YEARS = np.arange(16, 45)
GROUP = np.repeat(np.arange(5), [4, 5, 5, 5, 10])
Table = list[dict[str, str]]
Rng = np.random.Generator
TEXT = script("odd").PAGE.read_text(encoding="utf-8")


def tables_after(heading: str) -> list[Table]:
    """Tables that follow a heading, up to the next heading of their kind or the end of the marked place."""
    block = re.split(r"\n\*\*|<!-- end", TEXT.partition(heading)[2])[0]
    found: list[Table] = []
    for rows in re.findall(r"(?:^\|.*\n)+", block, re.MULTILINE):
        head, _, *lines = ([cell.strip() for cell in row.strip(" |").split(" | ")] for row in rows.splitlines())
        found.append([dict(zip(head, line, strict=False)) for line in lines])
    return found


def defaults(place: str) -> dict[str, Any]:
    """Default values of the inputs of a section, from annex A."""
    (table,) = tables_after(f"\n**`{place}`**")
    written = {row["Input"].strip("`"): row["Default"].strip("`") for row in table}
    return {name: YAML(typ="safe").load(value) for name, value in written.items()}


def by_day(rows: Table, column: str) -> Any:
    """A column of a table by baby ages, on each day; the last period has no end."""
    starts = [int(re.findall(r"\d+", next(iter(row.values())))[0]) for row in rows]
    period = np.searchsorted(starts, np.arange(LAST + 1), side="right") - 1
    return np.array([float(row[column]) for row in rows])[period]


def by_name(rows: Table, column: str) -> dict[str, float]:
    return {next(iter(row.values())).strip("`"): float(row[column]) for row in rows}


def root(rising: Any, bound: float, count: int) -> Any:
    """Roots of rising functions, by bisection."""
    low, high = np.full(count, -bound), np.full(count, bound)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = np.where(rising(middle) > 0, low, middle), np.where(rising(middle) > 0, middle, high)
    return (low + high) / 2


class Mothers:
    """Mothers of one quintile with what feeding depends on (section 7.2)."""

    def __init__(self, quintile: int, rng: Rng) -> None:
        population, self.rng = defaults("population"), rng
        shares = defaults("population.attributes")
        share = {name: each[quintile - 1] for name, each in shares.items() if isinstance(each, list)}
        groups = [each[quintile - 1] for each in defaults("population.attributes.age").values()]
        correlation, weight = population["quintile_correlation"], population["attribute_loading"]
        self.loading = weight * np.sqrt(1 - correlation**2) / np.sqrt(1 - (weight * correlation) ** 2)
        self.own = np.sqrt(1 - self.loading**2)
        self.advantage = rng.standard_normal(BIRTHS)
        ends = np.array([0.0, *np.cumsum(groups), 1.0])
        first, degree_rank, breastfed_rank = self.by_age(share, ends)
        group = np.searchsorted(ends[1:-1], self.tied(), side="right")
        self.years = np.array([16, 20, 25, 30, 35])[group] + (np.array([4, 5, 5, 5, 10])[group] * self.luck()).astype(
            int
        )
        at = self.years - YEARS[0]
        family, schooling = self.tied(), self.tied()
        has = {"first_birth": self.luck() < first[at]}
        has["breastfed_before"] = ~has["first_birth"] & (self.tied() >= breastfed_rank)
        has["lone"] = family < share["lone"]
        has["degree"] = schooling >= degree_rank[at]
        has["left_school_early"] = schooling < share["left_school_early"]
        for name in ("stressor", "unsupportive_family"):
            has[name] = self.tied() < share[name]
        for name in ("intends", "friends_breastfed"):
            has[name] = self.tied() >= 1 - share[name]
        has["undecided"] = ~has["intends"] & (self.luck() < share["undecided"])
        for name in ("caesarean", "neonatal"):
            has[name] = self.luck() < share[name]
        rest = (family - share["lone"]) / (1 - share["lone"])
        weeks = [rest >= 1 - share[f"partner_leave_{name}"] for name in ("1_week", "2_weeks")]
        self.leave = np.where(has["lone"], 0, np.where(weeks[1], 14, np.where(weeks[0], 7, 0)))
        minorities = [each[quintile - 1] for each in defaults("population.attributes.minority_groups").values()]
        ethnic = 1 + np.searchsorted(np.cumsum(minorities), self.luck(), side="right")
        ethnic[self.luck() >= share["minority_ethnic"]] = 0
        self.traits = has
        self.groups = {"under_20": self.years < 20, "from_30": self.years >= 30, "degree": has["degree"]}
        self.groups |= {name: ethnic == n for n, name in enumerate(("asian", "black", "mixed", "other_ethnic"), 1)}

    def luck(self) -> Any:
        return self.rng.random(BIRTHS)

    def tied(self) -> Any:
        return ndtr(self.loading * self.advantage + self.own * self.rng.standard_normal(BIRTHS))

    def by_age(self, share: dict[str, float], ends: Any) -> tuple[Any, Any, float]:
        """Shares of first births, and ranks of degrees, at each age; the rank of having breastfed before."""
        odds = defaults("population.odds_by_age")
        of_age = (np.diff(ends) / np.bincount(GROUP))[GROUP]
        everywhere = np.ones(len(YEARS), bool)

        def at_ages(name: str, possible: Any) -> Any:
            log_odds = np.interp(YEARS, list(odds[name]), np.log(list(odds[name].values())))
            level = root(lambda x: of_age @ (expit(x + log_odds) * possible) - share[name], 40.0, 1)
            return expit(level + log_odds) * possible

        first, graduate = at_ages("first_birth", everywhere), odds["youngest_degree"] <= YEARS
        degree = at_ages("degree", graduate)
        a, weights = np.polynomial.hermite_e.hermegauss(40)
        of_group = np.diff(ndtr((ndtri(ends)[:, np.newaxis] - self.loading * a) / self.own), axis=0) * weights
        of_group /= of_group.sum(axis=1, keepdims=True)

        def above(score: Any) -> Any:
            return (of_group[GROUP] * (1 - ndtr((score[:, np.newaxis] - self.loading * a) / self.own))).sum(axis=1)

        earlier = of_age * (1 - first) / (of_age @ (1 - first))
        one = np.ones(len(YEARS))
        before = root(lambda score: share["breastfed_before"] - earlier @ above(score * one), 9.0, 1)
        ranks = np.where(graduate, ndtr(root(lambda score: degree - above(score), 9.0, len(YEARS))), 2.0)
        return first, ranks, float(ndtr(before[0]))


def curves(quintile: int, rng: Rng) -> dict[str, Any]:
    """Shares of births with any and with exclusive breastfeeding at each age (section 7.3)."""
    mothers, feeding = Mothers(quintile, rng), defaults("feeding")
    (traits,) = tables_after("**Effects of traits**")
    (difficulties,) = tables_after("**Difficulties** (`feeding.difficulties`)")
    groups, stopping, mixing = tables_after("**Baseline `national_2010`**")
    single = TEXT.partition("**Baseline `national_2010`**")[2].partition("\n")[0]
    log_odds_of_quintile = [float(each) for each in re.findall(r"-?\d+\.\d+", single.partition("start_log_odds")[2])]
    exclusive_at_birth, scale = (float(each) for each in re.findall(r"(\d\.\d+)", single)[:2])

    def product(column: str) -> Any:
        return np.prod([np.where(mothers.traits[name], each, 1) for name, each in by_name(traits, column).items()], 0)

    def sum_of_groups(column: str, of: Any) -> Any:
        return sum(of(effect) * mothers.groups[name] for name, effect in by_name(groups, column).items())

    log_odds = log_odds_of_quintile[quintile - 1] + np.log(product("`initiation_odds`"))
    log_odds = log_odds + sum_of_groups("`start_effects` [log odds ratio]", lambda each: each)
    started = rng.random(BIRTHS) < expit(log_odds)
    exclusive = started & (rng.random(BIRTHS) < exclusive_at_birth)
    *incidence, multipliers = difficulties
    kinds = list(incidence[0])[1:]
    rate = scale * np.array([by_day(incidence, kind) for kind in kinds])
    multiplier = np.array([*(float(multipliers[kind]) for kind in kinds), 1.0])  # last, at -1: no difficulty
    before = np.concatenate([[0.0], np.cumsum(rate.sum(axis=0))])
    passing = -np.log(1 - feeding["self_resolution_per_week"]) / 7
    more = product("`difficulty_multipliers`")
    hazard = by_day(stopping, "`stopping_hazard` [per day]") * by_day(stopping, f"`residual` Quintile {quintile}")
    formula = by_day(mixing, "`mixing_hazard` [per day]")
    of_traits, of_groups = product("`stopping_hazard`"), sum_of_groups("`stop_effects` [hazard ratio]", np.log)

    def onset(age: int, who: Any) -> Any:
        threshold = before[age] + rng.exponential(size=BIRTHS)[who] / more[who]
        return np.searchsorted(before, threshold, side="right") - 1

    feeds, stop, mixed = started.copy(), np.full(BIRTHS, LAST + 1), np.where(exclusive, LAST + 1, 0)
    stop_clock, mix_clock = rng.exponential(size=(2, BIRTHS))
    kind, passes, begins = np.full(BIRTHS, -1), np.zeros(BIRTHS, int), onset(0, slice(None))
    for age in range(LAST + 1):
        over = feeds & (kind >= 0) & (passes <= age)
        begins[over] = onset(age, over)
        kind[over] = -1
        new = feeds & (kind < 0) & (begins <= age)
        which = np.searchsorted(np.cumsum(rate[:-1, age]) / rate[:, age].sum(), rng.random(BIRTHS), side="right")
        kind[new] = which[new]
        passes[new] = age + 1 + (rng.exponential(size=BIRTHS) / passing).astype(int)[new]
        kept = 0.5 ** (max(age - feeding["waning_from"], 0) / 7 / feeding["waning_half_life_weeks"])
        ratio = of_traits * np.exp(kept * of_groups) * multiplier[kind]
        ratio *= np.where(mothers.traits["lone"] | (age >= mothers.leave), feeding["alone_hazard"], 1)
        stop_clock -= hazard[age] * ratio * np.where(exclusive, 1, feeding["mixed_hazard"])
        mix_clock -= formula[age] * ratio
        begins_formula = feeds & exclusive & (mix_clock <= 0)
        mixed[begins_formula] = age
        exclusive &= ~begins_formula
        stops = feeds & (stop_clock <= 0)
        stop[stops] = age
        feeds &= ~stops
    ends = {"any": stop, "exclusive": np.minimum(stop, mixed)}
    return {name: np.array([np.mean(started & (end >= age)) for age in AGES]) for name, end in ends.items()}


def test_curves_written_from_the_text_are_those_of_the_model() -> None:
    settings = {
        "population.births_per_year": 5 * BIRTHS,
        "population.quintile_mix": [1, 1, 1, 1, 1],
        "run.follow_up_days": LAST,
    }
    run = bps.run(bps.load("england_2010_no_service").with_(settings), replicates=1, workers=1)
    model = run.survival.pivot(index="age", columns=["feeding", "quintile"], values="value")
    apart = []
    for quintile in range(1, 6):
        for kind, mine in curves(quintile, np.random.default_rng(quintile)).items():
            theirs = model[kind, str(quintile)].loc[list(AGES)].to_numpy()
            error = np.sqrt(2 * theirs * (1 - theirs) / BIRTHS)
            far = np.abs(mine - theirs) > MARGIN * error
            apart += [(quintile, kind, age) for age, is_far in zip(AGES, far, strict=True) if is_far]
    assert apart == []
