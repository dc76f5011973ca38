"""Training of the entity model: open data plus augmentation in, a small spaCy pipeline out.

What belongs here: what ``make train DATA=...`` runs. What does not: the use of the model, which
is etl.extract's; nothing outside this package imports it, and the shipped weights need none of it.
"""
