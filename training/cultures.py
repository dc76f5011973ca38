"""How names are put together, by naming culture.

What belongs here: the forms of a full name and the part of it by which people are named again.
What does not: the lists themselves (names/*.csv) and the drawing (names).

A form is words with slots: g a given name, f a family name, m a middle name, F a family name
with the Arabic article, I an initial; ``gg`` without a space are two syllables of one given
name. ``again`` is the word by which the second mention goes, an index into the full name.
"""

from dataclasses import dataclass

WESTERN = ("g f",) * 8 + ("g I. f", "g g f")
IBERIAN = ("g f",) * 5 + ("g f f",) * 4 + ("g g f", "g de f", "g f de f")
GIVEN_FIRST = ("g f",) * 8 + ("g g f",)


@dataclass(frozen=True)
class Culture:
    name: str
    weight: float
    forms: tuple[str, ...] = WESTERN
    again: int = -1


CULTURES = (
    Culture(
        "arabic",
        3.0,
        ("g f",) * 4
        + ("g F",) * 5
        + ("g g f", "g g F", "g bin g F", "g bin g", "g ibn f", "Abu g F", "Abu g", "Umm g")
        + ("Abdul g F", "Abdel g F", "Abd g f", "g Abu f"),
    ),
    Culture("maghreb", 1.2, ("g f",) * 6 + ("g Ben f", "g Ould f", "g Ould g", "g El f", "g g f")),
    Culture("persian", 1.6, ("g f",) * 8 + ("Seyed g f", "g g f")),
    Culture("afghan", 1.2, ("g f",) * 5 + ("g g f", "g g", "g", "g Khan", "g Khan f")),
    Culture("kurdish", 0.6, GIVEN_FIRST),
    Culture("turkish", 1.6, ("g f",) * 7 + ("g g f",) * 2),
    Culture(
        "pakistani",
        1.8,
        ("g f",) * 6 + ("g g f",) * 3 + ("g g", "Syed g f", "g-ur-Rehman", "g Khan"),
    ),
    Culture("hindi", 2.4, ("g f",) * 7 + ("g Kumar f", "g Singh f", "I.I. f", "g g f", "I. g f")),
    Culture(
        "south_indian", 1.0, ("g f",) * 2 + ("I. g", "I.I. g", "I.I. f", "g I.", "I. f", "g g")
    ),
    Culture(
        "bengali",
        1.0,
        ("g f",) * 5 + ("Md g f", "I I I g f", "g g f", "Mohammad g f", "Sheikh g f"),
    ),
    Culture("sinhala", 0.9, ("g f",) * 6 + ("g g f", "I.I. f", "I.I.I. f", "g de f")),
    Culture("nepali", 0.8, ("g f",) * 5 + ("g Bahadur f", "g Prasad f", "g Kumari f", "g Raj f")),
    Culture("tibetan_bhutanese", 0.4, ("g g",) * 3 + ("g", "g g g")),
    Culture("chinese", 2.4, ("f g",) * 3 + ("f Gg",) * 6 + ("f G-g", "Gg f", "G g f"), 0),
    Culture("taiwanese", 0.7, ("f g",) * 7 + ("g f",), 0),
    Culture("cantonese", 0.7, ("f g",) * 6 + ("g f", "I f g"), 0),
    Culture("korean", 1.4, ("f g",) * 7 + ("g f",) * 3, 0),
    Culture("japanese", 1.6, ("g f",) * 8 + ("f g",)),
    Culture("vietnamese", 1.2, ("f m g",) * 6 + ("f g g", "f g", "f m g g"), -1),
    Culture("thai", 0.9, ("g f",) * 8 + ("g Na f",), 0),
    Culture("khmer", 0.6, ("f g",) * 8 + ("f g g",), -1),
    Culture("burmese", 0.9, ("g g", "g g g", "g g g", "g g g g"), -1),
    Culture(
        "malay", 1.0, ("g f",) * 4 + ("g g f", "g bin f", "g g bin f", "g binti f", "g bin g g")
    ),
    Culture("indonesian", 1.3, ("g f",) * 7 + ("g", "g g", "g g f", "I Gusti g f", "g I. f"), 0),
    Culture("filipino", 1.1, ("g f",) * 7 + ("g I. f", "g f-f", "g g f")),
    Culture("ethiopian", 1.2, ("g g",) * 8 + ("g g g",), 0),
    Culture("eritrean", 0.4, ("g g",) * 6 + ("g g g",), 0),
    Culture("somali", 0.9, ("g g f",) * 5 + ("g f",) * 3 + ("g Sheikh f", "g Haji f")),
    Culture("swahili_kenyan", 1.6, ("g f",) * 8 + ("g f f", "g Arap f", "g wa f")),
    Culture("ugandan", 0.8, GIVEN_FIRST),
    Culture("rwandan_burundian", 0.8, ("g f",) * 5 + ("f g", "g g f")),
    Culture("congolese", 0.9, ("g f",) * 5 + ("g f f", "g f wa f", "f f")),
    Culture("nigerian", 1.8, ("g f",) * 8 + ("g g f", "g I. f", "g-g f")),
    Culture("ghanaian", 0.9, ("g f",) * 6 + ("g g f", "g f-f", "g f f")),
    Culture("sahel_west_african", 1.4, ("g f",) * 8 + ("g g f", "g Ould f", "g ag f")),
    Culture("gulf_of_guinea_french", 0.8, ("g f",) * 7 + ("f g", "g f f", "g g f")),
    Culture("southern_african", 1.7, GIVEN_FIRST),
    Culture("lusophone_african", 0.7, ("g f",) * 6 + ("g dos f", "g g f", "g f f", "g da f")),
    Culture("malagasy_islands", 0.3, ("g f",) * 5 + ("f g", "f g g")),
    Culture("afrikaans", 0.5),
    Culture("russian", 1.8, ("g f",) * 9 + ("g I. f",)),
    Culture("ukrainian_belarusian", 1.3, ("g f",)),
    Culture("polish", 0.8, ("g f",) * 8 + ("g f-f",)),
    Culture("czech_slovak", 0.6, ("g f",)),
    Culture("balkan", 1.4, ("g f",)),
    Culture("greek", 0.7, ("g f",)),
    Culture("hungarian", 0.4, ("g f",) * 8 + ("g f-f", "f g")),
    Culture("romanian", 0.6, ("g f",) * 8 + ("g-g f", "g g f")),
    Culture("baltic_finnic", 0.6, ("g f",)),
    Culture("georgian_armenian", 1.1, ("g f",)),
    Culture("azeri_turkmen", 0.9, ("g f",) * 8 + ("g g oglu f",)),
    Culture("central_asian", 1.1, ("g f",) * 9 + ("g g",)),
    Culture("mongolian", 0.4, ("f g", "I. g", "g f", "f-yn g"), -1),
    Culture("hebrew", 0.9, ("g f",) * 8 + ("g f-f", "g Ben f", "g Bar-f")),
    Culture("latin_american", 2.6, IBERIAN),
    Culture("brazilian", 1.2, (*IBERIAN, "g da f", "g dos f")),
    Culture("iberian", 0.8, (*IBERIAN, "g i f")),
    Culture("caribbean_haitian", 0.8, GIVEN_FIRST),
    Culture("pacific", 0.9, ("g f",) * 8 + ("Ratu g f", "g g f", "g Te f")),
    Culture("nordic", 0.8, ("g f",) * 7 + ("g f f", "g-g f", "g af f")),
    Culture("icelandic", 0.2, ("g gsson", "g gsdóttir"), 0),
    Culture("german", 0.9, ("g f",) * 8 + ("g von f", "g f-f", "g-g f", "g von der f")),
    Culture("dutch", 0.7, ("g f",) * 5 + ("g van f", "g van der f", "g de f", "g van den f")),
    Culture("french", 0.9, ("g f",) * 7 + ("g-g f", "g de f", "g Le f")),
    Culture("italian", 0.8, ("g f",) * 8 + ("g Di f", "g De f", "g D'f")),
    Culture("english", 2.6, WESTERN),
    Culture("irish", 0.5, ("g f",) * 5 + ("g O'f", "g Mc f")),
)
