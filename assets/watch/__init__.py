"""What acts without being asked: schedules, sensors, alarms.

What belongs here: when a run starts by itself, who is told of a failure, and how long Dagster
remembers its runs. What does not: the runs themselves (assets/night/, assets/operations/).
"""
