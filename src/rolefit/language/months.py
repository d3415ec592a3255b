"""Names of months, seasons and quarters, and the words around dates, in the languages of resumes.

A resume in English has German or Polish dates where its writer's program put them; so the words of
all languages count in every text. They mean a date only beside a year.
"""

# ruff: noqa: RUF001  (curly quotes, dashes and letters with marks are what is read)
from __future__ import annotations

import unicodedata

# A line a month: English, then German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian,
# Polish, Czech, Romanian, Hungarian, Turkish and Finnish where they differ; short forms among them.
_MONTHS = """
january jan januar jänner jän janvier janv enero ene gennaio genn janeiro januari styczeń stycznia
    stycz leden ledna ianuarie január ocak oca tammikuu
february feb febr febuary februar feber février févr fév febrero febbraio febbr fevereiro fev
    februari luty lutego únor února februarie február şubat şub helmikuu
march mar märz maerz mrz mär mars marzo março maart mrt marts marzec marca březen března martie
    március márc mart maaliskuu
april apr avril avr abril abr aprile aprilie kwiecień kwietnia kwi duben dubna április nisan
    huhtikuu
may mai maja mayo maggio magg mag maio mei maj květen května május mayıs toukokuu
june jun juni juin junio giugno giu junho czerwiec czerwca cze červen června iunie június haziran
    haz kesäkuu
july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července iulie július
    temmuz heinäkuu
august aug août agosto ago augustus augusti sierpień sierpnia srpen srpna augusztus ağustos ağu
    elokuu
september sept sep septembre septiembre setiembre settembre sett setembro set wrzesień września
    wrz září septembrie szeptember szept eylül eyl syyskuu
october oct oktober okt octobre octubre ottobre ott outubro out październik października paź říjen
    října octombrie október ekim lokakuu
november nov novembre noviembre novembro listopad listopada listopadu noiembrie kasım marraskuu
december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des grudzień grudnia
    gru prosinec prosince decembrie aralık joulukuu
"""
_SEASONS = {
    (3, 5): "spring frühling frühjahr printemps primavera lente vår forår wiosna",
    (6, 8): "summer sommer été verano estate verão zomer sommar lato",
    (9, 11): "fall autumn herbst automne otoño autunno outono herfst höst efterår jesień",
    (1, 2): "winter hiver invierno inverno vinter zima",
}
# "Oct 2021 - today" in the same languages: after a dash or a word of the next list.
_NOW = """
present(?:ly)? pres(?:\\.|\\b) the_present(?:_day)? current(?:ly)? curr?\\. (?:as_of_)?now ongoing
on-going today (?:to)?-?date still continuing continued continues onwards?
"""
_NOW_ABROAD = """
heute jetzt aktuell laufend gegenwärtig dato présent aujourd['’]hui (?:à_)?ce_jour actuellement
actuel(?:le)? (?:en|in)_(?:cours|corso|curso) (?:el_)?presente (?:la_)?actualidad actualmente actual
la_fecha hoy (?:ad_)?oggi attuale attualmente (?:o_)?atual(?:mente)? (?:o_)?momento hoje heden nu
nuvarande pågående nåværende nå i_dag obecnie nadal teraz dziś chwili_obecnej současnost dnes
prezent jelenleg günümüz halen nykyinen nyt
"""
_TO = "to(?:_the\\b)? thru through until+ till? up_?to bis jusqu['’]?(?:à|en|au)? hasta até tot t/m"
_TO_BRIEF = "à au a al fino_al? do"  # between whole dates, and before "now" in their own languages
_SINCE = (
    "since from starting beginning began seit ab depuis dès desde dal dalla sinds sedan siden od"
)


def _plain(name: str) -> str:
    """Without marks: "marz", "fevrier", as those write who have no such keys."""
    bare = unicodedata.normalize("NFD", name.replace("ł", "l").replace("ı", "i"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _numbered() -> dict[str, int]:
    found: dict[str, int] = {}
    number = 0
    for line in _MONTHS.strip().splitlines():
        number += not line.startswith(" ")
        for name in line.split():
            found.setdefault(name, number)
    for name in list(found):
        found.setdefault(_plain(name), found[name])
    return found


def _any(names: str | dict[str, int]) -> str:
    """A pattern of all names, long ones first; "_" is a blank."""
    words = names.split() if isinstance(names, str) else names
    ordered = sorted(words, key=lambda name: (-len(name), name))
    return "|".join(ordered).replace("_", "[ ]")


MONTHS = _numbered()  # name in small letters -> 1 to 12
SEASONS = {
    form: months for months, names in _SEASONS.items() for name in names.split()
    for form in (name, _plain(name))
}  # fmt: skip
MONTH = f"(?:{_any(MONTHS)})(?![^\\W\\d_])"
SEASON = f"(?:{_any(' '.join(SEASONS))})"
NOW_ABROAD = f"(?:{_any(_NOW_ABROAD)})(?!\\w)"
NOW = f"(?:{_any(_NOW + _NOW_ABROAD)})(?!\\w)"
TO_BRIEF = f"(?:{_any(_TO_BRIEF)})(?!\\w)"
TO = f"(?:{_any(_TO)})(?!\\w)"
SINCE = f"(?:{_any(_SINCE)})"
INITIALS = "".join(sorted({name[0] for name in (*MONTHS, *SEASONS)} | set("qhtk")))
