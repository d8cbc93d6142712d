"""The service's own records: its log of contacts, and what it knows of the mothers on its list.

State: read only, `CONTACT` and `known_data`, besides the `birth_day`, `contacts` and `attempts` of mothers on the list.
The service decides on these figures, none of which uses what it does not know. Parameters: `p.numbers`,
`p.conditions`. Evidence: M4 (no denominator), M30 (losses that can be seen), M55 (counts), M56 (records that are not
analysed).

A period excludes its last day.
"""

from bpssim.model.engine.compiled import rule
from bpssim.model.parameters.parameters import Parameters
from bpssim.model.rules.knowledge import is_on_list, matches
from bpssim.model.state import Row, State
from bpssim.scenario.words import Feeding, Item, Outcome

WEEK = 7


@rule
def is_listed(p: Parameters, rows: Row, k: int) -> bool:
    """Whether a pathway is in a list of pathways, given as rows of `p.numbers`."""
    for row in range(rows.start, rows.stop):
        if p.numbers[row] == k:
            return True
    return False


@rule
def is_born_in(m: Row, first: int, last: int) -> bool:
    """Whether her baby was born in a period."""
    return first <= m.birth_day < last


@rule
def count_on_list(s: State, first: int, last: int, spoken: bool) -> int:
    """Mothers on the list who gave birth in a period, or only those of them `spoken` with (M4)."""
    count = 0
    for i in range(s.mothers.shape[0]):
        m = s.mothers[i]
        if is_born_in(m, first, last) and is_on_list(s.known_data[i]) and (m.contacts > 0 or not spoken):
            count += 1
    return count


@rule
def count_by_quintile(s: State, first: int, last: int, lowest: int, highest: int, spoken: bool) -> int:
    """Mothers who gave birth in a period and are known to be in some quintiles: on the list, or `spoken` with."""
    count = 0
    for i in range(s.mothers.shape[0]):
        m = s.mothers[i]
        counts = m.contacts > 0 if spoken else is_on_list(s.known_data[i])
        if counts and is_born_in(m, first, last) and lowest <= s.known_data[i].value[Item.QUINTILE] <= highest:
            count += 1
    return count


@rule
def count_contacts(s: State, p: Parameters, pathways: Row, audience: Row, first: int) -> int:
    """A count as reported: contacts with support since a day, of mothers known to be in the audience."""
    count = 0
    row = s.counts[0].contacts - 1
    while row >= 0 and s.contacts[row].day >= first:
        contact = s.contacts[row]
        reported = contact.outcome == Outcome.SUPPORTED and is_listed(p, pathways, contact.pathway)
        if reported and matches(s.known_data[contact.row], p, audience, s.counts[0].today):
            count += 1
        row -= 1
    return count


@rule
def is_seen_to_be_lost(s: State, i: int) -> bool:
    """Whether she never answered, or is known to have stopped."""
    m = s.mothers[i]
    never_answered = m.attempts > 0 and m.contacts == 0
    return never_answered or s.known_data[i].value[Item.FEEDING] >= Feeding.STOPPED


@rule
def count_seen_to_be_lost(s: State, p: Parameters, audience: Row, first: int, last: int, lost: bool) -> int:
    """Mothers on the list who are known to be in an audience, or only those of them seen to be `lost`.

    The period is a week earlier than the review's, because the service may not have tried later mothers yet.
    """
    count = 0
    for i in range(s.mothers.shape[0]):
        known = s.known_data[i]
        listed = is_born_in(s.mothers[i], first - WEEK, last - WEEK) and is_on_list(known)
        included = listed and matches(known, p, audience, s.counts[0].today)
        if included and (not lost or is_seen_to_be_lost(s, i)):
            count += 1
    return count
