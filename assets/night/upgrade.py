"""What an upgrade leaves to the nights after it, in words: before they have done it, and after.

What belongs here: which older nights the next one derives again, and the lines that say so. What
does not: finding them (etl/lake/structure.py) and deriving them (catch_up.py). Dagster is not
imported: `dateline status` comes at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from assets.night.plurals import quantity
from etl.lake.store import Lake
from etl.lake.structure import OlderNight, declared_structure, is_of_structure, older_nights
from etl.night import NIGHT, linking_version
from etl.tables import use_site_tables
from etl.warehouse import run_log
from etl.warehouse.across import is_to_be_linked_anew
from etl.warehouse.contents import open_file
from etl.warehouse.layout import has_declared_structure

SHOWN_LACKS = 5


def foretold(
    lake: Lake, published: Path, *, documents: int, site_tables: Path | None
) -> Iterator[str]:
    """What the next night does beside its own documents, a line each; none where nothing is.

    ``documents`` as in ``choose``. Raises WarehouseError where the published file can't be read.
    """
    is_published_so = has_declared_structure(published)
    if not (is_published_so and is_of_structure(lake, declared_structure(NIGHT))):
        yield from _again(older_nights(lake, NIGHT, run_log.published_nights(lake)), documents)
    if not is_published_so:
        yield "the next night builds the published file anew from the lake"
        return
    use_site_tables(site_tables)
    with open_file(published) as con:
        if is_to_be_linked_anew(con, linking_version()):
            yield "the next night links all articles anew: names, copies, versions and stories"


def _again(older: Sequence[OlderNight], documents: int) -> Iterator[str]:
    chosen = choose(older, documents=documents)
    if chosen:
        yield f"the next night derives {counted(chosen)} again, for {_names(chosen, of='derived')}"
    if left := [night for night in older if night.can_be_derived and night not in chosen]:
        yield f"later nights derive {counted(left)} again; all now: dateline refresh"
    if beyond := [night for night in older if not night.is_whole_then]:
        gone = _names(beyond, of="gone")
        yield f"{quantity(len(beyond), 'night')} can't be derived any more, and stay without {gone}"


def counted(nights: Sequence[OlderNight]) -> str:
    """'2 nights (4 documents)'."""
    documents = sum(night.documents for night in nights)
    return f"{quantity(len(nights), 'night')} ({quantity(documents, 'document')})"


def choose(older: Sequence[OlderNight], *, documents: int) -> list[OlderNight]:
    """The nights to derive again now, ascending: all that can't be read as they are.

    Of the others the latest, as far as ``documents`` go; one at the least, unless that is 0.
    """
    urgent = [night for night in older if not night.can_wait]
    patient = [night for night in older if night.can_wait and night.can_be_derived]
    left = documents - sum(night.documents for night in urgent)
    chosen = list(urgent)
    for night in reversed(patient):
        if left < night.documents and (chosen or not documents):
            break
        chosen.append(night)
        left -= night.documents
    return sorted(chosen, key=lambda night: night.night)


def line_of(older: Sequence[OlderNight], chosen: Sequence[OlderNight]) -> str:
    """What the log says of nights of an earlier structure."""
    waiting = [night for night in older if night.can_be_derived and night not in chosen]
    beyond = [night for night in older if not night.is_whole_then]
    parts = [f"the tables have changed since {quantity(len(older), 'night')} were derived"]
    if len(chosen) == len(older) and not beyond:
        return f"{parts[0]} ({_names(older)}): derived again"
    if chosen:
        parts.append(f"{quantity(len(chosen), 'night')} derived again")
    if waiting:
        parts.append(
            f"{quantity(len(waiting), 'night')} left to the next nights (all now: dateline "
            f"refresh), until then without {_names(waiting)}"
        )
    if beyond:
        parts.append(
            f"{quantity(len(beyond), 'night')} for good without {_names(beyond, of='gone')}, "
            "which can't be derived any more"
        )
    return f"{parts[0]}: {'; '.join(parts[1:])}"


def _names(nights: Iterable[OlderNight], *, of: Literal["all", "derived", "gone"] = "all") -> str:
    """Of what the nights lack: all, what is derived again, or what can't be."""
    wanted = {"all": (True, False), "derived": (True,), "gone": (False,)}[of]
    lacks = (lack for night in nights for lack in night.lacks)
    names = sorted({lack.name for lack in lacks if lack.can_be_derived in wanted})
    more = f" and {len(names) - SHOWN_LACKS} more" if len(names) > SHOWN_LACKS else ""
    return ", ".join(names[:SHOWN_LACKS]) + more
