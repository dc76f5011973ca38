"""Where a night's time goes: stacks that py-spy samples, folded, and drawn as one flame graph.

What belongs here: sampling one night, leaving out what tells nothing, and the picture. What does
not: the cases. py-spy comes from the naive arm's folder (naive.py), for measuring alone.

The picture is kept beside the results, so that the page can be written without py-spy.
"""

import html
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.performance.documents import write_mixed
from bench.performance.measuring import ROOT, FailedRunError, python, surroundings
from bench.performance.nights import RUN_ARGUMENTS, settings

PICTURE = "performance-flames.svg"
SAMPLES_A_SECOND = 50
LEAST_SHARE = 0.003
WIDTH, ROW = 1200, 16
COLOURS = {"etl": "#e8743b", "expectations": "#d9a13c", "assets": "#5a8fc2", "import": "#9a9a9a"}
OTHERS = "#c9b8a0"
_IMPORT = re.compile(r"_find_and_load \(")
_NOISE = re.compile(
    r"\((?:<frozen |dagster/|dagster_|click/|contextlib\.py|threading\.py|concurrent/)"
)


def record(folder: Path, results: Path, *, documents: int) -> None:
    """Sample a night in a fresh home, and draw its stacks beside the results.

    Raises FailedRunError where py-spy may not look at a process, or the night fails.
    """
    raw, stacks = folder / "raw", folder / "stacks"
    write_mixed(raw, documents)
    spy = [str(Path(sys.prefix) / "naive" / "bin" / "py-spy"), "record", "--function"]
    spy += ["--format", "raw", "--rate", str(SAMPLES_A_SECOND), "--output", str(stacks), "--"]
    done = subprocess.run(
        [*spy, *python(*RUN_ARGUMENTS)],
        cwd=ROOT,
        env={**surroundings(), **settings(folder / "home", raw)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not stacks.exists():
        raise FailedRunError(f"py-spy: {(done.stderr or done.stdout).strip()[-1000:]}")
    results.mkdir(parents=True, exist_ok=True)
    picture = draw(fold(stacks.read_text(encoding="utf-8").splitlines()))
    (results / PICTURE).write_text(f"<!-- {documents} documents -->\n{picture}", encoding="utf-8")


def read(results: Path) -> tuple[str, str] | None:
    """How large the night was, and its picture; None where none was sampled."""
    path = results / PICTURE
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8")
    size, _, _ = text.removeprefix("<!-- ").partition(" -->")
    return size, text


def fold(lines: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Samples by stack: imports are one frame, the frames of Dagster and of the library left out.

    What is too small to be seen counts to the frame that called it.
    """
    folded: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        stack, _, count = line.rpartition(" ")
        folded[tuple(_frames(stack.split(";")))] += int(count)
    least = LEAST_SHARE * folded.total()
    totals = Counter[tuple[str, ...]]()
    for frames, samples in folded.items():
        for depth in range(1, len(frames) + 1):
            totals[frames[:depth]] += samples
    pruned: Counter[tuple[str, ...]] = Counter()
    for frames, samples in folded.items():
        small = (depth for depth in range(len(frames)) if totals[frames[: depth + 1]] < least)
        pruned[frames[: next(small, len(frames))]] += samples
    return pruned


def _frames(stack: Sequence[str]) -> Iterator[str]:
    last = ""
    for frame in stack:
        if _IMPORT.match(frame):
            yield "import"
            return
        if _NOISE.search(frame):
            continue
        name = re.sub(r":\d+\)$", ")", frame)
        if name != last:  # recursion
            yield name
        last = name


@dataclass
class _Node:
    samples: int = 0
    below: dict[str, "_Node"] = field(default_factory=dict)


def draw(folded: Mapping[tuple[str, ...], int]) -> str:
    """An SVG: a box per frame, as wide as its share of samples, below the one that called it."""
    root = _Node()
    for frames, count in folded.items():
        node = root
        node.samples += count
        for frame in frames:
            node = node.below.setdefault(frame, _Node())
            node.samples += count
    depth = max((len(frames) for frames in folded), default=0)
    boxes = "\n".join(_boxes(root, 0.0, 0, max(1, root.samples)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {depth * ROW}" '
        f'font-family="monospace" font-size="10">\n{boxes}\n</svg>\n'
    )


def _boxes(node: _Node, left: float, depth: int, total: int) -> Iterator[str]:
    for name, child in sorted(node.below.items()):
        width = WIDTH * child.samples / total
        y = depth * ROW
        told = html.escape(f"{name} {100 * child.samples / total:.1f} %")
        shown = html.escape(name[: int(width / 6.2)]) if width > 25 else ""
        seen = max(width - 0.5, 0.2)
        yield (
            f'<g><title>{told}</title><rect x="{left:.1f}" y="{y}" width="{seen:.1f}" '
            f'height="{ROW - 1}" fill="{_colour(name)}"/>'
            f'<text x="{left + 2:.1f}" y="{y + 11}">{shown}</text></g>'
        )
        yield from _boxes(child, left, depth + 1, total)
        left += width


def _colour(frame: str) -> str:
    if frame == "import":
        return COLOURS[frame]
    room = frame.partition("(")[2].partition("/")[0]
    return COLOURS.get(room, OTHERS)
