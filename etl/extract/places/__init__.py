"""Toponym resolution: which place or country a name means where it stands.

What belongs here: the words around a name, the article as its context, and the choice among
meanings. What does not: finding the names (gazetteer) and the countries of an article (countries).
"""
