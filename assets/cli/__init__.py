"""The command line: the commands, and what they print.

What belongs here: arguments, the process of a command, and the layout of its answer. What does
not: any work of its own: a command runs the job that Dagster runs.
"""
