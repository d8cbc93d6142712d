"""Pages written by hand in which a script fills places: between `<!-- NAME -->` and `<!-- end -->`."""

import re
from collections.abc import Mapping


def filled(text: str, parts: Mapping[str, str]) -> str:
    """A page with its places filled.

    Parameters
    ----------
    text
        The page, in Markdown.
    parts
        What stands in each place, by the name of the place.

    Raises
    ------
    ValueError
        If a place is not there once, or nothing is given for it.
    """
    there = re.findall(r"^<!-- (?!end -->)(.+?) -->$", text, re.MULTILINE)
    if sorted(there) != sorted(parts):
        raise ValueError(f"the page has the places {there}, and there are parts for {list(parts)}")
    for name, part in parts.items():
        marked = re.compile(rf"(^<!-- {re.escape(name)} -->\n).*?(^<!-- end -->$)", re.DOTALL | re.MULTILINE)
        text = marked.sub(lambda place, part=part: f"{place[1]}{part}\n{place[2]}", text)  # type: ignore[misc]
    return text
