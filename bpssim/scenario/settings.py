"""Settings of a run: its periods, seed and replicates."""

from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import Section, Whole


class RunSettings(Section):
    """Warm-up, recruitment window, follow-up, seed and replicates."""

    warm_up_days: Annotated[Whole, Field(ge=0, le=730)] = Field(
        56, description="Births before the window fill the service's caseload and are not counted [days]"
    )
    window_days: Annotated[Whole, Field(ge=1, le=3650)] = Field(365, description="Births that count [days]")
    follow_up_days: Annotated[Whole, Field(ge=182, le=730)] = Field(
        182, description="Follow-up of the last baby; six-month outcomes need 182 [days]"
    )
    seed: Annotated[Whole, Field(ge=0, lt=2**63)] = Field(1, description="Seed of the first replicate")
    replicates: Annotated[Whole, Field(ge=1, le=100_000)] = Field(20, description="Runs with different seeds")
