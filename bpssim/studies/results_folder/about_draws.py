"""What a manifest says of draws of the inputs."""

from collections.abc import Sequence

from bpssim.scenario.scenario import Scenario
from bpssim.studies.comparison.uncertain import REPLICATES_PER_DRAW, Uncertainty
from bpssim.studies.results_folder.manifest import Draws
from bpssim.studies.uncertainty.draws import CALIBRATED
from bpssim.studies.uncertainty.inputs import held_fixed, uncertain_inputs


def about_draws(uncertainty: Uncertainty | None, scenarios: Sequence[Scenario]) -> Draws | None:
    """How often inputs were drawn, which vary, and which were held fixed and why."""
    if uncertainty is None:
        return None
    return Draws(
        draws=len(uncertainty.drawn),
        replicates_per_draw=REPLICATES_PER_DRAW,
        varied=list(uncertain_inputs(scenarios)),
        held_fixed=list(held_fixed(scenarios)),
        calibrated=[name.removeprefix(CALIBRATED) for name in uncertainty.parameters if name.startswith(CALIBRATED)],
    )
