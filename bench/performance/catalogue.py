"""All cases, in the order of docs/performance.md: what each holds against what, and what is wanted.

What belongs here: their declarations. What does not: how they are measured (nights.py, stages.py).
"""

from bench.performance import nights, stages
from bench.performance.cases import Case

CASES: tuple[Case, ...] = (
    Case(
        name="night",
        what="raw to published, with the model: processor time per article of the naive arm, as a "
        "multiple of Dateline's",
        unit="times",
        wanted=6,
        is_at_least=True,
        documents=2000,
        measure=nights.against_naive,
        limit="Both arms pay for their imports and their model once, so the figure depends on the "
        "size of the night. Dateline does more: furniture, spans of countries, stories, copies, a "
        "search index, two hundred expectations instead of twelve, a release. The naive arm "
        "publishes other articles, since it finds fewer countries and other dates.",
    ),
    Case(
        name="extraction",
        what="whole extraction on one core",
        unit="words/s",
        wanted=30_000,
        is_at_least=True,
        documents=0,
        measure=stages.extraction,
        limit="Over the articles of the corpus, of 160 words on average, after a run over the same "
        "articles that fills every cache, as docs/speed.md has it. 0 documents are all of them.",
    ),
    Case(
        name="pages",
        what="whole pages a second on one core, from their text, as a multiple of what trafilatura "
        "does from their HTML",
        unit="times",
        wanted=3,
        is_at_least=True,
        documents=0,
        measure=stages.whole_pages,
        limit="Body, title, byline and day in both. Making the text of the HTML is a crawler's "
        "work and is not counted; where Dateline is given HTML, it asks trafilatura itself. The "
        "pages of the corpus without the first 30, which fill the caches of either.",
        counts="all pages of the corpus",
    ),
    Case(
        name="workers",
        what="a night with one worker, seconds on the clock as a multiple of those with two; both "
        "publish the same rows",
        unit="times",
        wanted=1.8,
        is_at_least=True,
        documents=4000,
        measure=nights.two_workers,
        limit="Starting, claiming, staging and audit are not divided, so a small night gains less. "
        "On a machine of two cores whatever else runs is taken off the second worker.",
    ),
    Case(
        name="memory",
        what="peak memory of a night on a single drop, as a multiple of that on one a tenth as "
        "large",
        unit="times",
        wanted=1.2,
        is_at_least=False,
        documents=20_000,
        largest=100_000,
        measure=nights.memory,
        limit="Of the whole process tree, looked at five times a second. Made documents, 500 a "
        "day, in one file of JSON lines. A part is at most a fifth of the small drop.",
        repetitions=1,
    ),
    Case(
        name="audit",
        what="audit of a night in a staged file, imports aside, as a multiple of one SQL statement "
        "with the same rules",
        unit="times",
        wanted=3.5,
        is_at_least=False,
        documents=200_000,
        measure=stages.audit,
        limit="A night of 500 documents in an archive as below; rules on keys, references and "
        "counts look at all of it. The statement finds the same, but no sample of rows. One of two "
        "hundred rules takes long to plan, so a statement for each costs less. The smaller the "
        "file, the more the fixed cost of Great Expectations counts.",
        counts="articles",
    ),
    Case(
        name="archive",
        what="a night of 500 on a large archive, as a multiple of one on 10,000 articles (or a "
        "tenth of the large one); copying and checking the file taken off both",
        unit="times",
        wanted=1.2,
        is_at_least=False,
        documents=200_000,
        largest=1_000_000,
        measure=nights.on_archive,
        limit="The archive repeats one night on as many days as it takes (bench/performance/"
        "archive.py), so its texts compress better than others would. One copy and one SHA-256 "
        "are taken off, though a night checks more than once. The lake behind it has one night.",
        counts="articles",
    ),
    Case(
        name="nothing-new",
        what="a run with nothing new, processor time",
        unit="s",
        wanted=5,
        is_at_least=False,
        documents=500,
        measure=nights.nothing_new,
        limit="The night is derived and published before; the run finds all its files known.",
    ),
    Case(
        name="change-detection",
        what="finding what is new among known files, as a multiple of a bare scandir with stat",
        unit="times",
        wanted=1.5,
        is_at_least=False,
        documents=100_000,
        largest=1_000_000,
        measure=stages.change_detection,
        limit="A thousand files in each folder, listed before, so that the kernel has them in "
        "memory. On a cold disk both wait for the same reads, and the figure is smaller.",
        counts="files",
    ),
    Case(
        name="tiny-night",
        what="fixed cost of `dateline run`: a tiny night in a fresh home, imports and all, "
        "processor time",
        unit="s",
        wanted=5,
        is_at_least=False,
        documents=3,
        measure=nights.tiny_night,
        limit="The home is made in it, with Dagster's storage. Bytecode is compiled before.",
    ),
    Case(
        name="replaced-nights",
        what="the file after 30 replaced nights, its size as a multiple of a fresh one's",
        unit="times",
        wanted=1.15,
        is_at_least=False,
        documents=9000,
        measure=stages.replaced_nights,
        limit="Thirty nights, each replaced once, in turn; the fresh file is built from the same "
        "lake. A file of few megabytes is mostly DuckDB's blocks.",
        repetitions=1,
    ),
)


def case_named(name: str) -> Case:
    """Raises SystemExit where there is none of that name."""
    for case in CASES:
        if case.name == name:
            return case
    raise SystemExit(f"no case {name}; there are: {', '.join(case.name for case in CASES)}")
