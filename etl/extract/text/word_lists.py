"""Words that several rules look up.

What belongs here: sets of folded words. What does not: titles and heads of organisations
(names) and words that one rule alone needs.
"""

NAME_PARTICLES = frozenset("al el bin ibn de da dos van von der den la le di du zu abu".split())

NOT_NAMES = frozenset(
    "the a an in on at by for from with and or but he she it they we his her their its as if when "
    "after before while january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday inc corp ltd co "
    "plc foreign prime home interior defence defense finance state deputy vice former chief "
    "national federal general joint today yesterday new north south east west opposition ruling "
    "rival governing".split()
)

# What the wire writes short: "Qtly div 22 cts vs 20 cts".
ABBREVIATIONS = frozenset("qtly mthly yrly div divs mln bln dlrs dlr cts shr shrs revs vs".split())
