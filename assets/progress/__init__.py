"""How far something long is: told on a terminal by a bar, in a log by a line every so often.

What belongs here: counting what is done, its rate and the time left, and showing them. What does
not: what is counted, which each step knows (assets/night/), and Dagster.
"""
