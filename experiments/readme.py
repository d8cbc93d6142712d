"""Renew the figures of the README, and the answer that it quotes: `python experiments/readme.py`."""

import re
import sys
import textwrap
from pathlib import Path
from shutil import copyfile
from subprocess import run
from tempfile import TemporaryDirectory

import bpssim as bps
from bpssim.report.comparison.sentences import findings_in_words
from bpssim.report.comparison.view import ComparisonView
from bpssim.studies.comparison.results import write_comparison
from bpssim.studies.results_folder.reading import ComparisonResults, read_results

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FIGURES = ROOT / "bpssim" / "docs" / "figures"
COMPARED = ("site2", "site2_midwife_sign_up")
COMMANDS = {
    "run site1 --replicates 20": ("reach", "continuation"),
    f"compare {' '.join(COMPARED)} --replicates 20": ("difference_reach_day7", "difference_any_6w"),
}
_QUOTED = re.compile(r"(?<=<!-- quoted -->\n).*?(?=<!-- end -->)", re.DOTALL)


def answer() -> str:
    """What the program says of the comparison, in one line."""
    with TemporaryDirectory() as folder:
        write_comparison(Path(folder), bps.compare(*COMPARED, replicates=20), "")
        results = read_results(Path(folder))
    assert isinstance(results, ComparisonResults)
    view = ComparisonView(results)
    (alternative,) = view.alternatives
    return f"{alternative.label.capitalize()}: {findings_in_words(view, alternative)}"


def quoted() -> str:
    """What the README quotes, in one line."""
    found = _QUOTED.search(README.read_text(encoding="utf-8"))
    assert found is not None
    return " ".join(line.removeprefix(">").strip() for line in found[0].splitlines()).strip()


def main() -> None:
    """Write both."""
    for command, names in COMMANDS.items():
        with TemporaryDirectory() as folder:
            run([sys.executable, "-m", "bpssim", *command.split(), "--out", folder], check=True, capture_output=True)
            for name in names:
                copyfile(Path(folder, "figures", f"{name}.svg"), FIGURES / f"{command.split()[1]}_{name}.svg")
    lines = textwrap.wrap(answer(), 118, initial_indent="> ", subsequent_indent="> ")
    text = _QUOTED.sub("\n".join(lines) + "\n", README.read_text(encoding="utf-8"))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
