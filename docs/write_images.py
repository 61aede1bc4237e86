"""Writes docs/images/*.svg: what the program prints, as it prints it."""

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from dateline import pipeline
from dateline.export.terminal import reading_page
from dateline.model import Reading
from dateline.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
# No font is fetched from anywhere: the viewer's own monospace font will do.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def screenshot(report: str, name: str) -> None:
    """``dateline read`` on an example report, 100 columns wide."""
    (reading,) = pipeline.read_all(
        [str(ROOT / "examples" / "reports" / report)], settings=Settings(workers=1)
    )
    assert isinstance(reading, Reading)
    console = Console(record=True, width=100, highlight=False, file=io.StringIO())
    console.print(reading_page(reading))
    svg = console.export_svg(
        title=f"dateline read {report}", code_format=FORMAT, unique_id="dateline"
    )
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    (ROOT / "docs" / "images" / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    screenshot("firing-range-repost.txt", "read.svg")
