"""An advert and resumes of our own for what a person decides."""

NURSE_JOB = """Staff Nurse, Surgical Ward

Requirements
- You must hold a current RN license.
- At least 3 years of acute care nursing.
- BLS certification.
- Experience with Epic charting.

Nice to have
- Spanish.

What you will do
- Care for eight patients on a surgical ward and plan their discharge.

What we offer
- A pension, and thirty days of leave.
"""
NURSE = """Amelia Novak
Registered Nurse

Experience
Staff Nurse, Lakeside Hospital, 2015 - 2023
- Cared for surgical patients on a ward of thirty beds.
- Charted in Epic and trained new nurses.

Licenses
Registered Nurse (RN), state of Ohio
BLS
"""
CHEF = """Bruno Keller
Chef

Experience
Chef, Harbour Kitchen, 2015 - 2023
- Ran a kitchen of six and wrote the menus.
- Bought fish and vegetables every morning.
"""
