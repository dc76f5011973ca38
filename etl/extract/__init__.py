"""Entities and countries of an article: the only package that uses spaCy."""
