"""Each moment of a story in plain words."""

from collections.abc import Mapping

from bpssim.report.story.words import her, knowledge, service
from bpssim.studies.story import moments as m


def tell(moment: m.Moment, titles: Mapping[str, str] | None = None) -> str:
    """A moment in a few plain sentences; a pathway is called by its title, or as it is spelled where none is given."""
    if isinstance(moment, m.OfKnowledge):
        return knowledge.tell(moment)
    return service.tell(moment, titles or {}) if isinstance(moment, m.OfService) else her.tell(moment)
