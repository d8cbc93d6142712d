"""A figure is the same bytes whatever settings were made for other programs that draw."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DRAW = """
import hashlib, sys
from bpssim.report.figures.drawing import Drawing
from bpssim.report.figures.heading import Heading
from bpssim.report.figures.saving import saved
from bpssim.report.figures.style import canvas
def draw():
    figure, axes = canvas(Heading("figure", "So it is", "Share"))
    axes.plot([1, 2], [3, 4])
    axes.set_xlabel("a_b^2")
    return figure
files = saved(Drawing("f", "t", "d", draw)).files
print(*(hashlib.sha256(content).hexdigest() for content in files.values()))
"""


def drawn(folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    return drawn(tmp_path_factory.mktemp("plain"))


DARK = (
    b"text.usetex: True\nbackend: nonsense\nno_such: 1\nlines.linewidth: 9\nfont.family: Gone\nsavefig.dpi: 20\n"
    b"figure.facecolor: black\naxes.facecolor: black\ntext.color: white\nsvg.fonttype: path\n"
)


@pytest.mark.parametrize(("settings", "backend"), [(DARK, ""), (DARK, "nonsense"), (b"\xff\xfe\x00", "")])
def test_settings_of_others_change_no_figure(settings: bytes, backend: str, plain: str, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_bytes(settings)
    assert drawn(tmp_path, MPLBACKEND=backend) == plain
