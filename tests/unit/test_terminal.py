"""Tables in a terminal, however narrow and whatever is in them."""

import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from assets.cli.terminal import PlainTable, command, lay_out


def printed(table: Table, *, width: int) -> str:
    console = Console(width=width, record=True)
    with console.capture() as captured:
        console.print(table)
    return captured.get()


@pytest.mark.parametrize("text", ["[red]", "[/b]", "Nairobi [Kenya], March 3", "a\\[b]"])
def test_brackets_of_news_text_are_no_markup(text: str) -> None:
    table = PlainTable(text)
    table.add(text)
    assert printed(table, width=80).count(text) == 2


def test_nothing_is_cut_off() -> None:
    table = PlainTable("file", "detail")
    table.add("q" * 60, "z" * 60)
    shown = printed(table, width=40)
    assert (shown.count("q"), shown.count("z")) == (60, 60)
    assert "…" not in shown


def test_names_to_type_and_days_stay_in_one_line() -> None:
    table = PlainTable("release", "nights", "rest", whole=("release",), days=("nights",))
    table.add("2026-11-25T170116.670526Z", "2026-11-24 to 2026-11-25", None)
    lines = printed(table, width=50).splitlines()
    assert any("2026-11-25T170116.670526Z" in line for line in lines)
    assert any("2026-11-24" in line for line in lines)


def test_columns_that_would_be_slivers_become_a_list_per_row() -> None:
    names = [f"column_{number}" for number in range(8)]
    rows = [[f"{row}-value-{number}" for number in range(8)] for row in "ab"]
    assert "column_0   a-value-0\n" in printed(lay_out(names, rows, width=80), width=80)
    (head,) = (
        line
        for line in printed(lay_out(names, rows, width=120), width=120).splitlines()
        if "column_0" in line
    )
    assert "column_7" in head


def test_many_narrow_columns_stay_a_table() -> None:
    names = [*"abcdefghijklmn"]
    shown = printed(lay_out(names, [["1"] * len(names)], width=80), width=80)
    assert "   ".join(names) in shown


@pytest.mark.parametrize("width", [30, 80, 95, 96, 97, 98, 99, 200])
def test_an_answer_without_rows_shows_its_columns_whole(width: int) -> None:
    """Eight names of nine letters need 96 with what lies between them."""
    names = [f"column_{number:02}" for number in range(8)]
    shown = printed(lay_out(names, [], width=width), width=width)
    assert [word for word in shown.split() if word.startswith("column")] == names
    heads = [line for line in shown.splitlines() if "column" in line]
    assert len(heads) == (8 if width < 96 else 1)


def test_a_single_name_that_is_wider_than_the_terminal_is_folded_and_not_cut() -> None:
    assert printed(lay_out(["c" * 50], [], width=20), width=20).count("c") == 50


def test_a_command_is_shown_as_whoever_started_this_one_would_type_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = tmp_path / "bin" / "dateline"
    installed.parent.mkdir()
    installed.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(installed), "status"])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("MAKELEVEL", raising=False)
    asked = {"arguments": 'query "FROM runs"', "by_make": 'query SQL="FROM runs"'}
    assert command(**asked) == 'bin/dateline query "FROM runs"'
    monkeypatch.setenv("PATH", str(installed.parent))
    assert command(**asked) == 'dateline query "FROM runs"'
    monkeypatch.setenv("MAKELEVEL", "1")
    assert command(**asked) == 'make query SQL="FROM runs"'
