"""What stands in the way of the next night: one module per subject, a finding per question.

What belongs here: questions that can be answered without doing any work, and a plain remedy
for each bad answer. What does not: mending anything, and judging the data (expectations/).
"""
