"""The sources stage: who published an article, who wrote it, whom it cites.

What belongs here: the registry of outlets and agencies, and finding them in sidecars,
datelines, credits, disclaimers and in the text. What does not: organisations that an article
speaks about (etl/extract).
"""

from etl.sources.attribution import attribute_sources
from etl.sources.corrections import find_touched
from etl.sources.registry import load_registry, read_registry
from etl.sources.worklist import find_unmapped

__all__ = ["attribute_sources", "find_touched", "find_unmapped", "load_registry", "read_registry"]
