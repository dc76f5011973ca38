"""The lake: files that are empty or cut short, what they held, and how they come back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from assets.doctor.findings import Finding, fail, ok, warn
from assets.night.plurals import quantity
from assets.settings import Settings
from etl.lake.damage import Damage, find_damage
from etl.stage import RAW

SHOWN = 3


def examine_lake(settings: Settings) -> Iterator[Finding]:
    """Whether every file is whole, as far as its ends tell."""
    lake = settings.lake
    if not lake.root.exists():
        return
    found = find_damage(lake)
    for damage in found:
        if damage.lost:
            path = _below(settings, damage)
            remedy = f"put it back from a backup: cp -a BACKUP/{path} {damage.path.parent}/"
            yield fail("lake", f"{path} is damaged: {damage.lost}", remedy)
    if derived := [damage for damage in found if damage.night and not damage.lost]:
        remedy = "nothing: the next night derives them again; at once: dateline run"
        yield warn("lake", f"damaged parts: {_shown(settings, derived)}", remedy)
    yield from _records(settings, [damage.path for damage in found if not damage.night])
    if not found:
        yield ok("lake", f"{quantity(len(lake.nights(RAW)), 'night')}, all files whole")


def _records(settings: Settings, damaged: Sequence[Path]) -> Iterator[Finding]:
    """Only a withdrawal can't be told from the rest of the lake, and must not be forgotten."""
    for path in damaged:
        name = path.relative_to(settings.home.absolute())
        if path.parent.name == "withdrawn_articles":
            remedy = f"put it back from a backup: cp -a BACKUP/{name} {path.parent}/"
            yield fail("lake", f"{name} is damaged: no night runs without it", remedy)
        else:
            remedy = f"put it back from a backup, or: rm {path}; then dateline refresh"
            yield warn("lake", f"{name} is damaged, and passed over", remedy)


def _shown(settings: Settings, found: Sequence[Damage]) -> str:
    more = ", ..." if len(found) > SHOWN else ""
    return ", ".join(_below(settings, damage) for damage in found[:SHOWN]) + more


def _below(settings: Settings, damage: Damage) -> str:
    return str(damage.path.relative_to(settings.home.absolute()))
