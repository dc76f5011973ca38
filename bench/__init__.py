"""Measurements: accuracy and speed, beside other tools where there are any; builders of tables.

What belongs here: what prints or writes a figure, and what makes a reference table from its source.
What does not: anything that a night runs.
"""
