"""A short advert as people paste it, with one more line at the place where such lines stand.

What a line is, is told from the lines around it, too: alone below a title it would be read as
nobody writes it.
"""

from __future__ import annotations

_ADVERT = """{title}

About Oakline
Oakline has built gates and fences for homes, farms and schools since 1931.
{company}
What you will do:
- Weld frames and hinges from shop drawings
- Inspect finished gates before they leave the shop
{duty}
What we ask for:
- Two years of experience in a metal shop
- Ability to read drawings and use hand tools safely
{required}{preferred}
What we offer:
- Medical, dental and vision insurance
- Paid holidays and a 401(k) with company match
{benefit}
Oakline is an equal opportunity employer. {legal}
"""
USUAL = {
    "Weld frames and hinges from shop drawings": "duty",
    "Inspect finished gates before they leave the shop": "duty",
    "Two years of experience in a metal shop": "required",
    "Ability to read drawings and use hand tools safely": "required",
}


def advert(title: str = "Welder", **lines: str) -> str:
    """The advert with `lines`, which may be several, at the places that they are named by."""
    more = dict.fromkeys(("company", "duty", "required", "preferred", "benefit", "legal"), "")
    for place, text in lines.items():
        listed = place in ("duty", "required", "preferred", "benefit")
        more[place] = "".join(f"{'- ' * listed}{line}\n" for line in text.splitlines())
    return _ADVERT.format(title=title, **more)
