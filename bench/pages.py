"""The pages' scores and faults: ``python -m bench.pages [--write] [--faults] [NAME ...]``.

What belongs here: printing them, and having the floors written that later runs may not fall
below (tests/pages/floors.json, results.json). What does not: pages, stages, scoring and floors
(page_files.py, page_stages.py, page_scores.py, page_floors.py).
"""

import argparse
import sys

from bench.page_files import load_pages
from bench.page_floors import (
    committed_floors,
    committed_results,
    describe,
    find_drops,
    find_worse,
    write,
)
from bench.page_scores import Figures, Result, figures, score_pages
from bench.page_stages import Reading, read_pages


def render(found: Figures) -> str:
    """A Markdown table: a row per figure, a column per group of pages."""
    groups = list(found)
    names = dict.fromkeys(name for named in found.values() for name in named)
    rows = [f"| | {' | '.join(groups)} |", f"|---|{'---|' * len(groups)}"]
    for name in names:
        cells = (f"{found[g][name]:.3f}" if name in found[g] else "" for g in groups)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def show(name: str, reading: Reading) -> None:
    """What the stages made of one page."""
    sys.stdout.write(f"\n{name}\n")
    for field in Reading.__dataclass_fields__:
        value = getattr(reading, field)
        if value not in (None, frozenset()):
            sys.stdout.write(f"  {field}: {value}\n")


def compare(results: list[Result]) -> None:
    """What fell since the floors were written."""
    fallen = find_drops(committed_floors(), figures(results))
    fallen += find_worse(committed_results(), results)
    sys.stdout.writelines(f"worse: {line}\n" for line in fallen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write floors.json and results.json")
    parser.add_argument("--faults", action="store_true", help="list what is wrong, page by page")
    parser.add_argument("names", nargs="*", metavar="NAME", help="pages to show as they were read")
    arguments = parser.parse_args()
    pages = load_pages()
    readings = read_pages(pages)
    results = score_pages(pages, readings)
    sys.stdout.write(f"{len(pages)} pages\n{render(figures(results))}\n")
    if arguments.faults:
        wrong = ((r.page.name, ", ".join(describe(r))) for r in results if describe(r))
        sys.stdout.writelines(f"{name}: {faults}\n" for name, faults in wrong)
    for name in arguments.names:
        show(name, readings[name])
    if arguments.write:
        write(results)
    else:
        compare(results)


if __name__ == "__main__":
    main()
