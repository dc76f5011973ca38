"""The page of a night: its news and what its audit saw, as one HTML file that needs nothing else.

What belongs here: reading the audited file (facts.py, feeds.py, front.py) and earlier audits
(history.py), geometry (charts.py, world_map.py), the templates and their filling (render.py,
templates.py), where pages lie (archive.py) and their index (index.py). What does not: any
judgement: verdicts are those of the expectations.
"""
