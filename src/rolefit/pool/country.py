"""Where a resume says that somebody lives: by its head, or a line that is called so.

Only what is written counts: a country, a state or postcode that one country alone has, a large
city, the country code of a phone number. What says nothing is no country at all.
"""

from __future__ import annotations

import re
from functools import cache

from rolefit.records import Document

HEAD = 8  # lines in which an address stands
LONGEST = 12  # words of such a line: a sentence may name any country
# code, names | country code of phone numbers (none for the shared 1) | well-known cities
_TABLE = """
AE United Arab Emirates;UAE;Dubai;Abu Dhabi;Sharjah|971|
AR Argentina|54|Buenos Aires
AT Austria;Österreich|43|Vienna;Wien;Graz;Linz;Salzburg;Innsbruck
AU Australia|61|Sydney;Melbourne;Brisbane;Adelaide;Canberra;Hobart
BD Bangladesh|880|Dhaka
BE Belgium;België;Belgique|32|Brussels;Bruxelles;Antwerp;Ghent
BG Bulgaria|359|Sofia
BR Brazil;Brasil|55|São Paulo;Rio de Janeiro;Brasília
CA Canada|| Toronto;Vancouver;Montreal;Montréal;Calgary;Edmonton;Ottawa;Winnipeg
CH Switzerland;Schweiz;Suisse|41|Zurich;Zürich;Geneva;Genève;Basel;Bern;Lausanne
CL Chile|56|Santiago de Chile
CN China|86|Beijing;Shanghai;Shenzhen;Guangzhou
CO Colombia|57|Bogotá;Bogota;Medellín
CZ Czech Republic;Czechia|420|Prague;Praha;Brno
DE Germany;Deutschland|49|Berlin;Hamburg;Munich;München;Cologne;Köln;Frankfurt;Stuttgart;Leipzig
DK Denmark;Danmark|45|Copenhagen;København;Aarhus;Odense
EE Estonia|372|Tallinn
EG Egypt|20|Cairo
ES Spain;España|34|Madrid;Barcelona;Seville
ET Ethiopia|251|Addis Ababa
FI Finland;Suomi|358|Helsinki;Espoo;Tampere
FR France|33|Paris;Lyon;Marseille;Toulouse;Lille;Bordeaux
GB United Kingdom;UK;U.K.;Great Britain;England;Scotland;Wales;Northern Ireland|44|London;
   Manchester;Leeds;Glasgow;Edinburgh;Cardiff;Belfast;Sheffield;Liverpool;Leicester;Nottingham
GH Ghana|233|Accra;Kumasi
GR Greece|30|Athens;Thessaloniki
HK Hong Kong|852|
HR Croatia|385|Zagreb
HU Hungary|36|Budapest
ID Indonesia|62|Jakarta
IE Ireland|353|Dublin;Cork;Galway;Limerick
IL Israel|972|Tel Aviv;Jerusalem;Haifa
IN India|91|Mumbai;Delhi;New Delhi;Bangalore;Bengaluru;Hyderabad;Chennai;Kolkata;Pune;Ahmedabad;
   Kochi;Noida;Gurgaon;Gurugram
IT Italy;Italia|39|Rome;Roma;Milan;Milano;Turin;Torino
JP Japan|81|Tokyo;Osaka
KE Kenya|254|Nairobi;Mombasa;Kisumu
KR South Korea;Korea|82|Seoul
LK Sri Lanka|94|Colombo
LT Lithuania|370|Vilnius
LU Luxembourg|352|
LV Latvia|371|Riga
MA Morocco|212|Casablanca;Rabat
MX Mexico;México|52|Mexico City;Guadalajara;Monterrey
MY Malaysia|60|Kuala Lumpur;Penang
NG Nigeria|234|Lagos;Abuja;Ibadan;Port Harcourt;Kano
NL Netherlands;Nederland;The Netherlands|31|Amsterdam;Rotterdam;Utrecht;Den Haag;Eindhoven
NO Norway;Norge|47|Oslo;Bergen;Trondheim
NP Nepal|977|Kathmandu
NZ New Zealand;Aotearoa|64|Auckland;Wellington;Christchurch;Dunedin
PH Philippines|63|Manila;Quezon City;Makati;Cebu;Davao;Taguig;Pasig
PK Pakistan|92|Karachi;Lahore;Islamabad
PL Poland;Polska|48|Warsaw;Warszawa;Kraków;Krakow;Wrocław;Gdańsk
PT Portugal|351|Lisbon;Lisboa;Porto
QA Qatar|974|Doha
RO Romania|40|Bucharest;Cluj-Napoca
RS Serbia|381|Belgrade
RU Russia|7|Moscow;Saint Petersburg
SA Saudi Arabia;KSA|966|Riyadh;Jeddah
SE Sweden;Sverige|46|Stockholm;Göteborg;Gothenburg;Malmö;Uppsala
SG Singapore|65|
SI Slovenia|386|Ljubljana
SK Slovakia|421|Bratislava
TH Thailand|66|Bangkok
TR Turkey;Türkiye|90|Istanbul;Ankara
TW Taiwan|886|Taipei
TZ Tanzania|255|Dar es Salaam
UA Ukraine|380|Kyiv;Kiev;Lviv
UG Uganda|256|Kampala
US United States;United States of America;USA;U.S.A.;U.S.|| New York;Chicago;Los Angeles;Houston;
   San Francisco;Seattle;Dallas;Atlanta;Boston;Philadelphia;Phoenix
VN Vietnam;Viet Nam|84|Hanoi;Ho Chi Minh City
ZA South Africa|27|Johannesburg;Cape Town;Durban;Pretoria;Soweto
ZW Zimbabwe|263|Harare
"""
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|"
    "NJ|NM|NV|NY|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
# What one country alone writes. A state needs its comma or its five digits: "OR" is also a word.
_FORMS = (
    (
        "GB",
        re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?<![\d+])07\d{3} ?\d{3} ?\d{3}\b"),
    ),
    ("CA", re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|, ?(?:ON|QC|BC|AB|MB|SK|NS|NB|NL|PE)\b")),
    (
        "AU",
        re.compile(
            r"(?<![\d+])04\d\d ?\d{3} ?\d{3}\b|"
            r"\b(?:NSW|QLD|VIC|TAS|ACT)\b(?: \d{4})?|\b(?:WA|SA|NT) \d{4}\b(?![\d-])"
        ),
    ),
    ("US", re.compile(rf", ?(?:{_STATES})\b(?!\.)|\b(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?\b")),
)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)[ ]?(\d{1,3})(?=[\d ()./-]{6,})")
# Where somebody comes from, or may work, is another question.
_ELSEWHERE = re.compile(
    r"\b(?:nationality|national|born|citizen|passport|visa|status|permit|formerly|from|reloca\w+|"
    r"speak\w*|language\w*|bilingual)\b",
    re.I,
)
_LABEL = re.compile(r"^\W{0,3}(?:address|location|residence|city|based in|country)\b", re.I)


def country_of(document: Document) -> str:
    """Two letters (ISO 3166), or "" where the document does not say."""
    lines = [document.line_text(line) for line in document.lines]
    head = lines[:HEAD] + [line for line in lines[HEAD:] if _LABEL.match(line)]
    text = "\n".join(
        line for line in head if len(line.split()) <= LONGEST and not _ELSEWHERE.search(line)
    )
    return _by_form("\n".join(head)) or _first(text, 0) or _first(text, 1)


def _by_form(text: str) -> str:
    for letters, form in _FORMS:
        if form.search(text):
            return letters
    if phone := _PHONE.search(text):
        for digits in (phone[1], phone[1][:2], phone[1][:1]):
            if digits in _known()[2]:
                return _known()[2][digits]
    return ""


def named(text: str) -> str:
    """The two letters of a country by its name or its letters; "" for what is none."""
    plain = " ".join(text.split()).casefold()
    if len(plain) == 2 and plain.upper() in _known()[3]:
        return plain.upper()
    return _known()[0].get(plain, "")


def packed(letters: str) -> int:
    """As a number of two bytes; 0 for none."""
    return int.from_bytes(letters.encode("ascii"), "big") if letters else 0


def _first(text: str, which: int) -> str:
    """The country whose name (0) or city (1) the text has first."""
    names = _known()[1] if which else _known()[0]
    found = _patterns()[which].search(text)
    return names[found[0].casefold()] if found else ""


@cache
def _known() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    """(names, cities, phone codes -> letters; all letters)."""
    countries: dict[str, str] = {}
    cities: dict[str, str] = {}
    phones: dict[str, str] = {}
    for line in _TABLE.replace(";\n   ", ";").strip().splitlines():
        letters, rest = line[:2], line[3:]
        names, phone, towns = rest.split("|")
        countries |= {name.strip().casefold(): letters for name in names.split(";")}
        cities |= {town.strip().casefold(): letters for town in towns.split(";") if town.strip()}
        if phone:
            phones[phone] = letters
    return countries, cities, phones, frozenset(countries.values())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names of countries, and of cities, as words of their own, the longest first."""

    def any_of(names: dict[str, str]) -> re.Pattern[str]:
        longest = sorted(names, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.I)

    return any_of(_known()[0]), any_of(_known()[1])
