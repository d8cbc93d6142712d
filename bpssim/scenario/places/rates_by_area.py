"""A table of breastfeeding rates by area as official statistics publish it: which cells hold the rates of one area.

Columns and rows are found by their words, as every publisher lays them out differently. Titles may stand above the
headings, which may take several lines. A rate is one of any breastfeeding at an age that its heading, its row or else
the titles name. There may be several periods, in rows or in columns, of which the latest counts. Counts are used where
there is no rate, with the count of which they are a part, never as a percentage. Confidence limits, and rates of
exclusive, partial or unknown feeding, are left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.local_rate import AGES
from bpssim.scenario.places.cells import NUMBER, is_withheld, lines_in_words, number
from bpssim.scenario.places.csv_rows import Row, read_rows
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest

_CODE = re.compile(r"([EWSNKJ]\d{8})\b", re.ASCII | re.IGNORECASE)
_KINDS = {
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
_EITHER = re.compile(
    r"\b(?:totally|wholly|fully|exclusive(?:ly)?)(?: (?:or|and) | ?/ ?)(?:partial(?:ly)?|mixed)\b", re.IGNORECASE
)
_OF_TITLE = re.compile(r"\bexclusive|\bpartial|\bmixed\b|\bformula\b|\bbottle|\bnot (?:at all )?breast", re.IGNORECASE)
"""Feeding of which a whole table is, where neither heading nor row says any breastfeeding."""
_ANY = re.compile(r"\bany\b|\boverall\b", re.IGNORECASE)
_KNOWN = re.compile(r"(?<!not )\b(?:known|valid)\b.*\b(?:status|reviews?)\b|\bstatus (?:is )?known\b", re.IGNORECASE)
"""Babies of whom it is known how they are fed."""
_NO_RATE = re.compile(
    r"\b(?:lower|upper|lcl|ucl|lci|uci|limits?|confidence|interval|notes?|sortable|trend|compared|change|difference|"
    r"rank|range|target|goal|previous|quality|flag|qf|id|codes?|names?)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"%|\bper ?cent|\bpercentages?\b|\bpct\b|\bprevalence\b|\bproportions?\b|\brates?\b|\bshares?\b|\bvalues?\b", re.I
)
_SHARE = re.compile(_RATE.pattern.replace(r"|\bvalues?\b", ""), re.IGNORECASE)
_COUNT = re.compile(
    r"\bnumbers?\b|\bcounts?\b|\bbabies\b|\binfants\b|\bmothers\b|\btotal\b|\bn\b|\bno\.", re.IGNORECASE
)
_MOTHERS = re.compile(r"\b(?:babies|infants|mothers)\b", re.IGNORECASE)
_COUNT_OF_ROW = re.compile(r"(?:numbers?|counts?)\b.*|n|no\.", re.IGNORECASE)
_COUNT_OF_TITLE = re.compile(r"\bnumbers? of\b|\bcounts? of\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\bdenominator\b|\ball\b|\bdue\b|\bbirths\b|\bmaternities\b|\btotal\b|\breview(?:s|ed)?\b|\bdeliveries\b|"
    r"^(?:out )?of\b",
    re.IGNORECASE,
)
_ALL_BABIES = re.compile(r"persons?|people|all(?: .*)?|total|both(?: sexes)?|everyone", re.IGNORECASE)
_SOME = re.compile(r"\bnumerator\b|\bbreast", re.IGNORECASE)
_PERIOD = re.compile(r"\b(?:time period|period|year|quarter|date)\b", re.IGNORECASE)
_CATEGORY = re.compile(r"category(?: type)?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{3})")
_QUARTER = re.compile(r"\b(?:q|quarter) ?([1-4])\b", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_COMMA = r"0,\d+|\d{1,3},\d{1,2}"
"""A number with a decimal comma; with three digits behind a comma it has thousands, unless it begins with 0."""
_MARKED = re.compile(
    rf"((?:{_COMMA})(?!\d)|{NUMBER.pattern}) ?%?(?: ?(?:\[[^\]]*\]|\([^)]*\)|[a-z]{{1,2}}\b|[*†‡#^]+))*", re.I
)
"""A number, and marks of footnotes or revision behind it: ``46.2 [note 3]``, ``46.2r``, ``46.2*``."""
_AUTHORITY = re.compile(
    r"^(?:the )?(?:(?:metropolitan |london |royal )*borough|city|county|district) of |"
    r"(?: (?:metropolitan|london|royal|city|county|borough|district|unitary|council|authority|[mlr]bc?|ua))+$"
)
WRITE_IT = "write the rate itself, such as feeding.local.any_6w=0.46"
"""Advice where a table does not serve."""
_SHOWN = 12
_FEWEST = 0.05
"""Share of babies below which a number is no count of the breastfed: no place has so few."""


Order = tuple[int, int, int]
"""Of a period in time: first year, whole years after their quarters, and last month."""


class Found(NamedTuple):
    """A rate of one area."""

    rate: float  # share of births
    period: str  # as it is written; empty if it is not


class _Cell(NamedTuple):
    """A cell, or two counts, that should hold a rate."""

    kind: str
    period: str
    row: Row
    columns: tuple[int, ...]  # of a rate; or of a count and that of all


class RatesByArea:
    """The rows of areas in a CSV file, found by their codes or names.

    Parameters
    ----------
    path
        As `bpssim.scenario.places.csv_rows.read_rows` takes it.

    Raises
    ------
    bpssim.scenario.reading.messages.BadInput
        If the file cannot be read, or no headings stand above its rows of areas.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._rows = read_rows(path)
        self._column = _column_of_codes(self._rows)
        first = next((n for n, row in enumerate(self._rows) if self._code(row)), None)
        if first is None:  # areas by name alone: numbers stand below the headings
            first = next((n for n, row in enumerate(self._rows) if sum(map(_has_number, row.cells)) > 0 and n), 0)
        above = self._rows[:first]
        heads = _last_lines([row for row in above if sum(map(bool, row.cells)) > 1])
        if not heads:
            raise BadInput(self._mistake("no line of headings stands above its rows of areas", advice=WRITE_IT))
        width = max(len(row.cells) for row in self._rows)
        lines = [_filled(row.cells, width) for row in heads[:-1]] + [heads[-1].cells]
        self._headings = [_spaced(" ".join(filter(None, (_at(line, n) for line in lines)))) for n in range(width)]
        self._titles = _spaced(" ".join(cell for row in above if row not in heads for cell in row.cells))
        self._body = self._rows[first:]

    def rates(
        self, codes: Sequence[str], names: Sequence[str], periods: Mapping[str, Order] | None = None
    ) -> dict[str, Found]:
        """Return the rates of one area, by name as of `bpssim.scenario.local_rate.AGES`.

        Parameters
        ----------
        codes, names
            Of the area, which may have had several over the years; a row with a code goes before one with a name, and
            the first of either before others.
        periods
            Rates that are wanted, with the period of each; by default all, of the latest period of each.

        Raises
        ------
        bpssim.scenario.reading.messages.BadInput
            If the area has no row, its rate is withheld, or it cannot be told which of several is meant.
        """
        cells, who = self._by_kind(codes, names), called(codes, names)
        last = {kind: max(_order(cell.period) for cell in of_kind) for kind, of_kind in cells.items()}
        return {kind: self._of_period(cells[kind], order, who) for kind, order in (periods or last).items()}

    def periods(self, codes: Sequence[str], names: Sequence[str]) -> dict[str, dict[Order, str]]:
        """Return the periods of each rate of one area, in order of time; parameters and errors are those of `rates`."""
        return {
            kind: {_order(cell.period): cell.period for cell in sorted(cells, key=lambda cell: _order(cell.period))}
            for kind, cells in self._by_kind(codes, names).items()
        }

    def _by_kind(self, codes: Sequence[str], names: Sequence[str]) -> dict[str, list[_Cell]]:
        """Cells of an area that should hold a rate, by its name in order of age."""
        who = called(codes, names)
        rows = self._rows_of(codes, names, who)
        cells = list(self._cells(rows))
        if not cells:
            raise BadInput(self._no_rate(rows, who))
        by_kind = {kind: [cell for cell in cells if cell.kind == kind] for kind in AGES}
        return {kind: found for kind, found in by_kind.items() if found}

    def _no_rate(self, rows: Sequence[Row], who: str) -> Mistake:
        text = f"calls no number for {who} a rate of initiation, or at 10 to 14 days or 6 to 8 weeks"
        headings = ", ".join(in_words(heading) for heading in self._headings[:_SHOWN] if heading)
        counts = [self._headings[n] for n, heading in enumerate(self._headings) if _SOME.search(heading)]
        counts = [heading for heading in counts if self._is_count(rows[0], self._headings.index(heading))]
        of = f"; {in_words(counts[0])} is a count, and it cannot be told of how many" if counts else ""
        other = _OF_TITLE.search(_EITHER.sub("any", self._titles))
        title = f"; its titles speak of {in_words(other[0].lower())} feeding" if other else ""
        return self._mistake(f"{text}{of}{title}", advice=f"{WRITE_IT}; its headings are {headings}")

    def _rows_of(self, codes: Sequence[str], names: Sequence[str], who: str) -> list[Row]:
        by_code = ([row for row in self._body if self._code(row) == code] for code in codes)
        # A code may have changed since, but not its kind: a row of Camden may name London, of which it is a part.
        kinds = {code[:3] for code in codes}
        possible = [row for row in self._body if not (kinds and self._code(row)) or self._code(row)[:3] in kinds]
        by_name = (
            [row for row in possible if key(name) in map(key, row.cells)] for key in (_key, _bare) for name in names
        )
        found = next(filter(None, (*by_code, *by_name)), [])
        categories = [n for n, heading in enumerate(self._headings) if _CATEGORY.fullmatch(heading)]
        found = [row for row in found if not any(_at(row.cells, n) for n in categories)] or found
        if found and len({self._code(row) for row in found}) == 1:
            return found
        areas = {self._name(row): self._code(row) for row in self._body if self._name(row)}
        if found:
            text = f"{len({self._code(row) for row in found})} areas are called {who}; name one by its code"
            raise BadInput(self._mistake(text, "feeding.local.area"))
        counties = (
            [of for of, its in areas.items() if its.startswith("E10")] if "".join(codes).startswith("E07") else []
        )
        among = f", and its counties are {', '.join(counties[:_SHOWN])}" if counties else ""
        some = f"{len(areas):,} area{'s' if len(areas) != 1 else ''}{among}"
        advice = f"it has {some}; feeding.local.area takes the code or name of one, or {WRITE_IT}"
        raise BadInput(
            self._mistake(
                f"has no row of {who}",
                suggestion=nearest(who, areas, 0.75) if names and not codes else "",
                advice=advice,
            )
        )

    def _cells(self, rows: Sequence[Row]) -> Iterator[_Cell]:
        """Cells of some rows that should hold a rate; counts where a kind has no rate."""
        for row in rows:
            shares = ([n for n in self._columns(row, words) if not self._is_count(row, n)] for words in _WORDS_OF_RATES)
            rates = next(filter(None, shares), [])
            found: list[tuple[str, tuple[int, ...]]] = [(kind, (n,)) for n in rates if (kind := self._kind(row, n))]
            for kind, columns in found or self._counts(row):
                yield self._unless_either(_Cell(kind, self._period(row, columns[0]), row, columns))

    def _unless_either(self, cell: _Cell) -> _Cell:
        """Refuse a number that may be a percentage, or a count beside that of all babies."""
        counts = dict(self._counts(cell.row)).get(cell.kind, ())
        if counts[:1] != cell.columns or not self._is_bare(counts[0]):
            return cell
        some, of_all = (_of_number(_at(cell.row.cells, n)) for n in counts)
        if some is None or (of_all is not None and not _FEWEST * of_all < some <= of_all):
            return cell
        heading, whole = (in_words(self._headings[n]) for n in counts)
        text = f"{heading} may be a percentage, or a number of {whole}"
        advice = "write % or number into that heading"
        raise BadInput(self._mistake(text, found=_at(cell.row.cells, counts[0]), advice=advice, line=cell.row.line))

    def _columns(self, row: Row, wanted: re.Pattern[str]) -> list[int]:
        """Columns of a row, of any breastfeeding, whose heading has a word, and in which a number could stand."""
        return [
            n
            for n, cell in enumerate(row.cells)
            if wanted.search(self._headings[n])
            and not _NO_RATE.search(self._headings[n])
            and not (_OTHER_FEEDING.search(_EITHER.sub("any", self._headings[n])) and wanted is not _KNOWN)
            and n != self._column
            and (_is_blank(cell) or _has_number(cell))
            and not (_PERIOD.search(self._headings[n]) and not _RATE.search(self._headings[n]))
        ]

    def _is_count(self, row: Row, column: int) -> bool:
        """Whether heading, row, titles or size make a number a count, and nothing makes it a share."""
        if not self._is_bare(column):
            return False
        of_titles = _COUNT_OF_TITLE.search(self._titles) and not _SHARE.search(self._titles)
        of_row = any(map(_COUNT_OF_ROW.fullmatch, row.cells)) and not any(map(_SHARE.search, row.cells))
        exceeds = any((_of_number(_at(each.cells, column)) or 0.0) > 100.0 for each in self._body)
        return bool(_COUNT.search(self._headings[column]) or of_row or of_titles or exceeds)

    def _is_bare(self, column: int) -> bool:
        """Whether neither heading nor cells show that a column has shares."""
        cells = [_at(each.cells, column) for each in self._body]
        has_shares = any("%" in cell or (_of_number(cell) or 0.0) % 1.0 for cell in cells)
        return not has_shares and not _SHARE.search(self._headings[column])

    def _counts(self, row: Row) -> list[tuple[str, tuple[int, ...]]]:
        """Counts of breastfed babies with that of all, where there is one of each at an age."""
        of_all = [n for n in self._columns(row, _OF_ALL) if not _SOME.search(self._headings[n])]
        mothers = [n for n in self._columns(row, _MOTHERS) if not _SOME.search(self._headings[n])]
        of_all = of_all or self._columns(row, _KNOWN) or mothers
        some = [n for n in self._columns(row, _SOME) if n not in of_all]
        found: list[tuple[str, tuple[int, ...]]] = []
        for kind in AGES:
            parts = [n for n in some if self._kind(row, n) == kind]
            wholes = [n for n in of_all if _kinds_in(self._headings[n]) in (set(), {kind})]
            if len(parts) == len(wholes) == 1:
                found.append((kind, (parts[0], wholes[0])))
        return found

    def _kind(self, row: Row, column: int) -> str:
        """Which rate stands in a cell; empty if that cannot be told, or it is none of any breastfeeding."""
        words = " ".join(
            _spaced(cell) for n, cell in enumerate(row.cells) if not _has_number(cell) or _KIND.search(cell)
        )
        if _OTHER_FEEDING.search(_EITHER.sub("any", words)):
            return ""
        says_any = _ANY.search(_EITHER.sub("any", f"{self._headings[column]} {words}"))
        if not says_any and _OF_TITLE.search(_EITHER.sub("any", self._titles)):
            return ""
        of_heading, of_row = _kinds_in(self._headings[column]), _kinds_in(words)
        said = of_heading & of_row if of_heading and of_row else of_heading or of_row or _kinds_in(self._titles)
        return next(iter(said)) if len(said) == 1 else ""

    def _period(self, row: Row, column: int) -> str:
        if _YEAR.search(self._headings[column]):
            return self._headings[column]
        columns = [
            n for n, heading in enumerate(self._headings) if _PERIOD.search(heading) and not _NO_RATE.search(heading)
        ]
        return " ".join(filter(None, (_at(row.cells, n) for n in columns[:2]))) if columns else _of_titles(self._titles)

    def _of_period(self, cells: Sequence[_Cell], order: Order, who: str) -> Found:
        """The rate of one period."""
        meant = self._of_all_babies([cell for cell in cells if _order(cell.period) == order])
        known = [value for cell in meant if (value := self._value(cell)) is not None]
        if len({round(value, 6) for value in known}) > 1:
            text = f"{len(meant)} cells may hold {meant[0].kind} of {who}: {self._how_they_differ(meant)}"
            advice = f"leave one of them in the file, or {WRITE_IT}"
            raise BadInput(self._mistake(text, line=meant[0].row.line, advice=advice))
        if not known:
            raise BadInput(self._withheld(meant[0], cells, who))
        return Found(known[0], meant[0].period)

    def _of_all_babies(self, cells: Sequence[_Cell]) -> list[_Cell]:
        """Of several rows, those of all babies where others are of some, such as of girls."""
        meant = list(cells)
        for column in self._differing(meant):
            meant = [cell for cell in meant if _ALL_BABIES.fullmatch(_at(cell.row.cells, column))] or meant
        return meant

    def _differing(self, cells: Sequence[_Cell]) -> list[int]:
        """Columns of words in which the rows of some cells differ."""
        columns = range(len(self._headings))
        texts = {n: {_at(cell.row.cells, n) for cell in cells} for n in columns}
        return [n for n in columns if len(texts[n]) > 1 and not any(map(_has_number, texts[n]))]

    def _how_they_differ(self, cells: Sequence[_Cell]) -> str:
        lines = sorted({cell.row.line for cell in cells})
        if len(lines) == 1:
            return ", ".join(in_words(self._headings[cell.columns[0]]) for cell in cells[:_SHOWN])
        words = [
            f"{in_words(self._headings[n])} ({', '.join(in_words(_at(cell.row.cells, n)) for cell in cells[:_SHOWN])})"
            for n in self._differing(cells)
        ]
        return f"{lines_in_words(lines)}, which differ in {' and '.join(words) or 'numbers alone'}"

    def _withheld(self, cell: _Cell, others: Sequence[_Cell], who: str) -> Mistake:
        earlier = [(_order(each.period), each.period, value) for each in others if (value := self._value(each))]
        before = "for {1} it has {2:.3g}; ".format(*max(earlier)) if earlier else ""
        texts = [_at(cell.row.cells, n) for n in cell.columns]
        written = next(text for text in texts if not _has_number(text))
        when = f" for {cell.period}" if cell.period else ""
        return self._mistake(
            f"holds no number of {cell.kind} for {who}{when}",
            found=in_words(written) if written else "an empty cell",
            advice=f"{before}feeding.local.area takes another row, such as that of the county, or {WRITE_IT}",
            line=cell.row.line,
        )

    def _value(self, cell: _Cell) -> float | None:
        """The rate as a share; None if it is withheld."""
        texts = [_at(cell.row.cells, n) for n in cell.columns]
        numbers = [value for text in texts if (value := _of_number(text)) is not None]
        if len(numbers) < len(texts):
            return None
        whole = numbers[1] if len(numbers) == 2 else 100.0 if self._in_percent(cell.columns[0]) else 1.0
        share = numbers[0] / whole if whole else 0.0
        if not 0.0 < share < 1.0:
            text = f"{cell.kind} should be above 0 and below 100 %"
            raise BadInput(self._mistake(text, found=in_words(texts[0]), line=cell.row.line))
        return share

    def _in_percent(self, column: int) -> bool:
        cells = [_at(row.cells, column) for row in self._body]
        says = re.search(r"%|\bper ?cent", " ".join((self._headings[column], *cells)), re.IGNORECASE)
        return bool(says) or any((_of_number(cell) or 0.0) > 1.0 for cell in cells)

    def _code(self, row: Row) -> str:
        return code_in(_at(row.cells, self._column)) if self._column is not None else ""

    def _name(self, row: Row) -> str:
        """Name of the area of a row: the cell after its code, or before it in the last column, or the first text."""
        texts = row.cells if self._column is None else row.cells[self._column + 1 :] + row.cells[: self._column][::-1]
        return next((text for text in texts if text and not _has_number(text) and not code_in(text)), "")

    def _mistake(
        self,
        text: str,
        path: str = "",
        found: str = "",
        suggestion: str = "",
        advice: str = "",
        line: int | None = None,
    ) -> Mistake:
        return Mistake(Origin(str(self.path), line), text, path, found, suggestion, advice)


_KIND = re.compile("|".join(_KINDS.values()), re.IGNORECASE)


_WORDS_OF_RATES = (_RATE, _YEAR, _KIND)
"""What is looked for in headings, in this order."""


def called(codes: Sequence[str], names: Sequence[str]) -> str:
    """Return what an area is called, with its code if both are known."""
    return f"{names[0]} ({codes[0]})" if names and codes else (*names, *codes)[0]


def _kinds_in(text: str) -> set[str]:
    return {kind for kind, words in _KINDS.items() if re.search(words, text, re.IGNORECASE)}


def _column_of_codes(rows: Sequence[Row]) -> int | None:
    """The column with most different codes: one of larger areas, to which these belong, has fewer."""
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows:
        for n, cell in enumerate(row.cells):
            if code := code_in(cell):
                codes[n].add(code)
    return max(sorted(codes), key=lambda n: len(codes[n]), default=None)


def code_in(cell: str) -> str:
    """Return the code of an area with which a text begins, in capitals; empty if it begins with none."""
    match = _CODE.match(cell)
    return match[1].upper() if match else ""


def _last_lines(rows: Sequence[Row]) -> list[Row]:
    """The last rows that follow each other without a blank line: headings, and not the titles above them."""
    first = len(rows) - 1
    while (
        first > 0 and rows[first].line - sum(cell.count("\n") for cell in rows[first].cells) - 1 == rows[first - 1].line
    ):
        first -= 1
    return list(rows[max(first, 0) :])


def _filled(cells: Sequence[str], width: int) -> list[str]:
    """A line of headings of which each holds for the empty cells after it, as merged cells are written."""
    filled: list[str] = []
    for n in range(width):
        filled.append(_at(cells, n) or (filled[-1] if filled else ""))
    return filled


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _spaced(text: str) -> str:
    """Text with spaces between words that are written together, as in ``PercentBreastfed``, and plain dashes."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z][a-z])|_", " ", text)
    return " ".join(re.sub("[\u2010-\u2015]", "-", text).split())


def _key(name: str) -> str:
    """A name without notes, for comparison."""
    return " ".join(re.sub(r"\[.*?\]|[*†‡#]", "", name).casefold().replace("&", "and").split())


def _bare(name: str) -> str:
    """A name for comparison, without what kind of authority it is."""
    return _AUTHORITY.sub("", _key(name))


def _of_number(cell: str) -> float | None:
    match = _MARKED.fullmatch(cell)
    if not match:
        return None
    return float(match[1].replace(",", ".")) if re.fullmatch(_COMMA, match[1]) else number(match[1])


def _has_number(cell: str) -> bool:
    return _of_number(cell) is not None


def _is_blank(cell: str) -> bool:
    """Whether a cell is empty or marks a number that is withheld, with or without a note."""
    return not cell or is_withheld(cell) or bool(re.fullmatch(r"(?:\[[^\]]*\] ?)+|\W+", cell))


def _order(period: str) -> Order:
    years = [int(year) for year in _YEAR.findall(period)]
    quarter = _QUARTER.search(period)
    months = [_MONTHS.index(word) + 1 for word in re.findall("|".join(_MONTHS), period.lower())]
    part = int(quarter[1]) if quarter else 5
    return (years[-1] if months else years[0]) if years else 0, part, months[-1] if months else 0


def _of_titles(titles: str) -> str:
    """The period that titles name: a year, or years from and to."""
    match = re.search(rf"{_YEAR.pattern}(?: ?(?:to|-|/) ?(?:(?:[a-z]+ )?{_YEAR.pattern}|\d\d))?", titles, re.IGNORECASE)
    return match[0] if match else ""
