"""Object storage by itself: addresses, what is shown of a failure, what an error comes to."""

import errno
from pathlib import Path

import pytest
from memory_store import memory_store, put
from pydantic import ValidationError

from assets.guard.object_access import open_store
from assets.settings import Settings, load_settings
from etl.errors import PASSING_ERRORS, SettingsError
from etl.objects.access import Access
from etl.objects.addresses import ObjectAddress, read_address
from etl.objects.faults import UnansweredError, UnreadableObjectError, translated

SECRET = "s3cr3t"
REFUSED = (
    f"s3://AKIA:{SECRET}@bucket/landing",
    f"s3://{SECRET}@bucket",
    f"s3:/AKIA:{SECRET}@bucket",
    f"S3://bucket/{SECRET}",
    f"s3://bucket:9000/{SECRET}",
    f"s3:///{SECRET}",
    f"s3://bucket/{SECRET}?versionId=1",
    f"s3://bucket//{SECRET}",
    f"s3://bucket/../{SECRET}",
    f"file:///{SECRET}",
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://news", ObjectAddress("s3", "news")),
        ("s3://news/", ObjectAddress("s3", "news")),
        ("s3://news/raw/wires/", ObjectAddress("s3", "news", "raw/wires")),
        ("memory://a.b-c_d/x", ObjectAddress("memory", "a.b-c_d", "x")),
    ],
)
def test_addresses(text: str, address: ObjectAddress) -> None:
    assert read_address(text) == address
    assert read_address(str(address)) == address


@pytest.mark.parametrize("setting", ["RAW", "PUBLISH_TO"])
@pytest.mark.parametrize("text", REFUSED)
def test_a_refused_address_is_named_by_its_setting_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, setting: str, text: str
) -> None:
    monkeypatch.setenv(f"DATELINE_{setting}", text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    told = str(caught.value)
    assert told.startswith(f"DATELINE_{setting}: expected ")
    assert SECRET not in told
    assert "\n" not in told


@pytest.mark.parametrize("text", ["1", "true", "[1]", "s3", "a:b/c", "./s3:/x", '{"bucket": "x"}'])
def test_a_path_stays_a_path(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("DATELINE_RAW", text)
    assert load_settings().raw == Path(text)


def test_a_place_to_upload_to_is_no_folder() -> None:
    with pytest.raises(ValidationError, match="expected a folder, or an address"):
        Settings(publish_to="uploads")


def test_what_lets_us_in_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    address = ObjectAddress("s3", "news")
    with pytest.raises(SettingsError) as caught:
        open_store(address, setting="DATELINE_RAW")
    missing = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY not set"
    assert str(caught.value) == f"DATELINE_RAW is in object storage, and {missing}"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://user:{SECRET}@127.0.0.1:9")
    with pytest.raises(SettingsError) as caught:
        open_store(address, setting="DATELINE_RAW")
    assert str(caught.value).startswith("AWS_ENDPOINT_URL: expected http(s)://host:port, without")
    assert SECRET not in str(caught.value)


def test_a_library_that_is_missing_is_named_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def without(*_: object, **__: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setattr("fsspec.filesystem", without)
    with pytest.raises(SettingsError) as caught:
        open_store(ObjectAddress("s3", "news"), setting="DATELINE_RAW")
    wanted = "Install s3fs to access S3; install it: make objects, or pip install 'dateline[s3]'"
    assert str(caught.value) == f"DATELINE_RAW=s3://news: {wanted}"


def test_a_protocol_that_nobody_knows_is_told() -> None:
    with pytest.raises(SettingsError, match=r"DATELINE_RAW=nosuch://news: Protocol not known"):
        open_store(ObjectAddress("nosuch", "news"), setting="DATELINE_RAW")


def test_no_credential_is_shown() -> None:
    access = Access(key_id="AKIA", secret_key=SECRET, session_token="t0ken")
    told = access.without_secrets(f"the key AKIA signed with {SECRET} and t0ken is unknown")
    assert told == "the key *** signed with *** and *** is unknown"
    assert not any(value in repr(access) for value in ("AKIA", SECRET, "t0ken"))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError("timed out"), UnansweredError),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), UnansweredError),
        (OSError(errno.EHOSTUNREACH, "no route"), UnansweredError),
        (FileNotFoundError("gone"), FileNotFoundError),
        (PermissionError("denied"), PermissionError),
        (OSError(errno.EREMOTEIO, "internal error"), OSError),
    ],
    ids=repr,
)
def test_what_an_error_comes_to(error: OSError, kind: type[OSError]) -> None:
    found = translated(error)
    assert type(found) is kind
    assert found.strerror == (error.strerror or str(error))
    passes = kind not in (FileNotFoundError, PermissionError)
    assert (found.errno in PASSING_ERRORS) == passes


def test_an_object_is_read_as_it_was_listed_or_not_at_all() -> None:
    store = memory_store()
    put(store, "deep/a.txt", b"Alpha.")
    put(store, "b.txt", b"Beta.")
    found = {one.key: one for one in store.list()}
    assert {key: one.size for key, one in found.items()} == {"deep/a.txt": 6, "b.txt": 5}
    with store.open(found["deep/a.txt"]) as stream:
        assert (stream.seek(2), stream.read(), stream.seek(0), stream.read(2)) == (
            *(2, b"pha."),
            *(0, b"Al"),
        )
    put(store, "deep/a.txt", b"Gamma.")
    store.delete("b.txt")
    for key, why in (("deep/a.txt", "it has changed since it was listed"), ("b.txt", "it is gone")):
        with pytest.raises(UnreadableObjectError, match=why):
            store.open(found[key])


def test_small_objects_come_and_go() -> None:
    store = memory_store()
    assert store.read("latest.json") is None
    store.write("latest.json", b"{}")
    assert store.read("latest.json") == b"{}"
    store.delete("latest.json")
    store.delete("latest.json")
    assert list(store.list()) == []
