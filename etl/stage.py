"""What a stage is: one value that says what it reads, yields, rejects as and is versioned by.

What belongs here: that value, and the tables that every stage's function returns beside its
own. What does not: the stages themselves (etl/night.py), what they do (their rooms), and
running them over parts (etl/lake/parts.py).

A ``Stage`` is picklable and names its builder; the builder makes the function in whichever
process does the work; the function takes one frame and returns tables.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl import schema
from etl.schema import Table

Tables = dict[str, pl.DataFrame]
StageFunction = Callable[[pl.DataFrame], Tables]

Finder = Callable[[pl.DataFrame], Collection[str]]
"""From the documents of a part to the ids of those that may come out otherwise."""

RAW = schema.RAW_DOCUMENTS.name
"""What the first stage reads: what the claim has kept, which is no stage's work."""

REJECTED = schema.lake_table(schema.QUARANTINE)
DERIVED_BY = schema.lake_table(schema.DERIVATIONS)


@dataclass(frozen=True)
class Input:
    """What a stage reads: a ``table`` of ``stage``, or what was claimed (``RAW``, ``RAW``).

    ``columns`` are those that its own are made of, but for what it takes over by name.
    """

    stage: str
    table: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What shapes a stage's rows, so that its version must cover it.

    ``modules`` and ``libraries`` by name; the ``rooms`` whose tables it reads (the registry of
    sources apart, of which some read the names of agencies), and whether it reads the entity
    model.
    """

    modules: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    names_agencies: bool = False
    uses_model: bool = False


@dataclass(frozen=True, kw_only=True)
class CorrectedTable:
    """A reference table that people correct, and on which a stage's rows depend one by one.

    ``name`` is its file in the folder of reference tables. ``finder`` is 'module:function';
    called with the earlier and the present content it returns a ``Finder``, which may find too
    many documents, never too few.
    """

    name: str
    finder: str


@dataclass(frozen=True, kw_only=True)
class Correctable:
    """A corrected table as a versioned stage has it.

    ``rules`` is the version of the stage without the table, ``table`` that of the table, whose
    bytes are ``content``; ``finder`` as in ``CorrectedTable``.
    """

    rules: str
    table: str
    content: bytes = field(repr=False)
    finder: str

    def notes(self, origin: str) -> dict[str, str]:
        """What the seal of a part says of it; ``origin`` is the seal of the part before."""
        return {"rules": self.rules, "table": self.table, "origin": origin}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage: who builds its function, from what, what it reads and yields.

    ``name`` is its folder in the lake. ``builder`` is 'module:function'; called with
    ``options`` it returns the stage's function. That function returns the frame ``quarantine``
    and others, of which ``main`` has a row for each document that was kept. ``yields`` are the
    tables that people see, each an asset, ``keeps`` those beside them in the lake alone. A
    table of the analysts' file by the same name is loaded from them.

    ``rejects_as`` is what ``quarantine.stage`` says. ``is_retained``: the rows stay for ever;
    else they may go once their night is published, for the next stage alone reads them.
    ``then`` is 'module:function', called with the lake and the nights that were done, under
    the writer's lock. ``version`` fingerprints all that ``basis`` names; it, ``options`` and the
    site's own tables with their version are filled in by ``etl.night.stages``.
    """

    name: str
    description: str = ""
    builder: str
    reads: Input
    main: str
    yields: tuple[Table, ...] = ()
    keeps: tuple[Table, ...] = ()
    rejects_as: str
    basis: Basis = field(default=Basis(modules=()), repr=False)
    corrected_table: CorrectedTable | None = None
    is_retained: bool = True
    then: str | None = None
    version: str = ""
    options: tuple[tuple[str, str | None], ...] = ()
    correctable: Correctable | None = None
    site_tables: Path | None = None
    site_version: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables of its parts: its own, what it rejects and what derived its rows."""
        own = (*self.yields, *self.keeps)
        derives = any("derived_by" in table.column_names for table in own)
        return (*own, REJECTED, *((DERIVED_BY,) if derives else ()))


def rejections(*frames: pl.DataFrame) -> pl.DataFrame:
    """The frame ``quarantine`` of a stage, from what its steps rejected."""
    return pl.concat([REJECTED.conform(frame) for frame in frames])


def derivations(
    articles: pl.DataFrame, stage: str, derived_by: str, versions: Mapping[str, str | None]
) -> pl.DataFrame:
    """For each delivery what ``derived_by`` stands for; a builder's further options name it."""
    names = ("code_version", "model_version", "reference_version")
    return DERIVED_BY.conform(
        articles.select("delivery_id", "ingested_on").with_columns(
            pl.lit(derived_by).alias("derived_by"),
            pl.lit(stage).alias("stage"),
            *(pl.lit(versions.get(name), dtype=pl.String).alias(name) for name in names),
        )
    )
