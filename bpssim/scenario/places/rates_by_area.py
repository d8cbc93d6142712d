"""A table of breastfeeding rates by area as official statistics publish it: which cells hold the rates of one area.

Columns and rows are found by their words, as every publisher lays them out differently. Titles may stand above the
headings, which may take several lines. A rate is one of any breastfeeding at an age that its heading, its row or else
the titles name. There may be several periods, in rows or in columns, of which the latest counts. Counts are used where
there is no rate, with the count of which they are a part, never as a percentage. Confidence limits, and rates of
exclusive, partial or unknown feeding, are left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bpssim.scenario.local_rate import AGES
from bpssim.scenario.places import rate_words
from bpssim.scenario.places.area_names import bare_key, called, code_in, column_of_codes, key_of
from bpssim.scenario.places.cells import lines_in_words
from bpssim.scenario.places.csv_rows import Row, read_rows
from bpssim.scenario.places.rate_cells import cell_at, has_number, is_blank, number_in, spaced
from bpssim.scenario.places.rate_periods import YEAR, Order, order_of, period_in
from bpssim.scenario.reading.messages import BadInput, Mistake, Origin, in_words, nearest

WRITE_IT = "write the rate itself, such as feeding.local.any_6w=0.46"
"""Advice where a table does not serve."""
_SHOWN = 12
_FEWEST = 0.05
"""Share of babies below which a number is no count of the breastfed: no place has so few."""


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
        self._column = column_of_codes(self._rows)
        first = next((n for n, row in enumerate(self._rows) if self._code(row)), None)
        if first is None:  # areas by name alone: numbers stand below the headings
            first = next((n for n, row in enumerate(self._rows) if sum(map(has_number, row.cells)) > 0 and n), 0)
        above = self._rows[:first]
        heads = _last_lines([row for row in above if sum(map(bool, row.cells)) > 1])
        if not heads:
            raise BadInput(self._mistake("no line of headings stands above its rows of areas", advice=WRITE_IT))
        width = max(len(row.cells) for row in self._rows)
        lines = [_filled(row.cells, width) for row in heads[:-1]] + [heads[-1].cells]
        self._headings = [spaced(" ".join(filter(None, (cell_at(line, n) for line in lines)))) for n in range(width)]
        self._titles = spaced(" ".join(cell for row in above if row not in heads for cell in row.cells))
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
        last = {kind: max(order_of(cell.period) for cell in of_kind) for kind, of_kind in cells.items()}
        return {kind: self._of_period(cells[kind], order, who) for kind, order in (periods or last).items()}

    def periods(self, codes: Sequence[str], names: Sequence[str]) -> dict[str, dict[Order, str]]:
        """Return the periods of each rate of one area, in order of time; parameters and errors are those of `rates`."""
        return {
            kind: {order_of(cell.period): cell.period for cell in sorted(cells, key=lambda cell: order_of(cell.period))}
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
        counts = [self._headings[n] for n, heading in enumerate(self._headings) if rate_words.SOME.search(heading)]
        counts = [heading for heading in counts if self._is_count(rows[0], self._headings.index(heading))]
        of = f"; {in_words(counts[0])} is a count, and it cannot be told of how many" if counts else ""
        other = rate_words.other_feeding_in(self._titles)
        title = f"; its titles speak of {in_words(other)} feeding" if other else ""
        return self._mistake(f"{text}{of}{title}", advice=f"{WRITE_IT}; its headings are {headings}")

    def _rows_of(self, codes: Sequence[str], names: Sequence[str], who: str) -> list[Row]:
        by_code = ([row for row in self._body if self._code(row) == code] for code in codes)
        # A code may have changed since, but not its kind: a row of Camden may name London, of which it is a part.
        kinds = {code[:3] for code in codes}
        possible = [row for row in self._body if not (kinds and self._code(row)) or self._code(row)[:3] in kinds]
        by_name = (
            [row for row in possible if key(name) in map(key, row.cells)]
            for key in (key_of, bare_key)
            for name in names
        )
        found = next(filter(None, (*by_code, *by_name)), [])
        categories = [n for n, heading in enumerate(self._headings) if rate_words.CATEGORY.fullmatch(heading)]
        found = [row for row in found if not any(cell_at(row.cells, n) for n in categories)] or found
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
            shares = (
                [n for n in self._columns(row, words) if not self._is_count(row, n)]
                for words in rate_words.WORDS_OF_RATES
            )
            rates = next(filter(None, shares), [])
            found: list[tuple[str, tuple[int, ...]]] = [(kind, (n,)) for n in rates if (kind := self._kind(row, n))]
            for kind, columns in found or self._counts(row):
                yield self._unless_either(_Cell(kind, self._period(row, columns[0]), row, columns))

    def _unless_either(self, cell: _Cell) -> _Cell:
        """Refuse a number that may be a percentage, or a count beside that of all babies."""
        counts = dict(self._counts(cell.row)).get(cell.kind, ())
        if counts[:1] != cell.columns or not self._is_bare(counts[0]):
            return cell
        some, of_all = (number_in(cell_at(cell.row.cells, n)) for n in counts)
        if some is None or (of_all is not None and not _FEWEST * of_all < some <= of_all):
            return cell
        heading, whole = (in_words(self._headings[n]) for n in counts)
        text = f"{heading} may be a percentage, or a number of {whole}"
        advice = "write % or number into that heading"
        raise BadInput(self._mistake(text, found=cell_at(cell.row.cells, counts[0]), advice=advice, line=cell.row.line))

    def _columns(self, row: Row, wanted: re.Pattern[str]) -> list[int]:
        """Columns of a row, of any breastfeeding, whose heading has a word, and in which a number could stand."""
        return [
            n
            for n, cell in enumerate(row.cells)
            if wanted.search(self._headings[n])
            and not rate_words.NO_RATE.search(self._headings[n])
            and not (rate_words.says_other_feeding(self._headings[n]) and wanted is not rate_words.KNOWN)
            and n != self._column
            and (is_blank(cell) or has_number(cell))
            and not (rate_words.PERIOD.search(self._headings[n]) and not rate_words.RATE.search(self._headings[n]))
        ]

    def _is_count(self, row: Row, column: int) -> bool:
        """Whether heading, row, titles or size make a number a count, and nothing makes it a share."""
        if not self._is_bare(column):
            return False
        of_titles = rate_words.COUNT_OF_TITLE.search(self._titles) and not rate_words.SHARE.search(self._titles)
        of_row = any(map(rate_words.COUNT_OF_ROW.fullmatch, row.cells)) and not any(
            map(rate_words.SHARE.search, row.cells)
        )
        exceeds = any((number_in(cell_at(each.cells, column)) or 0.0) > 100.0 for each in self._body)
        return bool(rate_words.COUNT.search(self._headings[column]) or of_row or of_titles or exceeds)

    def _is_bare(self, column: int) -> bool:
        """Whether neither heading nor cells show that a column has shares."""
        cells = [cell_at(each.cells, column) for each in self._body]
        has_shares = any("%" in cell or (number_in(cell) or 0.0) % 1.0 for cell in cells)
        return not has_shares and not rate_words.SHARE.search(self._headings[column])

    def _counts(self, row: Row) -> list[tuple[str, tuple[int, ...]]]:
        """Counts of breastfed babies with that of all, where there is one of each at an age."""
        of_all = [n for n in self._columns(row, rate_words.OF_ALL) if not rate_words.SOME.search(self._headings[n])]
        mothers = [n for n in self._columns(row, rate_words.MOTHERS) if not rate_words.SOME.search(self._headings[n])]
        of_all = of_all or self._columns(row, rate_words.KNOWN) or mothers
        some = [n for n in self._columns(row, rate_words.SOME) if n not in of_all]
        found: list[tuple[str, tuple[int, ...]]] = []
        for kind in AGES:
            parts = [n for n in some if self._kind(row, n) == kind]
            wholes = [n for n in of_all if rate_words.kinds_in(self._headings[n]) in (set(), {kind})]
            if len(parts) == len(wholes) == 1:
                found.append((kind, (parts[0], wholes[0])))
        return found

    def _kind(self, row: Row, column: int) -> str:
        """Which rate stands in a cell; empty if that cannot be told, or it is none of any breastfeeding."""
        words = " ".join(
            spaced(cell) for n, cell in enumerate(row.cells) if not has_number(cell) or rate_words.KIND.search(cell)
        )
        if rate_words.says_other_feeding(words):
            return ""
        says_any = rate_words.says_any(f"{self._headings[column]} {words}")
        if not says_any and rate_words.other_feeding_in(self._titles):
            return ""
        of_heading, of_row = rate_words.kinds_in(self._headings[column]), rate_words.kinds_in(words)
        said = (
            of_heading & of_row if of_heading and of_row else of_heading or of_row or rate_words.kinds_in(self._titles)
        )
        return next(iter(said)) if len(said) == 1 else ""

    def _period(self, row: Row, column: int) -> str:
        if YEAR.search(self._headings[column]):
            return self._headings[column]
        columns = [
            n
            for n, heading in enumerate(self._headings)
            if rate_words.PERIOD.search(heading) and not rate_words.NO_RATE.search(heading)
        ]
        return (
            " ".join(filter(None, (cell_at(row.cells, n) for n in columns[:2]))) if columns else period_in(self._titles)
        )

    def _of_period(self, cells: Sequence[_Cell], order: Order, who: str) -> Found:
        """The rate of one period."""
        meant = self._of_all_babies([cell for cell in cells if order_of(cell.period) == order])
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
            meant = [
                cell for cell in meant if rate_words.ALL_BABIES.fullmatch(cell_at(cell.row.cells, column))
            ] or meant
        return meant

    def _differing(self, cells: Sequence[_Cell]) -> list[int]:
        """Columns of words in which the rows of some cells differ."""
        columns = range(len(self._headings))
        texts = {n: {cell_at(cell.row.cells, n) for cell in cells} for n in columns}
        return [n for n in columns if len(texts[n]) > 1 and not any(map(has_number, texts[n]))]

    def _how_they_differ(self, cells: Sequence[_Cell]) -> str:
        lines = sorted({cell.row.line for cell in cells})
        if len(lines) == 1:
            return ", ".join(in_words(self._headings[cell.columns[0]]) for cell in cells[:_SHOWN])
        words = [
            f"{in_words(self._headings[n])} ({', '.join(in_words(text) for text in self._texts(cells, n))})"
            for n in self._differing(cells)
        ]
        return f"{lines_in_words(lines)}, which differ in {' and '.join(words) or 'numbers alone'}"

    def _texts(self, cells: Sequence[_Cell], column: int) -> list[str]:
        """What stands in a column beside the first of some cells."""
        return [cell_at(cell.row.cells, column) for cell in cells[:_SHOWN]]

    def _withheld(self, cell: _Cell, others: Sequence[_Cell], who: str) -> Mistake:
        earlier = [(order_of(each.period), each.period, value) for each in others if (value := self._value(each))]
        before = "for {1} it has {2:.3g}; ".format(*max(earlier)) if earlier else ""
        texts = [cell_at(cell.row.cells, n) for n in cell.columns]
        written = next(text for text in texts if not has_number(text))
        when = f" for {cell.period}" if cell.period else ""
        return self._mistake(
            f"holds no number of {cell.kind} for {who}{when}",
            found=in_words(written) if written else "an empty cell",
            advice=f"{before}feeding.local.area takes another row, such as that of the county, or {WRITE_IT}",
            line=cell.row.line,
        )

    def _value(self, cell: _Cell) -> float | None:
        """The rate as a share; None if it is withheld."""
        texts = [cell_at(cell.row.cells, n) for n in cell.columns]
        numbers = [value for text in texts if (value := number_in(text)) is not None]
        if len(numbers) < len(texts):
            return None
        whole = numbers[1] if len(numbers) == 2 else 100.0 if self._in_percent(cell.columns[0]) else 1.0
        share = numbers[0] / whole if whole else 0.0
        if not 0.0 < share < 1.0:
            text = f"{cell.kind} should be above 0 and below 100 %"
            raise BadInput(self._mistake(text, found=in_words(texts[0]), line=cell.row.line))
        return share

    def _in_percent(self, column: int) -> bool:
        cells = [cell_at(row.cells, column) for row in self._body]
        says = re.search(r"%|\bper ?cent", " ".join((self._headings[column], *cells)), re.IGNORECASE)
        return bool(says) or any((number_in(cell) or 0.0) > 1.0 for cell in cells)

    def _code(self, row: Row) -> str:
        return code_in(cell_at(row.cells, self._column)) if self._column is not None else ""

    def _name(self, row: Row) -> str:
        """Name of the area of a row: the cell after its code, or before it in the last column, or the first text."""
        texts = row.cells if self._column is None else row.cells[self._column + 1 :] + row.cells[: self._column][::-1]
        return next((text for text in texts if text and not has_number(text) and not code_in(text)), "")

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
        filled.append(cell_at(cells, n) or (filled[-1] if filled else ""))
    return filled
