"""The sources stage: who published an article, who wrote it, whom it cites.

What belongs here: the registry of outlets and agencies, and finding them in sidecars,
datelines, credits, disclaimers and in the text. What does not: organisations that an article
speaks about (etl/extract).
"""

from etl.sources.attribution import attribute_sources
from etl.sources.registry import load_registry
from etl.sources.worklist import unmapped_names

__all__ = ["attribute_sources", "load_registry", "unmapped_names"]
