"""Object storage, against a real server: nights that land from it, and releases uploaded to it."""

import gzip
import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from ferries import ferry
from landed import FEW, claimed, zipped
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, rows
from object_server import BUCKET, KEY_ID, SECRET_KEY, Server, access_to, serving

from assets.doctor.objects import examine_bucket, examine_uploads
from assets.guard.object_access import open_store
from assets.night.uploaded import upload
from assets.operations.releases import roll_back
from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job
from assets.resources import make_home, make_landing
from etl.errors import LandingError
from etl.lake.store import Lake
from etl.landing.bucket import scan_bucket
from etl.landing.claims import Claim, claim
from etl.landing.scan import LandedFile
from etl.objects.addresses import read_address
from etl.objects.store import BLOCK_BYTES, ObjectStore

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LATER = date(2026, 3, 3)
UPLOADS = f"s3://{BUCKET}/files"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def let_in(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    set_access(monkeypatch, server.endpoint)


def set_access(monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    for name, value in access_to(endpoint).items():
        monkeypatch.setenv(name, value)


def sidecar(number: int) -> bytes:
    return json.dumps({"url": f"https://example.com/{number}"}).encode()


def lines(*numbers: int) -> bytes:
    return b"".join(json.dumps({"text": ferry(n)}).encode() + b"\n" for n in numbers)


LANDED = {
    "wires/ferry-0.txt": ferry(0).encode(),
    "wires/ferry-0.json": sidecar(0),
    "pack.zip": zipped({"ferry-1.txt": ferry(1).encode(), "ferry-1.json": sidecar(1)}),
    "lines.jsonl.gz": gzip.compress(lines(2, 3), mtime=0),
}

# -- landing ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night from objects, which is uploaded as well."""
    folder = tmp_path_factory.mktemp("objects")
    for key, content in LANDED.items():
        server.put(f"night/{key}", content)
    with pytest.MonkeyPatch.context() as patch:
        set_access(patch, server.endpoint)
        outcome = materialise(folder / "home", raw=f"s3://{BUCKET}/night", publish_to=UPLOADS)
    assert outcome.is_whole, (outcome.failures, outcome.failed_checks)
    return folder / "home"


def test_a_night_from_objects_is_that_of_the_same_files(home: Path, tmp_path: Path) -> None:
    for key, content in LANDED.items():
        path = tmp_path / "raw" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert materialise(tmp_path / "home", raw=tmp_path / "raw").is_whole
    same = "SELECT COLUMNS(lambda name: name NOT IN ('run_id', 'mtime')) FROM {} ORDER BY ALL"
    for question in map(same.format, ("articles", "deliveries")):
        found = rows(home, question)
        assert len(found) == 4
        assert found == rows(tmp_path / "home", question)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def take(prefix: str, lake: Lake, night: date = NIGHT) -> Claim:
    return claim(scan_bucket(store_of(prefix)), lake, night=night, limits=FEW)


def store_of(prefix: str) -> ObjectStore:
    return open_store(read_address(f"s3://{BUCKET}/{prefix}"), setting="DATELINE_RAW")


def test_an_object_is_new_only_with_another_content(server: Server, lake: Lake) -> None:
    for key, content in LANDED.items():
        server.put(f"again/{key}", content)
    assert take("again", lake).document_count == 4
    server.put("again/wires/ferry-0.txt", LANDED["wires/ferry-0.txt"])
    nothing = take("again", lake)
    assert (nothing.file_count, nothing.unreadable) == (0, ())
    server.put("again/wires/ferry-0.txt", ferry(9).encode())
    server.put("again/pack.zip", zipped({"ferry-1.txt": ferry(1).encode(), "n.txt": b"New."}))
    replaced = take("again", lake)
    assert (replaced.file_count, replaced.document_count) == (2, 3)  # one lost its sidecar


def test_what_changes_or_goes_after_the_listing_is_left(server: Server, lake: Lake) -> None:
    for name in "abcd":
        server.put(f"moving/{name}.txt", name.encode())
    server.put("moving/c.json", b"{}")
    found = scan_bucket(store_of("moving"))
    server.delete("moving/a.txt")
    server.put("moving/b.txt", b"other")
    server.put("moving/c.json", b'{"title": "C"}')
    taken = claim(found, lake, night=NIGHT, limits=FEW)
    assert [line.partition(" ")[0] for line in taken.unreadable] == ["a.txt", "b.txt", "c.txt"]
    assert taken.unreadable[1] == "b.txt (it has changed since it was listed)"
    assert claimed(lake)["path"].to_list() == ["d.txt"]
    assert take("moving", lake).document_count == 2


def test_an_object_that_changes_between_two_pieces_is_left(server: Server, lake: Lake) -> None:
    text = json.dumps({"text": "x" * 50_000}).encode() + b"\n"
    content = text * (2 * BLOCK_BYTES // len(text))
    server.put("long/lines.jsonl", content)
    assert take("long", lake).document_count == content.count(b"\n")
    found = scan_bucket(store_of("long"))
    (row,) = found.files.iter_rows()
    with (
        found.place.opened(found.files.clear()) as place,
        place.open_file(b"lines.jsonl", LandedFile(*row).state) as stream,
    ):
        assert stream.read(100) == content[:100]
        server.put("long/lines.jsonl", content[::-1])
        with pytest.raises(OSError, match="it has changed since it was listed"):
            stream.read()


def test_odd_keys_are_left_and_named(server: Server, lake: Lake) -> None:
    accented = "caf\N{LATIN SMALL LETTER E WITH ACUTE}.txt"
    plain = ("a b.txt", "50%41.txt", accented, "b\\x41.txt")
    for name in (*plain, "../up.txt", "/top.txt", "x//y.txt", "folder/", ".hidden.txt"):
        server.put(f"odd/{name}", name.encode())
    taken = take("odd", lake)
    assert sorted(claimed(lake)["raw"].to_list()) == sorted(n.encode() for n in plain)
    assert [line.partition(" ")[0] for line in taken.unreadable] == [
        *("../up.txt", "/top.txt", "x//y.txt")
    ]


# -- uploads ----------------------------------------------------------------------------------


def pointer(server: Server, place: str = "files") -> dict[str, object]:
    value: dict[str, object] = json.loads(server.get(f"{place}/latest.json"))
    return value


def test_a_reader_finds_the_file_by_its_pointer(server: Server, home: Path, tmp_path: Path) -> None:
    """Over plain HTTP, as DuckDB's httpfs or curl would."""
    told = pointer(server)
    content = server.get(f"files/{told['name']}")
    assert (len(content), hashlib.sha256(content).hexdigest()) == (told["bytes"], told["sha256"])
    (tmp_path / "copy.duckdb").write_bytes(content)
    with duckdb.connect(str(tmp_path / "copy.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchall() == [(4,)]
        found = con.execute("SELECT version, digest FROM releases").fetchall()
    manifest = json.loads(server.get(f"files/{told['manifest']}"))
    assert (
        found == [(told["version"], told["digest"])] == [(manifest["version"], manifest["digest"])]
    )
    assert server.keys("files") == sorted([str(told["name"]), str(told["manifest"]), "latest.json"])


KILLED = """
import logging, os, signal
from etl.objects.store import ObjectStore
write = ObjectStore.write
def die(store, key, *arguments, **options):
    if key == "latest.json":
        os.kill(os.getpid(), signal.SIGKILL)
    write(store, key, *arguments, **options)
ObjectStore.write = die
from assets.night.uploaded import upload
from assets.resources import make_home
from assets.settings import load_settings
upload(make_home(load_settings()), log=logging.getLogger())
"""


def raw_of(home: Path) -> Path:
    return home.parent / "raw"


def write_raw(home: Path, name: str, text: str) -> None:
    raw_of(home).mkdir(exist_ok=True)
    (raw_of(home) / name).write_text(text)


def run(home: Path, night: date, *, to: str | None) -> bool:
    outcome = materialise(home, night=night, raw=raw_of(home), publish_to=to)
    assert outcome.is_whole, (outcome.failures, outcome.failed_checks)
    return outcome.is_unchanged


def test_uploads_that_fail_or_are_killed_a_rollback_and_a_withdrawal(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What readers of the pointer have, step by step, is always one whole published file."""
    home, to = tmp_path / "home", f"s3://{BUCKET}/steps"
    of_home = make_home(make_settings(home, raw=raw_of(home), publish_to=to))
    write_raw(home, "ferry-0.txt", ferry(0))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    why = f"published here, but not uploaded: DATELINE_PUBLISH_TO={to}: no answer from http://127"
    for step in ("published", "staging"):  # the second run has nothing to stage
        outcome = materialise(home, raw=raw_of(home), publish_to=to)
        assert (outcome.is_published, outcome.is_whole) == (True, False)
        assert outcome.is_unchanged == (step == "staging")
        (failure,) = outcome.failures
        assert failure.startswith(f"{step}: {why}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.endpoint)
    assert server.keys("steps") == []
    upload(of_home, log=logging.getLogger()).check()
    assert pointer(server, "steps")["version"] == "2026.03.01"

    write_raw(home, "retracted.txt", ferry(1).replace("Kisumu", "Mfangano"))
    run(home, NEXT_NIGHT, to=None)
    settings = {"DATELINE_HOME": str(home), "DATELINE_PUBLISH_TO": to}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, env={**os.environ, **settings}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert "dateline-2026.03.02.json" in server.keys("steps")
    assert pointer(server, "steps")["version"] == "2026.03.01"
    assert run(home, NEXT_NIGHT, to=to)  # nothing differs, and the upload is taken up
    assert pointer(server, "steps")["version"] == "2026.03.02"

    report = roll_back(of_home, "previous")
    assert report.uploading.done is not None
    assert report.uploading.done.sent_bytes == 0
    assert pointer(server, "steps")["version"] == "2026.03.01"
    roll_back(of_home, "2026.03.02")

    ((article_id,),) = rows(home, "SELECT article_id FROM articles WHERE body LIKE '%Mfangano%'")
    for drops, there in ((False, [f"{to}/dateline-2026.03.02.duckdb"]), (True, [])):
        withdrawn = operate(
            home,
            withdraw_job,
            WithdrawConfig(article_id=str(article_id), reason="asked for", drop_releases=drops),
            WithdrawReport,
            today=LATER,
            raw=raw_of(home),
            publish_to=to,
        )
        assert list(withdrawn.uploaded) == there
        assert pointer(server, "steps")["version"] == "2026.03.03"
        assert ("dateline-2026.03.02.duckdb" in server.keys("steps")) == bool(there)
    assert "dateline-2026.03.01.duckdb" in server.keys("steps")


# -- what goes wrong --------------------------------------------------------------------------


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(refuses=True) as server:
        set_access(monkeypatch, server.endpoint)
        yield server


def shows_no_secret(told: str) -> bool:
    return not any(secret in told for secret in (KEY_ID, SECRET_KEY)) and "\n" not in told


def test_a_key_that_is_refused_is_told_without_it(refusing: Server, tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "home", raw=f"s3://{BUCKET}/night", publish_to=UPLOADS)
    with pytest.raises(LandingError) as caught:
        make_landing(settings).scan(now=LATER)
    told = str(caught.value)
    assert told.startswith(f"DATELINE_RAW=s3://{BUCKET}/night: access denied (AWS_ACCESS_KEY_ID, ")
    assert shows_no_secret(told)
    for examine, setting in ((examine_bucket, "RAW"), (examine_uploads, "PUBLISH_TO")):
        (finding,) = examine(settings)
        assert (finding.status, finding.message.partition("=")[0]) == (
            "fail",
            f"DATELINE_{setting}",
        )
        assert shows_no_secret(finding.message)


def test_no_credential_is_left_in_the_home(home: Path) -> None:
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) > 20
    for secret in (KEY_ID.encode(), SECRET_KEY.encode()):
        assert [path for path in files if secret in path.read_bytes()] == []


def test_a_bucket_that_is_not_there_and_a_server_that_is_silent_are_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landing = make_landing(make_settings(tmp_path / "home", raw="s3://nowhere/night"))
    with pytest.raises(LandingError, match=r"^DATELINE_RAW=s3://nowhere/night: .*does not exist"):
        landing.scan(now=LATER)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    why = r"^DATELINE_RAW=s3://nowhere/night: no answer from http://127\.0\.0\.1:9 \(AWS_ENDPOINT"
    with pytest.raises(LandingError, match=why):
        landing.scan(now=LATER)


def test_the_doctor_is_content(server: Server, home: Path) -> None:
    settings = make_settings(home, raw=f"s3://{BUCKET}/night", publish_to=UPLOADS)
    before = server.keys("files")
    found = [*examine_bucket(settings), *examine_uploads(settings)]
    assert [(one.status, one.message) for one in found] == [
        ("ok", f"s3://{BUCKET}/night: 0 new objects"),
        ("ok", UPLOADS),
    ]
    assert server.keys("files") == before
