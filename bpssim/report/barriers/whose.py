"""Which mothers a study of barriers is about, in words."""

from bpssim.scenario.wording import TRAITS
from bpssim.scenario.words import Trait
from bpssim.studies.barriers.among import chosen
from bpssim.studies.story.pick import Condition

_RELATIONS = {"=": "", "!=": "not ", "<": "under ", "<=": "at most ", ">": "over ", ">=": "at least "}
_TRAITS = {trait.word: words.true for trait, words in TRAITS.items()}
_COLUMNS = {"quintile": "quintile", "age_years": "age", "partner_leave": "days of partner's leave"}


def whose(among: str) -> str:
    """Mothers within a sentence: `mothers`, or `mothers (limited English)`."""
    return f"mothers ({', '.join(map(_in_words, chosen(among)))})" if among else "mothers"


def _in_words(condition: Condition) -> str:
    column, relation, value = condition.column, condition.relation, condition.value
    if column in _TRAITS and column in Trait.words():
        holds = (value in ("yes", "true")) == (relation == "=")
        return _TRAITS[column] if holds else f"not: {_TRAITS[column]}"
    if column == "english":
        return f"{value} English" if relation == "=" else f"not {value} English"
    return f"{_COLUMNS.get(column, column.replace('_', ' '))} {_RELATIONS[relation]}{value}"
