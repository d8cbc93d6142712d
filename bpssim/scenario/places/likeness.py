"""Names that are like a misspelt one."""

from collections.abc import Mapping
from difflib import get_close_matches


def alike(text: str, spellings: Mapping[str, str]) -> list[str]:
    """Names that are like a text as a whole or by their first words, the likeliest first.

    Parameters
    ----------
    text
        As it was written, in the form of the keys of `spellings`.
    spellings
        Names as they are to be written, by their form for comparison.
    """
    begins: dict[str, list[str]] = {}
    for form, name in spellings.items():
        words = form.split()
        for n in range(1, len(words) + 1):
            begins.setdefault(" ".join(words[:n]), []).append(name)
    surely = get_close_matches(text, begins, n=3, cutoff=0.8)
    near = surely or get_close_matches(text, begins, n=3)
    return list(dict.fromkeys(name for begin in near for name in begins[begin]))
