"""The text of a field: its words, how it is capitalised, where given names stand in it.

What belongs here: what can be said of a text without knowing any name. What does not: names of
the world (gazetteer) and what becomes of them (places, names, passes).
"""
