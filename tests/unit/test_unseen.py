"""Hostile titles, outlets and file names on their way to people: seen, and obeyed by nothing."""

import json
import logging
import re
from types import SimpleNamespace

import dagster as dg
import pytest
from rich.console import Console

from assets.cli import operation_reports, summary
from assets.cli.terminal import PlainTable, lay_out, say
from assets.guard.invisible import shown, shown_in_line
from assets.night.columns import code_block, table_of_rows
from assets.night.progress import progress_logger
from assets.night.raw_documents import _claim_metadata, _left_lines
from assets.watch import alarms
from assets.watch.failures import one_line
from etl.landing.claims import Claim

CLEARS = "\x1b[2J\x1b]0;owned\x07"
REVERSES = "invoice\u202egpj.exe"
FORGES = "a.txt\nPublished    all is well"
RETURNS = "a.txt\rPublished    all is well"
NO_TEXT = "col\udcff.txt"
HIDES = "a\u200b\u2066\U000e0061b"
HOSTILE = (CLEARS, REVERSES, FORGES, RETURNS, NO_TEXT, HIDES, "\x9b2J", "a\u2028b", "[red]x[/b]")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (CLEARS, "⟨U+001B⟩[2J⟨U+001B⟩]0;owned⟨U+0007⟩"),
        (REVERSES, "invoice⟨right-to-left override⟩gpj.exe"),
        (RETURNS, "a.txt⟨U+000D⟩Published    all is well"),
        (NO_TEXT, "col⟨U+DCFF⟩.txt"),
        (HIDES, "a⟨zero width space⟩⟨left-to-right isolate⟩⟨tag latin small letter a⟩b"),
    ],
)
def test_what_nobody_sees_is_named(text: str, seen: str) -> None:
    assert shown(text) == shown_in_line(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "बंदरगाह बंद रہا",
        "می\u200cخواهم",
        "שלום\u200f, x",
        "co\u00adop",
        "👨\u200d👩\u200d👧 ❤\ufe0f",
        "‘a’",
    ],
)
def test_what_a_script_needs_stays(text: str) -> None:
    assert shown(text) == text


def test_line_ends_stay_but_for_where_they_would_forge_a_line() -> None:
    assert shown("a\n\tb") == "a\n\tb"
    assert shown_in_line("a\n\tb") == "a⟨U+000A⟩⟨U+0009⟩b"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_terminal_obeys_none_of_it(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(width=200)
    say(console, f"Failed       {text}")
    table = PlainTable(text)
    table.add(text)
    console.print(table)
    summary.print_finding("warn", "landing", text, text)
    printed = capsys.readouterr().out
    assert not OBEYED.search(printed.replace("\n", ""))
    assert "[red]x[/b]" in printed or text != HOSTILE[-1]
    assert not re.search(r"^Published", printed, flags=re.MULTILINE)
    for width in (200, 80):
        console.print(lay_out([text] * 30, [[text] * 30], width=width))
    assert not OBEYED.search(capsys.readouterr().out.replace("\n", ""))


def test_a_command_that_fails_on_a_hostile_name_says_so_in_one_piece() -> None:
    from click.testing import CliRunner

    from assets.cli.main import main

    done = CliRunner().invoke(main, ["query", f"SELECT '{CLEARS}' FROM \"{REVERSES}\""])
    assert done.exit_code == 1
    assert not OBEYED.search(done.output.replace("\n", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_log_of_a_run_obeys_none_of_it(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    logger = progress_logger.logger_fn(SimpleNamespace())  # type: ignore[arg-type]
    meta = {"orig_message": text, "step_key": "raw_documents"}
    logger.handle(
        logging.makeLogRecord({"levelno": logging.INFO, "msg": text, "dagster_meta": meta})
    )
    assert not OBEYED.search(capsys.readouterr().err.replace("\n", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_files_that_were_left_are_named_in_one_line(text: str) -> None:
    claimed = Claim(
        document_count=0,
        file_count=0,
        part_count=0,
        waiting=(text,),
        ignored=(text,),
        unreadable=(text,),
    )
    for line in _left_lines(claimed):
        assert not OBEYED.search(line)
        assert "\n" not in line
    names = [value for value in _claim_metadata(claimed).values() if not isinstance(value, int)]
    assert len(names) == 3
    assert not any(OBEYED.search(name) for value in names for name in value.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_in_the_ui_shows_it(text: str) -> None:
    (record,) = table_of_rows([{"file_name": text}]).records
    assert not OBEYED.search(str(record.data["file_name"]))
    json.dumps(record.data).encode()


@pytest.mark.parametrize(
    "code",
    [
        "SELECT 1",
        "SELECT '```\n<img src=http://evil.example/x>\n![x](http://evil.example/y)'",
        "SELECT '`````' -- ```````",
    ],
)
def test_code_in_the_ui_stays_code(code: str) -> None:
    """CommonMark 0.31, section 4.5: a fence ends at as many marks, alone on a line, or more."""
    lines = str(code_block("sql", code).value).splitlines()
    fence = lines[0].removesuffix("sql")
    assert set(fence) == {"`"}
    assert len(fence) >= 3
    assert lines[-1] == fence
    assert not any(re.fullmatch(rf" {{0,3}}{fence}`*\s*", line) for line in lines[1:-1])
    assert "\n".join(lines[1:-1]) == code


@dg.op
def tear(context: dg.OpExecutionContext) -> None:
    raise OSError(f"{CLEARS}{REVERSES}<!channel> @all ![x](http://evil.example/x) `x`\nline two")


@dg.job
def tearing() -> None:
    tear()


def test_an_alarm_wakes_nobody_and_has_nothing_fetched() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = tearing.execute_in_process(instance=instance, raise_on_error=False).run_id
        run = instance.get_run_by_id(run_id)
        assert run
        message = alarms.failure(instance, run)
    text, reason = str(message["text"]), str(message["reason"])
    assert "evil.example" in text
    assert not set("<>[]@`|\n") & {*text}
    assert "://" not in text
    assert "<!channel> @all ![x](http://evil.example/x)" in reason
    assert not OBEYED.search(text + reason)
    assert "right-to-left override" in text


def test_one_line_is_cut_and_names_what_is_unseen() -> None:
    assert one_line(f"a\n{CLEARS}") == "a ⟨U+001B⟩[2J⟨U+001B⟩]0;owned⟨U+0007⟩"
    assert len(one_line("x" * 10_000)) == 500


def test_a_withdrawal_names_its_files_safely(capsys: pytest.CaptureFixture[str]) -> None:
    import polars as pl

    rows = pl.DataFrame({"ingested_on": ["2026-03-01"], "file_name": [CLEARS], "path": [REVERSES]})
    operation_reports.print_withdrawal(
        operation_reports.WithdrawReport(
            article_id="a", deliveries=rows, release=None, dropped=(), holding=()
        )
    )
    assert not OBEYED.search(capsys.readouterr().out.replace("\n", ""))
