"""Short resumes for the language rooms' golden cases: dates and positions as people write them."""

from __future__ import annotations

TEXTS = {
    "dates-abroad": """Ilse Varnhagen
Prüfingenieurin

Work Experience
Test Engineer, Nordmeer Optik GmbH
Mai 2019 - heute
- Measured lenses.
Technician, Atelier Rochebrune
janv. 2016 à avril 2019
- Ground lenses.
Technician, Talleres Duero
01.03.2012 - 31.12.2015
- Cut glass.
""",
    "dates-newest-first": """Wanda Pettigrew
Accountant

EMPLOYMENT RECORD
Present - 04/2019   Accountant, Larkspur Tools
- Closed the books.
03/2019 - 10/2012   Bookkeeper, Heron Mills
- Kept ledgers.
""",
    "dates-slips": """Wanda Pettigrew

Job History
Accountant, Larkspur Tools
Feb 2019 - Mar 2044
Bookkeeper, Heron Mills
Jan 2211 - Nov 2018
Clerk, Heron Mills
May 2011 - Jan 2011
""",
    "dates-roles-in-lists": """Wanda Pettigrew

2. Professional Experience (continued)
Q3 2019 - Present
• Head Baker, Larkspur Foods
• Ran three ovens
2015-09 - 2019-06
• Baker, Heron Mills
• Kneaded dough
Since 2014 Trustee, Guild of Bakers
""",
    "dates-of-years": """Wanda Pettigrew
POSITIONS HELD
Baker, Larkspur Foods, Dunmore. 2012/13
Cook, Heron Mills, Dunmore. 2005-09
Waiter, Copper Kettle Cafe, Dunmore. Autumn 2003 to Summer 2005
Registered for ISO 9001 14001 45001, budget of 120 000 000 NOK, call +47 22 33 44 55 66
""",
    "dates-told": """Wanda Pettigrew
Total 9+ years of exp in Java. Overall exp: 9 yrs 6 months
Currently working with Larkspur Infotech Pvt. Ltd. as Software Engineer from June 2016 till date.
Worked as Trainee at Heron Systems between 2014 and 2016.

Education
Coursework toward a Bachelor's degree, Larkspur College (not completed)
High School, diploma, 2008
Tutored PhD students; reported to the MBA office.
XII (HSC) 2008
""",
    "degrees-abroad": """Ilse Varnhagen
Academic Appointments
Associate Professor, Institute for Optics, University of Tarn
2015 - Present
Grants
2016-2021 National Optics Board, principal investigator
Education
Diplom-Ingenieur Maschinenbau, 2009; Licenciatura en Química
MPharm, 2010; B.Pharm; Engineer's Degree; law degree; Associate of Occupational Studies
MS, Larkspur University; Dr.-Ing. Optik, expected 2044; MBA in progress
""",
    "links-over-lines": """Wanda Pettigrew
www.example.org/in/wanda-
pettigrew-07 (page)
github.com/wanda-
pettigrew

Experience
Accountant, Larkspur Tools
2014 - 2019
""",
}
