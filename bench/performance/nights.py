"""Cases of whole nights: ``dateline run`` in a fresh home, from raw files to the published file.

What belongs here: what is run by turns, and the figure of it. What does not: parts of a night
(stages.py), what is in the folders (documents.py) and the large files (archive.py).
"""

import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path

from bench.faults.nights import FIRST_NIGHT, copy_home, night_of, write_documents
from bench.performance.cases import Measured, Options, processor_seconds, ratios
from bench.performance.documents import write_drop, write_mixed
from bench.performance.measuring import (
    Arm,
    FailedRunError,
    Usage,
    by_turns,
    python,
    run_measured,
)

RUN_ARGUMENTS = ("-m", "assets.cli.main", "run")
NAIVE = "bench.performance.naive"
PARTS = "bench.performance.parts"
NIGHT_DOCUMENTS = 500
SMALL_ARCHIVE = 10_000


def settings(home: Path, landing: Path, **more: object) -> dict[str, str]:
    """The environment of a run: all that a person would set, and one process unless told."""
    given = {"home": home, "raw": landing, "settle_seconds": 0, "workers": 1, **more}
    return {f"DATELINE_{name.upper()}": str(value) for name, value in given.items()}


def _night(options: Options, home: Path, landing: Path, **more: object) -> Usage:
    return run_measured(
        python(*RUN_ARGUMENTS), env=settings(home, landing, **more), niceness=options.niceness
    )


def _fresh(home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    return home


def report_of(part: str, *arguments: object) -> Mapping[str, object]:
    """What a part of parts.py tells."""
    return run_measured(python("-m", PARTS, part, *arguments)).report


# -- against the naive arm ----------------------------------------------------------------------


def against_naive(options: Options) -> Measured:
    """Processor time per published article: the naive arm's as a multiple of ours."""
    raw, file = options.folder / "raw", options.folder / "naive.duckdb"
    home = options.folder / "home"
    facts = dict(write_mixed(raw, options.documents))
    arms: dict[str, Arm] = {
        "dateline": lambda _: _night(options, _fresh(home), raw),
        "naive": lambda _: _naive(options, raw, file),
        "naive, names only": lambda _: _naive(options, raw, file, "--names-only"),
    }
    usages = by_turns(arms, options.repetitions)
    published = int(str(report_of("articles", home)["articles"]))
    counts = {"dateline": [published] * options.repetitions}
    for name in ("naive", "naive, names only"):
        counts[name] = [int(usage.report["articles"]) for usage in usages[name]]
    each = {
        name: [u.processor_seconds / n for u, n in zip(usages[name], counts[name], strict=True)]
        for name in arms
    }
    spared = ratios(each["naive, names only"], each["dateline"])
    return Measured(
        figures=ratios(each["naive"], each["dateline"]),
        arms=usages,
        facts={
            **facts,
            "articles": {name: found[0] for name, found in counts.items()},
            "milliseconds_per_article": {
                name: round(1000 * statistics.median(found), 1) for name, found in each.items()
            },
            "ratio_names_only": round(statistics.median(spared), 2),
            "naive_steps": usages["naive"][-1].report["steps"],
        },
    )


def _naive(options: Options, raw: Path, file: Path, *more: str) -> Usage:
    return run_measured(python("-m", NAIVE, raw, file, *more), niceness=options.niceness)


# -- workers ------------------------------------------------------------------------------------


def two_workers(options: Options) -> Measured:
    """Seconds on the clock with one worker as a multiple of those with two.

    Raises FailedRunError where they do not publish the same rows.
    """
    raw = options.folder / "raw"
    facts = dict(write_mixed(raw, options.documents))
    part = max(10, options.documents // 16)
    homes = {workers: options.folder / f"home-{workers}" for workers in (1, 2)}

    def arm(workers: int) -> Arm:
        return lambda _: _night(
            options, _fresh(homes[workers]), raw, workers=workers, part_documents=part
        )

    usages = by_turns({"one worker": arm(1), "two workers": arm(2)}, options.repetitions)
    digests = {str(report_of("digest", home)["digest"]) for home in homes.values()}
    if len(digests) > 1:
        raise FailedRunError("one worker and two do not publish the same rows")
    one, two = ([u.seconds for u in usages[name]] for name in ("one worker", "two workers"))
    facts |= {"part_documents": part, "same_digest": True}
    return Measured(figures=ratios(one, two), arms=usages, facts=facts)


# -- memory -------------------------------------------------------------------------------------


def memory(options: Options) -> Measured:
    """The peak of the process tree on a drop as a multiple of that on one a tenth as large."""
    sizes = {"large drop": options.documents, "small drop": options.documents // 10}
    # as in every night, a part is a small piece of either
    part = min(2000, max(10, sizes["small drop"] // 5))
    for name, size in sizes.items():
        write_drop(options.folder / name, size)
    home = options.folder / "home"

    def arm(name: str) -> Arm:
        return lambda _: _night(
            options, _fresh(home), options.folder / name, workers=0, part_documents=part
        )

    usages = by_turns({name: arm(name) for name in sizes}, options.repetitions)
    large, small = ([u.peak_bytes for u in usages[name]] for name in sizes)
    return Measured(
        figures=ratios(large, small), arms=usages, facts={**sizes, "part_documents": part}
    )


# -- an archive ---------------------------------------------------------------------------------


def make_archive(folder: Path, sizes: Mapping[str, int]) -> dict[str, Mapping[str, object]]:
    """Homes whose published files hold so many articles, by name; what each holds then."""
    seed = folder / "seed"
    write_mixed(folder / "first", min(NIGHT_DOCUMENTS, max(sizes.values()) // 20))
    run_measured(archive_night(seed, folder / "first", 0), env=FIRST)
    for name in sizes:
        copy_home(seed, folder / name)
    return {name: report_of("enlarge", folder / name, size) for name, size in sizes.items()}


def on_archive(options: Options) -> Measured:
    """Processor time of a night on a large archive as a multiple of that on a small one.

    The time that copying and checking the published file takes is taken off both.
    """
    sizes = {
        "large archive": options.documents,
        "small archive": min(SMALL_ARCHIVE, options.documents // 10),
    }
    home, landing = options.folder / "home", options.folder / "tonight"
    write_documents(landing, NIGHT_DOCUMENTS, batch=1)
    held = make_archive(options.folder, sizes)

    def arm(name: str) -> Arm:
        def measure(_: int) -> Usage:
            copy_home(options.folder / name, _fresh(home))
            return run_measured(
                archive_night(home, landing, 1), env=FIRST, niceness=options.niceness
            )

        return measure

    def copying(name: str) -> Arm:
        published = options.folder / name / "warehouse" / "dateline.duckdb"
        return lambda _: run_measured(python("-m", PARTS, "copy-and-check", published))

    usages = by_turns(
        {**{n: arm(n) for n in sizes}, **{f"copy, {n}": copying(n) for n in sizes}},
        options.repetitions,
    )
    copies = {name: processor_seconds(usages[f"copy, {name}"]) for name in sizes}
    large, small = (
        [u.processor_seconds - c for u, c in zip(usages[name], copies[name], strict=True)]
        for name in sizes
    )
    whole = ratios(*(processor_seconds(usages[name]) for name in sizes))
    return Measured(
        figures=ratios(large, small),
        arms=usages,
        facts={"archives": held, "ratio_with_copy": round(statistics.median(whole), 2)},
    )


FIRST = {"DATELINE_FIRST_NIGHT": str(FIRST_NIGHT)}


def archive_night(home: Path, landing: Path, batch: int) -> list[str]:
    return python("-m", "bench.faults.nights", home, landing, night_of(batch))


# -- what a night costs at least ----------------------------------------------------------------


def nothing_new(options: Options) -> Measured:
    """Processor seconds of a run over files that are all known."""
    raw, home = options.folder / "raw", options.folder / "home"
    facts = dict(write_mixed(raw, options.documents))
    _night(options, home, raw)
    usages = by_turns({"nothing new": lambda _: _night(options, home, raw)}, options.repetitions)
    return Measured(
        figures=tuple(processor_seconds(usages["nothing new"])), arms=usages, facts=facts
    )


def tiny_night(options: Options) -> Measured:
    """Processor seconds of the first night of a fresh home, over a few documents."""
    raw, home = options.folder / "raw", options.folder / "home"
    write_documents(raw, options.documents, batch=0)
    usages = by_turns(
        {"tiny night": lambda _: _night(options, _fresh(home), raw)}, options.repetitions
    )
    return Measured(figures=tuple(processor_seconds(usages["tiny night"])), arms=usages)
