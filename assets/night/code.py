"""The code behind an asset, as Dagster's UI links to it.

What belongs here: references to modules by their name. What does not: importing them.
"""

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dagster as dg

# Both are "in beta", which Dagster would tell at every start, an asset at a time.
warnings.filterwarnings("ignore", message="Class `(LocalFileCode|CodeReferences)")


def code_of(*modules: str) -> dict[str, Any]:
    """Metadata that names the files of modules. Raises ModuleNotFoundError where there is none."""
    references = dg.CodeReferencesMetadataValue(
        code_references=[
            dg.LocalFileCodeReference(file_path=_file(module), label=module) for module in modules
        ]
    )
    return {"dagster/code_references": references}


def _file(module: str) -> str:
    """By the path of its package: Python's own search would import what lies above it."""
    top, *below = module.split(".")
    spec = find_spec(top)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    place = Path(spec.origin).parent.joinpath(*below)
    files = [file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()]
    if not files:
        raise ModuleNotFoundError(module)
    return str(files[0])
