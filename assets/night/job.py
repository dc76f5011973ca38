"""The nightly job: every asset and every check, in one process.

What belongs here: jobs. What does not: when they run (assets/watch/schedules.py).
"""

import dagster as dg

from assets.night.freshness import freshness_check

nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all() - dg.AssetSelection.checks(freshness_check),
    executor_def=dg.in_process_executor,
    # A killed run is started again from the beginning: finished parts are not done again.
    tags={"dagster/retry_strategy": "ALL_STEPS"},
    description="One night: claim, parse, normalise, extract, stage, audit, publish.",
)
"""Without the freshness, which is looked at from outside of runs.

In one process: the steps are strictly sequential, and a process a step costs 20 s a night.
The parallel work is inside the steps, over parts."""
