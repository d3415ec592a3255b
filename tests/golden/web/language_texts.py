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
    "licences-of-many-countries": """Wanda Pettigrew, RN
Leeds

Papers
Registered nurse, NMC PIN 98Z7654E valid to 2029; completing my registration with NMBI
C+E since 2009, CPC to 2029, ADR packages, digi card
Pharmacist registered with the GPhC; answered GPhC inspectors; HCPC registration lapsed in 2020
Class A CDL, no points; TWIC no. SIA badge ran out in spring; NEBOSH certificate: exam booked
Enhanced DBS on the update service, full clean licence
My husband is an RN in Leeds. Non-CDL driver of box vans. Drove a GMC Sierra.
Bent EMT and pulled MC cable
""",
    "licences-asked": """HGV Driver

Requirements
- HGV Class 1 (C+E) and valid Driver CPC required
- No CDL required
- You won't need an SIA licence
- Secret clearance or ability to obtain one
- HCPC registration (or eligible to register)
- CSCS card (training provided)
- Registered with the GPhC is essential
- LPN licence or one certified medical aide
- You don't need HGV papers or a CDL; driving record, CDL no.
- Enhanced DBS check required
- ADR certificate preferred but not required
""",
    "licences-law": """Trainee Solicitor

Requirements
- LPC and two years of conveyancing
- Admitted solicitor with an SRA practising certificate would help
""",
    "roles-of-a-profile": """Ilse Varnhagen
Lens Grinder at Nordmeer Optik

Experience
Nordmeer Optik
5 years 1 month
Lens Grinder
May 2022 - Present (2 years)
Kiel, Germany
Runs two benches.
Polisher
May 2019 - May 2022 (3 years 1 month)
Atelier Rochebrune
Apprentice
January 2016 - April 2019 (3 years 4 months)
Lyon, France
Heron Mills, Inc.
Full-time \u00b7 2 yrs
Packer
Jan 2014 - Dec 2015 \u00b7 2 yrs
""",
    "roles-below-an-employer": """Wanda Pettigrew

EMPLOYMENT RECORD
Larkspur Tools, Dayton, OH (2015 - Present)
Chief Accountant (2019 - Present)
Accountant (2015 - 2019)

Heron Mills, Dayton, OH
Bookkeeper, 2012 - 2015
- Kept ledgers.
Clerk, 2010 - 2012
Clerk, same company, 2006 - 2009
Freelance Clerk, 2004 - 2006
""",
}
