"""The page of a night: what its audit saw, as one HTML file that needs nothing else.

What belongs here: reading the audited file (facts.py), geometry (charts.py), the template and
its filling (render.py), and where pages lie (archive.py). What does not: any judgement: verdicts
are those of the expectations.
"""
