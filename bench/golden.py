"""The golden set's scores and misses: ``python -m bench.golden [--write]``.

What belongs here: printing them, listing what is missed and invented, and writing
etl/reference/golden/scores.json, which later runs may not fall below. What does not: the set
and its scoring (etl/extract/golden.py).
"""

import argparse
import json
import sys

from etl.extract import build_extractor
from etl.extract.golden import SCORES, committed_scores, find_drops, load_passages, score


def list_misses() -> None:
    """Write each passage that is not read as marked, with what is missing (-) or extra (+)."""
    passages = load_passages()
    rows = [{"title": None, "dateline": None, **p.texts, "language_code": "en"} for p in passages]
    for passage, mentions in zip(passages, build_extractor().find_mentions(rows), strict=True):
        found = {(m.field, m.start, m.end, m.label): m.country_code for m in mentions}
        wrong = [("-", s, c) for s, c in passage.spans.items() if found.get(s, "-") != c]
        wrong += [("+", s, c) for s, c in found.items() if passage.spans.get(s, "-") != c]
        if wrong:
            sys.stdout.write(f"{passage.trap}: {passage.texts['body']}\n")
        for sign, (field, start, end, label), code in sorted(wrong, key=lambda w: w[1]):
            text = passage.texts[field][start:end]
            sys.stdout.write(f"    {sign} {text} {label} {code or ''}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write scores.json")
    parser.add_argument("--misses", action="store_true", help="list what is not read as marked")
    arguments = parser.parse_args()
    figures = score(build_extractor()).figures()
    before = committed_scores() if SCORES.exists() else {}
    for name, value in figures.items():
        sys.stdout.write(f"{name:22} {value:.4f}  was {before.get(name, 0.0):.4f}\n")
    for name, (old, new) in find_drops(before, figures).items():
        sys.stdout.write(f"dropped: {name} from {old:.4f} to {new:.4f}\n")
    if arguments.misses:
        list_misses()
    if arguments.write:
        SCORES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
