"""Fitted baselines: feeding with usual care and no peer support, as written by `bpssim calibrate`."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bpssim.scenario.fields import NonNegative, PerQuintile, Positive, Section, Share
from bpssim.scenario.loader import read
from bpssim.scenario.messages import BadInput, Mistake, Origin, nearest

_SHIPPED = Path(__file__).parent / "data" / "baselines"
Rates = Annotated[list[NonNegative], Field(min_length=1)]
FiveNumbers = tuple[float, float, float, float, float]


class Baseline(Section):
    """What a calibration found; the numbers mean nothing apart from the traits' multipliers they were fitted with."""

    profile: str = Field(description="Profile of breastfeeding by quintile and baby age that was fitted")
    version: int = Field(description="Version of the fit, raised when inputs or method change")
    initiation: str = Field(description="Definition of initiation that the profile uses")
    start_log_odds: FiveNumbers = Field(description="Log odds of starting, by quintile, for a mother without traits")
    exclusive_at_birth: Share = Field(description="Of mothers who start, those who give breast milk only")
    periods: list[int] = Field(description="Baby ages that end the periods, the last one open [days]")
    stopping_hazard: Rates = Field(description="Hazard of stopping by period, all quintiles [per day]")
    residual: list[list[Positive]] = Field(
        description="Residual quintile term: hazard ratio by quintile and period, beyond what traits explain"
    )
    mixing_hazard: Rates = Field(description="Hazard of giving formula too, by period [per day]")
    difficulty_scale: Positive = Field(description="Multiplies the incidence of difficulties so that F8 comes back")
    fit: dict[str, PerQuintile] = Field({}, description="Any breastfeeding by baby age that the fit reproduces")


def shipped() -> list[str]:
    """Names of the baselines that come with the package."""
    return sorted(path.stem for path in _SHIPPED.glob("*.yaml"))


@cache
def load(name: str) -> Baseline:
    """Read a baseline by shipped name or by path.

    Raises
    ------
    bpssim.scenario.messages.BadInput
        If there is none, or the file is not a baseline.
    """
    path = _SHIPPED / f"{name}.yaml"
    if path.is_file() or Path(name).is_file():
        return read(path if path.is_file() else Path(name), Baseline)
    shipped_names = shipped()
    text = f"no such baseline; give the path of a file, or one of {', '.join(shipped_names)}"
    raise BadInput(Mistake(Origin("feeding.baseline"), text, found=repr(name), suggestion=nearest(name, shipped_names)))
