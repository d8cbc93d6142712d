"""Words of published tables of breastfeeding: which rate a heading, a row or a title speaks of, and which not."""

import re

from bpssim.scenario.places.rate_periods import YEAR

KINDS = {  # by name of the rate: what names its age
    "any_6w": r"\b(?:6|six)(?: ?(?:-|to|and|or|/| ) ?(?:8|eight))?[ -]?(?:w|wks?|weeks?)\b",
    "any_2w": r"\b(?:10(?: ?(?:-|to|and|or|/| ) ?14)?|14)[ -]?days?\b|\b(?:2|two)[ -]weeks?\b|\bfirst visit\b",
    "initiation": r"\binitiat\w+|\bfirst (?:milk )?feed\b|\bfirst milk\b|\bat birth\b|\bever (?:been )?breast ?-?fed\b|"
    r"\bstart(?:ed|ing)? (?:to )?breast ?-?feed|^birth\b(?! (?:weight|rate|order))",
}
_OTHER_FEEDING = re.compile(
    r"exclusiv|\b(?:totally|wholly|fully|only)\b|\bpartial|\bmixed\b|formula|bottle|artificial|"
    r"\b(?:not|no) (?:at all )?breast|\bnever\b|drop-?off|\b(?:not|un) ?known|\bknown\b|coverage|status|\bvalid",
    re.IGNORECASE,
)
"""Feeding other than any breastfeeding, and how many are known."""
_EITHER = re.compile(
    r"\b(?:totally|wholly|fully|exclusive(?:ly)?)(?: (?:or|and) | ?/ ?)(?:partial(?:ly)?|mixed)\b", re.IGNORECASE
)
"""Exclusive or partial together are any breastfeeding."""
_OF_TITLE = re.compile(r"\bexclusive|\bpartial|\bmixed\b|\bformula\b|\bbottle|\bnot (?:at all )?breast", re.IGNORECASE)
"""Feeding of which a whole table is, where neither heading nor row says any breastfeeding."""
_ANY = re.compile(r"\bany\b|\boverall\b", re.IGNORECASE)
KNOWN = re.compile(r"(?<!not )\b(?:known|valid)\b.*\b(?:status|reviews?)\b|\bstatus (?:is )?known\b", re.IGNORECASE)
"""Babies of whom it is known how they are fed."""
NO_RATE = re.compile(
    r"\b(?:lower|upper|lcl|ucl|lci|uci|limits?|confidence|interval|notes?|sortable|trend|compared|change|difference|"
    r"rank|range|target|goal|previous|quality|flag|qf|id|codes?|names?)\b",
    re.IGNORECASE,
)
"""What stands beside a rate and is none."""
RATE = re.compile(
    r"%|\bper ?cent|\bpercentages?\b|\bpct\b|\bprevalence\b|\bproportions?\b|\brates?\b|\bshares?\b|\bvalues?\b", re.I
)
SHARE = re.compile(RATE.pattern.replace(r"|\bvalues?\b", ""), re.IGNORECASE)
COUNT = re.compile(r"\bnumbers?\b|\bcounts?\b|\bbabies\b|\binfants\b|\bmothers\b|\btotal\b|\bn\b|\bno\.", re.IGNORECASE)
MOTHERS = re.compile(r"\b(?:babies|infants|mothers)\b", re.IGNORECASE)
COUNT_OF_ROW = re.compile(r"(?:numbers?|counts?)\b.*|n|no\.", re.IGNORECASE)
COUNT_OF_TITLE = re.compile(r"\bnumbers? of\b|\bcounts? of\b", re.IGNORECASE)
OF_ALL = re.compile(
    r"\bdenominator\b|\ball\b|\bdue\b|\bbirths\b|\bmaternities\b|\btotal\b|\breview(?:s|ed)?\b|\bdeliveries\b|"
    r"^(?:out )?of\b",
    re.IGNORECASE,
)
"""The count of which another is a part; `SOME` is that part."""
ALL_BABIES = re.compile(r"persons?|people|all(?: .*)?|total|both(?: sexes)?|everyone", re.IGNORECASE)
"""Rows of all babies where others are of some."""
SOME = re.compile(r"\bnumerator\b|\bbreast", re.IGNORECASE)
PERIOD = re.compile(r"\b(?:time period|period|year|quarter|date)\b", re.IGNORECASE)
CATEGORY = re.compile(r"category(?: type)?", re.IGNORECASE)
KIND = re.compile("|".join(KINDS.values()), re.IGNORECASE)
WORDS_OF_RATES = (RATE, YEAR, KIND)
"""What is looked for in headings, in this order."""


def kinds_in(text: str) -> set[str]:
    """Which rates a text speaks of, by name as of `bpssim.scenario.local_rate.AGES`."""
    return {kind for kind, words in KINDS.items() if re.search(words, text, re.IGNORECASE)}


def says_other_feeding(text: str) -> bool:
    """Whether a text speaks of other feeding than any breastfeeding, or of how many are known."""
    return bool(_OTHER_FEEDING.search(_EITHER.sub("any", text)))


def says_any(text: str) -> bool:
    """Whether a text says that it is of any breastfeeding."""
    return bool(_ANY.search(_EITHER.sub("any", text)))


def other_feeding_in(titles: str) -> str:
    """What feeding, other than any breastfeeding, titles speak of; empty if none."""
    other = _OF_TITLE.search(_EITHER.sub("any", titles))
    return other[0].lower() if other else ""
