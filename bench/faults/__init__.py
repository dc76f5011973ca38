"""What goes wrong with landing folders, homes and machines, made on purpose and measured.

What belongs here: a command for each kind of fault, which prints what became of it. What does
not: the quick forms of them, which are tests.
"""
