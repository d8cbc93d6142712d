"""Run the blocks of the README and the guides, and write what they print: `python experiments/guides.py [NAME ...]`.

The blocks of a document run one after another in one empty folder. What stands in them:

- `console`: lines `$ bpssim ...`, each with what it prints below it;
- `python`: code; what it prints stands in a block `output` below it;
- `yaml`: a file, named by a comment in the first line;
- `text`, `diff`: nothing that is run.

A line `...` of what is printed stands for lines that are left out. Figures are those that the commands drew.
"""

import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from click.testing import CliRunner
from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

import bpssim as bps
from bpssim.cli import main as bpssim

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "bpssim" / "docs"
DOCUMENTS = [ROOT / "README.md", *sorted((DOCS / "guides").glob("*.md"))]
FIGURES: dict[str, dict[str, str]] = {
    "README": {"site1_reach": "results/site1-1/figures/reach.svg"},
}
"""Figures of a document, by their names below `docs/figures/`, and where its commands draw them."""
LEFT_OUT = "..."


def renewed(path: Path, folder: Path) -> str:
    """A document with what its blocks print now.

    Parameters
    ----------
    path
        The document.
    folder
        An empty folder, in which its blocks run.
    """
    blocks = Blocks()
    document = Document.parse(str(path), blocks.listed)
    with chdir(folder):
        for example in document.examples():
            example.evaluate()
    if blocks.printed:
        raise ValueError(f"{path.name}: no `output` block shows what the last Python block prints")
    text = document.text
    for start, end, lines in reversed(blocks.renewed):
        text = text[:start] + "".join(f"{line}\n" for line in lines) + text[end:]
    return text


class Blocks:
    """Blocks of one document, run one after another."""

    def __init__(self) -> None:
        self.printed: list[str] = []  # by the last Python block, and not shown yet
        self.renewed: list[tuple[int, int, list[str]]] = []  # what stands from here to there in the document now

    def listed(self, document: Document) -> Iterator[Region]:
        """Every fenced block, with what is done with its language."""
        of_language = {
            "console": self.console,
            "python": self.python,
            "output": self.output,
            "yaml": self.yaml,
            "text": lambda _: None,
            "diff": lambda _: None,
        }
        for region in FencedCodeBlockLexer(r"\w*", {"language": "language", "source": "source"})(document):
            region.parsed = region.lexemes["source"]
            region.evaluator = of_language[region.lexemes["language"]]
            yield region

    def console(self, example: Example) -> None:
        """Run each command, and put what it prints below it."""
        lines = example.parsed.splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        if not starts or starts[0] > 0:
            raise ValueError(f"{place(example)}: a console block begins with `$ bpssim`")
        fresh = []
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            printed = what_prints(lines[start].removeprefix("$ "), place(example))
            fresh += [lines[start], *as_shown(lines[start + 1 : end], printed)]
        self._renew(example, fresh)

    def python(self, example: Example) -> None:
        """Run code, and keep what it prints for the block below."""
        if self.printed:
            raise ValueError(f"{place(example)}: no `output` block shows what the Python block before it prints")
        printed = io.StringIO()
        with redirect_stdout(printed):
            PythonEvaluator()(example)
        self.printed = [line.rstrip() for line in printed.getvalue().splitlines()]

    def output(self, example: Example) -> None:
        """Show what the Python block before it prints."""
        self._renew(example, as_shown(example.parsed.splitlines(), self.printed))
        self.printed = []

    def yaml(self, example: Example) -> None:
        """Write the file that the first line names."""
        name = Path(example.parsed.partition("\n")[0].removeprefix("# "))
        if name.suffix != ".yaml" or name.name != str(name):
            raise ValueError(f"{place(example)}: the first line names no file: {name}")
        name.write_text(example.parsed, encoding="utf-8")

    def _renew(self, example: Example, lines: list[str]) -> None:
        start = example.region.start + example.parsed.offset
        self.renewed.append((start, start + len(example.parsed), lines))


def place(example: Example) -> str:
    """Where a block stands, for messages."""
    return f"{Path(example.path).name}:{example.line}"


def what_prints(command: str, where: str) -> list[str]:
    """What a command prints that must succeed."""
    program, *arguments = shlex.split(command, comments=True)
    if program != "bpssim":
        raise ValueError(f"{where}: {command}: only bpssim runs in a console block")
    result = CliRunner().invoke(bpssim, arguments, prog_name="bpssim", env={"COLUMNS": None})
    if result.exit_code:
        raise ValueError(f"{where}: {command}: {result.output}") from result.exception
    return [line.rstrip() for line in result.output.strip("\n").splitlines()]


def as_shown(shown: list[str], printed: list[str]) -> list[str]:
    """The lines of what is printed that a document shows, as they are now.

    Parameters
    ----------
    shown
        What the document shows, with `...` for lines that are left out.
    printed
        What is printed now.

    Returns
    -------
    list of str
        All that is printed if nothing is left out; else, for each part between the gaps, as many lines as it has: from
        the first or to the last one if there is no gap before or after it, else those that are most like it.
    """
    if LEFT_OUT not in shown:
        return printed
    lines: list[str] = []
    begin = 0
    for is_gap, part in groupby(shown, key=lambda line: line == LEFT_OUT):
        if is_gap:
            lines.append(LEFT_OUT)
            continue
        wanted = list(part)
        if lines:
            last = len(printed) - len(wanted)
            begin = last if wanted == shown[-len(wanted) :] else _most_like(wanted, printed, begin, last)
        lines += printed[begin : begin + len(wanted)]
        begin += len(wanted)
    return lines


def _most_like(wanted: list[str], printed: list[str], first: int, last: int) -> int:
    """Where the lines begin that are most like the wanted ones."""
    alike = SequenceMatcher(b="\n".join(wanted), autojunk=False)

    def ratio(begin: int) -> float:
        alike.set_seq1("\n".join(printed[begin : begin + len(wanted)]))
        return alike.ratio()

    return max(range(first, last + 1), key=ratio)


def main(names: list[str]) -> None:
    """Renew all documents, or those of the names."""
    bps.run("site1", replicates=1)  # compiles the rules, which is said on the screen
    os.environ.pop("COLUMNS", None)
    for path in DOCUMENTS:
        if names and path.stem not in names:
            continue
        with TemporaryDirectory() as folder:
            path.write_text(renewed(path, Path(folder)), encoding="utf-8")
            for name, drawn in FIGURES.get(path.stem, {}).items():
                copyfile(Path(folder, drawn), DOCS / "figures" / f"{name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
