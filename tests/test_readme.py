"""What the README shows about statistics runs, and prints what it says."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
SECTION = "## Statistics by themselves"


def test_the_statistics_of_the_readme_print_what_stands_beside_them() -> None:
    section = README.read_text(encoding="utf-8").partition(SECTION)[2].partition("\n## ")[0]
    (block,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(block, "README.md", "exec"), {})
    promised = re.findall(r"^print\(.*\)  # (.*)$", block, re.MULTILINE)
    assert len(promised) > 2
    assert printed.getvalue().splitlines() == promised
