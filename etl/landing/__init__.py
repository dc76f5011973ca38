"""From the landing folder to tonight's claim.

What belongs here: what lies in the folder (scan), the kinds of files that hold documents
(drops), and claiming what is new with its bytes (claims). What does not: what a document says
(etl/decode.py, etl/parse/).
"""
