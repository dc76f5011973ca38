"""The code behind an asset, as Dagster's UI links to it.

What belongs here: references to modules by their name. What does not: importing them.
"""

import warnings
from typing import Any

import dagster as dg

from etl.fingerprint import source_file

# Both are "in beta", which Dagster would tell at every start, an asset at a time.
warnings.filterwarnings("ignore", message="Class `(LocalFileCode|CodeReferences)")


def code_of(*modules: str) -> dict[str, Any]:
    """Metadata that names the files of modules. Raises ModuleNotFoundError where there is none."""
    references = dg.CodeReferencesMetadataValue(
        code_references=[
            dg.LocalFileCodeReference(file_path=str(source_file(module)), label=module)
            for module in modules
        ]
    )
    return {"dagster/code_references": references}
