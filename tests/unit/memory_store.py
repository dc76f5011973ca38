"""Places in object storage that live in the memory of a test, through fsspec's own."""

from itertools import count

from fsspec.implementations.memory import MemoryFileSystem

from etl.objects.access import Access
from etl.objects.addresses import ObjectAddress
from etl.objects.store import ObjectStore

_BUCKETS = count(1)


def memory_store(*, prefix: str = "landing", setting: str = "DATELINE_RAW") -> ObjectStore:
    """A place of its own: fsspec keeps all of them in one dictionary."""
    address = ObjectAddress("memory", f"bucket-{next(_BUCKETS)}", prefix)
    return ObjectStore(address, Access(), setting=setting)


def put(store: ObjectStore, key: str, content: bytes) -> None:
    """Have an object of that content there; the memory of fsspec knows no bucket to be made."""
    address = store.address
    MemoryFileSystem().pipe_file(f"/{address.bucket}/{address.prefix}/{key}", content)
