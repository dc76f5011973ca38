"""Persons and organisations by rule: titles, given names, heads and suffixes of organisations.

What belongs here: telling from the words of a name, and from those beside it, whose name it is.
What does not: places (places) and what one mention says of another (passes).
"""
