"""English words for months, weekdays, numbers and units, and the patterns made of them.

What belongs here: words and what they number. What does not: shapes (expressions.py). All is
lower case: shapes are matched against text in lower case.
"""

from calendar import day_name, month_name

from etl.dates.mentions.periods import Unit

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(day_name)}
NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero;a an one;two couple;three;four;five;six;seven;eight;nine;ten;eleven;twelve".split(";")
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}
UNITS: dict[str, Unit] = {
    "day": "day", "night": "day", "week": "week", "month": "month", "quarter": "quarter",
    "year": "year", "decade": "decade",
    "morning": "day", "afternoon": "day", "evening": "day",
}  # fmt: skip

_FULL_MONTHS = "|".join(name.lower() for name in month_name if name)
# "Sept." and "Sep", never "sep" within a word: the shapes see to its ends.
MONTH = rf"(?:{_FULL_MONTHS}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?)"
NUMBER = (
    r"(?:a couple of|couple of|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|\d{1,3})"
)
UNIT = "(?:day|week|month|year|decade)"
MANY = "(?:days|weeks|months|years|decades|quarters)"


def month(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def number(words: str) -> int:
    """ "a couple of" is 2, "fifteen" and "15" are 15."""
    if words.isdigit():
        return int(words)
    return NUMBERS[words.removeprefix("a ").removesuffix(" of")]
