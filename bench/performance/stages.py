"""Cases of parts of a night, each timed by a process of its own, imports aside.

What belongs here: what is run by turns, and the figure of it. What does not: the parts (parts.py)
and whole nights (nights.py).
"""

import statistics

from bench.performance.cases import Measured, Options, processor_seconds, ratios
from bench.performance.measuring import Arm, FailedRunError, by_turns, python, run_measured
from bench.performance.nights import FIRST, make_archive

PARTS = "bench.performance.parts"
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS"), "1")
REPLACED_NIGHTS = 30


def _part(options: Options, name: str, *arguments: object, is_on_one_core: bool = False) -> Arm:
    command = python("-m", PARTS, name, *arguments)
    env = ONE_CORE if is_on_one_core else {}
    return lambda _: run_measured(command, env=env, niceness=options.niceness)


def extraction(options: Options) -> Measured:
    """Words a second of the whole extraction, on one core."""
    arm = _part(options, "extraction", options.documents, is_on_one_core=True)
    usages = by_turns({"extraction": arm}, options.repetitions)
    reports = [usage.report for usage in usages["extraction"]]
    return Measured(
        figures=tuple(r["words"] / r["processor_seconds"] for r in reports),
        arms=usages,
        facts={name: reports[0][name] for name in ("words", "documents")},
    )


def whole_pages(options: Options) -> Measured:
    """Pages a second from their text as a multiple of trafilatura's from their HTML."""
    usages = by_turns(
        {
            "dateline": _part(options, "pages-by-dateline", is_on_one_core=True),
            "trafilatura": _part(options, "pages-by-trafilatura", is_on_one_core=True),
        },
        options.repetitions,
    )
    ours, others = (processor_seconds(usages[name]) for name in ("dateline", "trafilatura"))
    first = {name: found[0].report for name, found in usages.items()}
    return Measured(
        figures=ratios(others, ours),
        arms=usages,
        facts={
            "pages": first["dateline"]["pages"],
            "pages_a_second": {
                name: round(report["pages"] / report["processor_seconds"], 1)
                for name, report in first.items()
            },
        },
    )


def audit(options: Options) -> Measured:
    """The audit of a night in a large file as a multiple of one statement with its rules.

    Raises FailedRunError where the two do not find the same.
    """
    held = make_archive(options.folder, {"home": options.documents})
    home = options.folder / "home"
    usages = by_turns(
        {
            "audit": _part(options, "audit", home),
            "by hand": _part(options, "audit-by-hand", home, "one"),
            "by hand, a statement each": _part(options, "audit-by-hand", home, "each"),
        },
        options.repetitions,
    )
    ours, by_hand = (usages[name] for name in ("audit", "by hand"))
    if ours[0].report["failed"] != by_hand[0].report["failed"]:
        raise FailedRunError(
            f"the audit finds {ours[0].report['failed']}, "
            f"the statement {by_hand[0].report['failed']}"
        )
    by_each = ratios(
        processor_seconds(ours), processor_seconds(usages["by hand, a statement each"])
    )
    on_the_clock = ratios(
        [u.report["seconds"] for u in ours], [u.report["seconds"] for u in by_hand]
    )
    return Measured(
        figures=ratios(processor_seconds(ours), processor_seconds(by_hand)),
        arms=usages,
        facts={
            "rules": ours[0].report["rules"],
            **held["home"],
            "ratio_to_a_statement_each": round(statistics.median(by_each), 2),
            "ratio_on_the_clock": round(statistics.median(on_the_clock), 2),
        },
    )


def change_detection(options: Options) -> Measured:
    """Finding that no file is new as a multiple of listing all files with their state.

    Raises FailedRunError where a known file looks new.
    """
    landing, home = options.folder / "landing", options.folder / "home"
    _part(options, "known-files", landing, home, options.documents)(0)
    usages = by_turns(
        {
            "change detection": _part(options, "find-new", landing, home),
            "bare scandir": _part(options, "bare-scan", landing),
        },
        options.repetitions,
    )
    ours, bare = (usages[name] for name in ("change detection", "bare scandir"))
    if any(u.report["new"] or u.report["files"] != options.documents for u in ours):
        raise FailedRunError(f"known files look new: {ours[0].report}")
    return Measured(figures=ratios(processor_seconds(ours), processor_seconds(bare)), arms=usages)


def replaced_nights(options: Options) -> Measured:
    """The bytes of a file whose every night was replaced as a multiple of those of a fresh one."""
    nights, each = REPLACED_NIGHTS, -(-options.documents // REPLACED_NIGHTS)
    usages = by_turns(
        {
            "replaced nights": lambda turn: run_measured(
                python("-m", PARTS, "replaced-nights", options.folder / str(turn), nights, each),
                env=FIRST,
                niceness=options.niceness,
            )
        },
        options.repetitions,
    )
    reports = [usage.report for usage in usages["replaced nights"]]
    return Measured(
        figures=tuple(r["replaced_bytes"] / r["fresh_bytes"] for r in reports),
        arms=usages,
        facts={"nights": nights, "fresh_bytes": reports[0]["fresh_bytes"]},
    )
