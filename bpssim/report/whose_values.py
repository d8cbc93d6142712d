"""What of a run is its place's own, what is national, and what is the scenario's."""

from bpssim.report.elements import Row, Section, Table
from bpssim.scenario.places.place_data import data_of
from bpssim.scenario.places.whose_values import whose_values
from bpssim.scenario.scenario import Scenario
from bpssim.scenario.words import Services


def whose(scenario: Scenario) -> Section | None:
    """The table of a scenario in a real place; None elsewhere."""
    rows = [Row(row.what, (row.whose, row.how)) for row in whose_values(scenario)]
    if not rows:
        return None
    data = data_of(scenario.population)
    several = data is not None and len(data.places) > 1
    own = "belongs to these places" if several else "is this place\N{RIGHT SINGLE QUOTATION MARK}s own"
    note = "Five values are for quintile 1, the most deprived, to 5. To give your own, write them in the scenario."
    if scenario.population.services is Services.EACH:
        note += " These are of all places together; in each they differ as its small areas do."
    table = Table("Whose values these are", ("Input", "Whose", "Value and source"), {"": rows}, note, frozenset({1, 2}))
    return Section("whose", f"What {own}, and what is assumed", [table])
