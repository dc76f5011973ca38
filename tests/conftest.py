"""Settings of all tests: read when the code location is imported, so set before that.

No test reads the settings of the person who runs it.
"""

import os

for name in [name for name in os.environ if name.startswith(("DATELINE_", "DAGSTER_"))]:
    if name != "DATELINE_CORPUS":
        del os.environ[name]
os.environ["DATELINE_FIRST_NIGHT"] = "2026-01-01"
