"""Entities and countries of an article: the only package that uses spaCy.

What belongs here: the way in. What does not: heavy imports; spaCy is imported where a model
is loaded, so that importing this package is cheap.
"""

from etl.extract.pipeline import Extraction, Extractor, build_extractor

__all__ = ["Extraction", "Extractor", "build_extractor"]
