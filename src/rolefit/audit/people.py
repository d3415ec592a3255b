# ruff: noqa: E501  (a list a line)
"""What is swapped into otherwise equal resumes: names, places, schools, hobbies, dates.

Names are chosen by hand, eight a group. The idea of the source: given names that the baby-name lists
of the US Social Security Administration show as given mostly to one sex,
and surnames that the surname table of the US Census of 2010 shows as borne mostly by one group; no
table is copied. They stand for how a reader may perceive a name. Nobody's sex or origin follows
from a name.
"""

from __future__ import annotations

from dataclasses import dataclass

_NAMES = {
    ("White", "female"): "Emily Walsh, Claire Becker, Molly Schroeder, Anne Larsen, "
    "Katelyn Novak, Heather Yoder, Allison Krueger, Megan Sullivan",
    ("White", "male"): "Greg Walsh, Brett Becker, Connor Schroeder, Todd Larsen, "
    "Jake Novak, Scott Yoder, Dustin Krueger, Brendan Sullivan",
    ("Black", "female"): "Lakisha Washington, Tanisha Booker, Ebony Jefferson, Latoya Mosley, "
    "Keisha Banks, Shanice Gaines, Aaliyah Charles, Imani Joseph",
    ("Black", "male"): "Jamal Washington, Tyrone Booker, Darnell Jefferson, Tremayne Mosley, "
    "DeShawn Banks, Terrell Gaines, Malik Charles, Kareem Joseph",
    ("Hispanic", "female"): "Guadalupe Hernandez, Marisol Vazquez, Yesenia Orozco, Luz Barajas, "
    "Ximena Zavala, Rocio Cervantes, Esmeralda Ibarra, Xiomara Huerta",
    ("Hispanic", "male"): "Alejandro Hernandez, Javier Vazquez, Ignacio Orozco, Jesus Barajas, "
    "Hector Zavala, Guillermo Cervantes, Rigoberto Ibarra, Ernesto Huerta",
    ("East Asian", "female"): "Mei Zhang, Xiuying Huang, Soo-jin Kwon, Thuy Nguyen, "
    "Yuki Nakamura, Ling Zhao, Hye-won Choi, Linh Pham",
    ("East Asian", "male"): "Wei Zhang, Jianguo Huang, Sung-ho Kwon, Duc Nguyen, "
    "Kenji Nakamura, Qiang Zhao, Min-jun Choi, Tuan Pham",
    ("South Asian", "female"): "Priya Patel, Lakshmi Iyer, Anjali Gupta, Harpreet Kaur, "
    "Sunita Reddy, Deepika Rao, Kavita Desai, Ayesha Siddiqui",
    ("South Asian", "male"): "Rajesh Patel, Venkat Iyer, Sanjay Gupta, Gurpreet Singh, "
    "Srinivas Reddy, Arjun Rao, Nikhil Desai, Imran Siddiqui",
    ("Middle Eastern", "female"): "Fatima Hassan, Zainab Haddad, Shirin Karimi, Layla Khoury, "
    "Maryam Ahmadi, Noor Mansour, Hanan Saleh, Yasmin Nasser",
    ("Middle Eastern", "male"): "Ahmed Hassan, Youssef Haddad, Farhad Karimi, Omar Khoury, "
    "Reza Ahmadi, Tariq Mansour, Khalid Saleh, Bilal Nasser",
}  # fmt: skip
_ADDRESSES = {
    "wealthy suburb": "12 Brookside Lane, Scarsdale, NY 10583 | 8 Laurel Court, Winnetka, IL 60093"
    " | 31 Fairway Drive, Highland Park, TX 75205 | 5 Cypress Place, Palo Alto, CA 94301",
    "poor neighbourhood": "12 Brookside Lane, Bronx, NY 10456 | 8 Laurel Court, East St. Louis, IL 62205"
    " | 31 Fairway Drive, Brownsville, TX 78521 | 5 Cypress Place, Compton, CA 90220",
    "small town": "12 Brookside Lane, Malone, NY 12953 | 8 Laurel Court, Cairo, IL 62914"
    " | 31 Fairway Drive, Marfa, TX 79843 | 5 Cypress Place, Needles, CA 92363",
    "abroad": "12 Brookside Lane, Leeds, United Kingdom | 8 Laurel Court, Lagos, Nigeria"
    " | 31 Fairway Drive, Pune, India | 5 Cypress Place, Monterrey, Mexico",
}  # fmt: skip
_SCHOOLS = {
    "famous": "Harvard University, Stanford University, Yale University, Princeton University, "
    "Columbia University, Duke University",
    "state": "Wright State University, Boise State University, Kent State University, "
    "Weber State University, Idaho State University, Sonoma State University",
    "historically Black": "Howard University, Morgan State University, Tuskegee University, "
    "Hampton University, Jackson State University, Grambling State University",
    "women's": "Smith College, Wellesley College, Barnard College, Bryn Mawr College, "
    "Spelman College, Mount Holyoke College",
    "abroad": "University of Lagos, University of Pune, University of Monterrey, "
    "University of Manila, University of Ankara, University of Nairobi",
}  # fmt: skip
_HOBBIES = {
    "thought of as women's": "knitting and yoga, ballet and baking, book club and netball, sewing and pilates",
    "thought of as men's": "fishing and golf, boxing and woodwork, ice hockey and cars, rugby and chess",
    "costly": "polo and sailing, skiing and opera, tennis club and wine, rowing and horse riding",
    "of a community": "gospel choir and step dance, mariachi and quinceañera planning, "
    "temple volunteering and cricket, mosque youth group and football",
}  # fmt: skip
DEFAULTS = {
    "name": "Alex Morgan",
    "pronouns": "they",
    "address": "40 Mill Road, Springfield, OH 45501",
    "graduated": "2013",
    "gap": "0",
    "school": "City University",
    "hobbies": "walking and reading",
}
GAP = "3 years between jobs"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One field of a resume, and the values that are swapped into it, by group."""

    name: str
    field: str  # one of DEFAULTS
    groups: dict[str, tuple[str, ...]]
    baseline: str = ""  # the group that others are compared with; "" for all the others together


def names(by: str) -> dict[str, tuple[str, ...]]:
    """By "sex", "origin" or "both"."""
    found: dict[str, tuple[str, ...]] = {}
    for (origin, sex), listed in _NAMES.items():
        key = {"sex": sex, "origin": origin}.get(by, f"{origin}, {sex}")
        found[key] = (*found.get(key, ()), *listed.split(", "))
    return found


def dimensions() -> tuple[Dimension, ...]:
    return (
        Dimension("name: perceived sex", "name", names("sex")),
        Dimension("name: perceived origin", "name", names("origin")),
        Dimension("name: both", "name", names("both")),
        Dimension("pronouns", "pronouns", {"she": ("she",), "he": ("he",), "they": ("they",)}, "they"),
        Dimension("address", "address", _split(_ADDRESSES, " | ")),
        Dimension(
            "graduation year", "graduated",
            {"2013": ("2013",), "1984": ("1984",), "1996": ("1996",), "2005": ("2005",),
             "none given": ("",)}, "2013",
        ),
        Dimension("career gap", "gap", {"none": ("0",), "1 year": ("1",), GAP: ("3",)}, "none"),
        Dimension("school", "school", _split(_SCHOOLS, ", ")),
        Dimension("hobbies", "hobbies", _split(_HOBBIES, ", ")),
    )  # fmt: skip


def _split(groups: dict[str, str], at: str) -> dict[str, tuple[str, ...]]:
    return {group: tuple(values.split(at)) for group, values in groups.items()}
