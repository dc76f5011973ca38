"""Tiny articles for tests of operations: some ferries on Lake Victoria."""

from pathlib import Path

HEADER = " date 2024-05-06 "
ARTICLE = "NAIROBI, Kenya: Ferries will cross Lake Victoria again on Monday, "


def write_ferries(folder: Path, count: int) -> None:
    """Have ``count`` articles lie in the folder; those that are there stay as they are."""
    for number in range(count):
        write_text(folder, f"ferry-{number}.txt", ferry(number))


def ferry(number: int) -> str:
    """The text of one article, which differs from the others."""
    return f"{HEADER}{ARTICLE}the port authority of Kenya said. Line {number} starts in Kisumu."


def write_text(folder: Path, name: str, text: str) -> None:
    """Write a raw file, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        path.write_text(text)
