"""Month names, as newspapers of many languages print them in a date.

What belongs here: names and the number they stand for. What does not: the shapes of dates
(readings.py).

Source: Unicode CLDR, calendar "gregorian", wide and abbreviated names in format and
stand-alone use, case-folded, without final points. Left out are names that are two months
(``listopad`` is October in Croatian and November in Polish) and one-letter forms.
"""

import unicodedata

_ENGLISH = {
    1: "january jan",
    2: "february feb",
    3: "march mar",
    4: "april apr",
    5: "may",
    6: "june jun",
    7: "july jul",
    8: "august aug",
    9: "september sept sep",
    10: "october oct",
    11: "november nov",
    12: "december dec",
}

_OTHER = {
    1: """
        ene enero gen gennaio ian ianuarie janeiro januar januari január januára janv
        janvier led leden ledna oca ocak sij siječanj siječnja sty styczeń stycznia ιαν
        ιανουάριοσ ιανουαρίου січ січень січня янв январь января яну януари јан јануар
        جنوری يناير ژانویه ژانویهٔ जन जनवरी জানু জানুয়ারী
    """,
    2: """
        febbraio febr febrero februar februari februarie február februára fev fevereiro
        févr février lut lutego luty velj veljača veljače úno únor února şub şubat φεβ
        φεβρουάριοσ φεβρουαρίου лют лютий лютого феб фебруар фев февр февраль февраля
        февруари فبراير فروری فوریه فوریهٔ फ़र फ़रवरी ফেব ফেব্রুয়ারী
    """,
    3: """
        bře březen března maart mac marca marec maret mars mart martie marts marzec
        marzo março mrt márc március mär märz ožu ožujak ožujka μάρ μάρτιοσ μαρ μαρτίου
        бер березень березня мар март марта مارس مارچ मार्च মার্চ
    """,
    4: """
        abr abril aprile aprilie apríl apríla avr avril dub duben dubna kwi kwiecień
        kwietnia nis nisan tra travanj travnja ápr április απρ απρίλιοσ απριλίου апр
        апрель апреля април квіт квітень квітня آوریل أبريل اپریل अप्रैल এপ্রি এপ্রিল
    """,
    5: """
        kvě květen května mag maggio mai maio maj maja mayo mayıs mei máj mája május svi
        svibanj svibnja μάι μάιοσ μαΐ μαΐου май мая мај трав травень травня مئی مايو
        مه مهٔ मई মে
    """,
    6: """
        cze czerwca czerwiec giu giugno haz haziran iun iunie juin junho juni junij
        junio jún júna június lipanj lipnja červen června čvn ιουν ιουνίου ιούν ιούνιοσ
        июн июнь июня черв червень червня юни јун جون يونيو ژوئن जून জুন
    """,
    7: """
        iul iulie juil juillet julai julho juli julij julio júl júla július lipca lipiec
        lug luglio srpanj srpnja tem temmuz července červenec čvc ιουλ ιουλίου ιούλ
        ιούλιοσ июл июль июля лип липень липня юли јул جولائی يوليو ژوئیه ژوئیهٔ जुल
        जुलाई জুল জুলাই
    """,
    8: """
        ago agosto agu agustus août augusta augusti augustus augusztus avg avgust ağu
        ağustos kol kolovoz kolovoza ogo ogos sie sierpień sierpnia srpen srpna αυγ
        αυγούστου αύγ αύγουστοσ авг август августа серп серпень серпня أغسطس اوت اگست अग
        अगस्त আগ আগস্ট
    """,
    9: """
        eyl eylül ruj rujan rujna sept septembar septembra septembre septembrie
        septiembre set setembro settembre szept szeptember wrz wrzesień września zář
        září σεπ σεπτέμβριοσ σεπτεμβρίου вер вересень вересня сент сентябрь сентября сеп
        септембар септември سبتمبر ستمبر سپتامبر सित सितंबर সেপ সেপ্টেম্বর
    """,
    10: """
        eki ekim octobre octombrie octubre okt oktobar oktober október októbra ott
        ottobre out outubro paź październik października říj říjen října οκτ οκτωβρίου
        οκτώβριοσ жовт жовтень жовтня окт октобар октомври октябрь октября أكتوبر اکتبر
        اکتوبر अक्टू अक्टूबर অক্টো অক্টোবর
    """,
    11: """
        kas kasım listopadu noiembrie novembar novembra novembre novembro noviembre stu
        studeni studenoga νοέ νοέμβριοσ νοε νοεμβρίου лист листопад листопада нов
        новембар ное ноември нояб ноябрь ноября نوامبر نوفمبر نومبر नव नवंबर নভে নভেম্বর
    """,
    12: """
        ara aralık decembar decembra decembrie des desember dez dezember dezembro dic
        dicembre diciembre dis disember déc décembre gru grudnia grudzień pro prosinac
        prosinca prosince prosinec δεκ δεκέμβριοσ δεκεμβρίου груд грудень грудня дек
        декабрь декабря декември дец децембар دسامبر دسمبر ديسمبر दिस दिसंबर ডিসে
        ডিসেম্বর
    """,
}

_NUMBER_OF = {
    name: number
    for names in (_OTHER, _ENGLISH)
    for number, line in names.items()
    for name in line.split()
}
_ENGLISH_NAMES = frozenset(" ".join(_ENGLISH.values()).split())


def month_number(name: str, *, needs_care: bool = False) -> int | None:
    """The month that ``name`` is, if any: ``Aug.`` and ``avgusta`` are 8.

    With ``needs_care``, for dates without a year, short names are taken in English only:
    the Portuguese ``out`` (October) must not read a date into "3 out of 5".
    """
    key = unicodedata.normalize("NFC", name).casefold().rstrip(".॰")
    if needs_care and len(key) < 4 and key not in _ENGLISH_NAMES:
        return None
    return _NUMBER_OF.get(key)
