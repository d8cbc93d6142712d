"""Draw the figures of the README, which are those of two reports: `python experiments/readme_figures.py`."""

import re
from html import unescape
from pathlib import Path
from shutil import copyfile
from subprocess import run
from tempfile import TemporaryDirectory

FIGURES = Path(__file__).parents[1] / "bpssim" / "docs" / "figures"
COMMANDS = {
    "run site1 --replicates 20": ("reach", "continuation"),
    "compare site2 site2_midwife_sign_up --replicates 20": ("difference_reach_day7", "difference_any_6w"),
}


def main() -> None:
    for command, names in COMMANDS.items():
        with TemporaryDirectory() as folder:
            run(["bpssim", *command.split(), "--out", folder], check=True, capture_output=True)
            for name in names:
                copyfile(Path(folder, "figures", f"{name}.svg"), FIGURES / f"{command.split()[1]}_{name}.svg")
            page = Path(folder, "report.html").read_text(encoding="utf-8")
        answer = re.search(r'<ul class="bullets">(.*?)</ul>', page, re.DOTALL)
        print(unescape(re.sub(r"<[^>]*>|\s+", " ", answer[1])) if answer else "")  # the README quotes them


if __name__ == "__main__":
    main()
