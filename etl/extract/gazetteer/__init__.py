"""Names known without the article: places, peoples, organisations, persons' names.

What belongs here: reading the tables of names, and finding their names in a text. What does
not: which of its meanings a name has in an article (places) and rules for unknown names (names).
"""
