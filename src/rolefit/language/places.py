"""Places as resumes write them behind an employer: "Dayton, OH", "- Pune, India"."""

from __future__ import annotations

import re

DASHES = r"(?:[-–—]|â€“|â€”|ï¼\S?)"  # noqa: RUF001
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|"
    "NJ|NM|NV|NY|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|ON|QC|BC|AB|UK|US|USA|"
    r"U\.S\.A?\.?"
)
COUNTRY = (
    "United States|United Kingdom|India|Canada|Mexico|Germany|France|Israel|Russia|China|Nigeria|"
    "Pakistan|Philippines|England|Australia|Ireland|Spain|Italy|Singapore|Ukraine|Poland|Brazil|"
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|"
    "Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|"
    "Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|"
    "New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming|Puerto Rico"
)
# Without a sign between employer and city only these first words tell where a city begins.
_CITY = (
    r"(?:(?:New|San|Los|Las|Saint|St\.?|Fort|Ft\.?|El|La|Santa|North|South|East|West|Mount|Mt\.?|"
    r"Port|Lake|Palm|Salt Lake|Long|Des|Cedar|Grand|Little|Baton|Virginia|Kansas|Oklahoma|Jersey|"
    r"Rio|Tel|Hong|Kuala|Colorado|Corpus|Ann|Boca|Silver|College|Santo)[ ])?"
    r"[A-Z][\w'.-]+(?:[ ]City)?"
)
# "City , State" is how published samples were made anonymous.
_PLACE = re.compile(
    rf"[ \t]*(?:(?:{DASHES}|[,|(])[ \t]*)?"
    r"(?:City[ ]?,[ ]?State\b(?:[ ]?,[ ]?[A-Z][\w. ]{1,20})?|City\b(?=[ \t]*(?:$|,))|"
    rf"{_CITY}[ \t]*,[ \t]*(?:{_STATES}|{COUNTRY})\b(?:[ ,]+\d{{5}})?"
    rf"(?:[ ]?,[ ]?(?:USA?|{COUNTRY}))?)\)?"
)


def find(text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """The first place with the sign before it, or None."""
    end = len(text) if end is None else end
    if text.find(",", start, end) < 0 and text.find("City", start, end) < 0:
        return None  # the pattern is slow
    return _PLACE.search(text, start, end)


def at(text: str, start: int = 0) -> re.Match[str] | None:
    """The place that begins at `start`, or None."""
    return _PLACE.match(text, start)


def only(text: str) -> bool:
    """Whether the text is a place and nothing else."""
    found = _PLACE.match(text)
    return bool(found and len(text) - found.end() < 3) or text in ("City", "State")
