"""The mothers a baseline was fitted for, and how the scenario's mothers differ."""

import hashlib
import json
from collections.abc import Iterator

from bpssim.scenario import baseline as baselines
from bpssim.scenario.baseline import FittedFor
from bpssim.scenario.feeding import FeedingInputs
from bpssim.scenario.places.births import mix_of
from bpssim.scenario.places.local_values import local_inputs
from bpssim.scenario.population import MinorityGroups, Population
from bpssim.scenario.scenario import Scenario

_ALONE = ("lone", "partner_leave_1_week", "partner_leave_2_weeks")
"""Attributes that determine when she is alone at home."""
_OF_CELLS = (
    *("under_20", "from_20_to_24", "from_25_to_29", "degree"),
    *("minority_ethnic", *MinorityGroups.model_fields),
)
"""Attributes that determine her survey groups."""
_LATENT = ("quintile_correlation", "attribute_loading", "other_language_if_minority")
_NOT_FITTED_WITH = {"baseline", "member", "local", "moved", "stopped_before_wanted"}
"""Inputs of feeding that say what is fitted, or that nothing in a fit depends on."""
_NO_MORE_THAN_ROUNDING = 0.005


def fitted_for(population: Population, feeding: FeedingInputs) -> FittedFor:
    """Describe a population by the attributes that feeding without support depends on."""
    traits = {*feeding.initiation_odds, *feeding.stopping_hazard, *feeding.difficulty_multipliers}
    needed = {*(trait.word for trait in traits), *_ALONE, *_OF_CELLS}
    of_hers = population.attributes
    attributes = {
        name: getattr(section, name)
        for section in (of_hers.age, of_hers, of_hers.minority_groups)
        for name in type(section).model_fields
        if name in needed
    }
    as_fitted = {"early_residual"} if feeding.early_residual == 1.0 else set()
    rest = {
        "feeding": feeding.model_dump(mode="json", exclude=_NOT_FITTED_WITH | as_fitted),
        **{name: getattr(population, name) for name in _LATENT},
    }
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
    mix = tuple(round(share, 4) for share in mix_of(population))
    return FittedFor.model_validate({"quintile_mix": mix, "attributes": attributes, "fingerprint": digest[:16]})


def other_mothers(scenario: Scenario) -> Iterator[str]:
    """Sentences about a baseline that was fitted for other mothers than the scenario has; none at a local rate."""
    local = scenario.feeding.local
    if local is not None and local.gives_rates:
        return
    fitted = baselines.load(scenario.feeding.baseline)
    if fitted.fitted_for is None or scenario.population.mothers or scenario.feeding.member is not None:
        return
    here, there = fitted_for(scenario.population, scenario.feeding), fitted.fitted_for
    of_the_place = {path[-1]: tuple(value) for path, value in local_inputs(scenario.population).items()}
    differences = [
        f"{name} {_in_words(there.attributes[name])} there and {_in_words(shares)} here"
        for name, shares in here.attributes.items()
        if name in there.attributes and there.attributes[name] != shares and of_the_place.get(name) != shares
    ]
    if here.fingerprint != there.fingerprint:
        differences.append("what shifts feeding, such as feeding.stopping_hazard, is not the same")
    if fitted.rates == "moved" and _differ(here.quintile_mix, there.quintile_mix):
        differences.append(
            f"births by quintile {_in_words(there.quintile_mix)} there and {_in_words(here.quintile_mix)} here"
        )
    if differences:
        yield (
            f"feeding.baseline: {fitted.profile} was fitted for other mothers, so its rates are not exactly reproduced "
            f"({'; '.join(differences)}); `bpssim calibrate PROFILE --for SCENARIO` fits it for those of a scenario"
        )


def _differ(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) > _NO_MORE_THAN_ROUNDING


def _in_words(shares: tuple[float, ...]) -> str:
    return ", ".join(f"{share:g}" for share in (round(share, 3) for share in shares))
