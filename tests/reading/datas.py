"""One invented person as each form of data that systems export: the facts are the same in all."""

from __future__ import annotations

import json

import makers

TEXT = """Ines Calvo
Dialysis Nurse
ines@example.org

SUMMARY
Nurse with a calm hand.

EXPERIENCE

Dialysis Nurse, Harbour Clinic
March 2018 - Present
- Runs twelve stations.
- Trains new staff.

Ward Nurse, St Bride Hospital
June 2013 - February 2018
Cared for 24 patients on a surgical ward.

EDUCATION

Bachelor of Science in Nursing, Northgate College
2009 - 2013

CERTIFICATIONS

Basic Life Support, Heart Board
January 2024

SKILLS

Haemodialysis, phlebotomy

LANGUAGES

Spanish
"""

JSON_RESUME = {
    "$schema": "https://example.org/schema.json",
    "basics": {
        "name": "Ines Calvo",
        "label": "Dialysis Nurse",
        "email": "ines@example.org",
        "summary": "Nurse with a calm hand.",
        "location": {"address": "1 Quay", "city": "Varnport"},
        "profiles": [{"network": "X", "username": "ines"}],
    },
    "work": [
        {
            "name": "Harbour Clinic",
            "position": "Dialysis Nurse",
            "startDate": "2018-03-01",
            "highlights": ["Runs twelve stations.", "\u2022 Trains new staff."],
        },
        {
            "company": "St Bride Hospital",  # as older versions name it
            "position": "Ward Nurse",
            "startDate": "2013-06",
            "endDate": "2018-02",
            "summary": "<p>Cared for 24 patients on a <b>surgical</b> ward.</p>",
        },
    ],
    "education": [
        {
            "institution": "Northgate College",
            "studyType": "Bachelor of Science",
            "area": "Nursing",
            "startDate": 2009,
            "endDate": "2013",
        }
    ],
    "certificates": [{"name": "Basic Life Support", "issuer": "Heart Board", "date": "2024-01-15"}],
    "skills": [{"name": "Renal", "keywords": ["Haemodialysis", "phlebotomy"]}, "First aid"],
    "languages": [{"language": "Spanish", "fluency": "Native speaker"}],
    "licences": ["Registered Nurse, Varnland"],
    "meta": {"version": "v1.0.0"},
}

YAML_RESUME = """# as people keep it beside their code
basics:
  name: Ines Calvo
  label: Dialysis Nurse
work:
  - name: Harbour Clinic
    position: Dialysis Nurse
    startDate: 2018-03-01
    highlights: [Runs twelve stations.]
  - name: St Bride Hospital
    position: Ward Nurse
    startDate: 2013-06
    endDate: 2018-02
education:
  - institution: Northgate College
    studyType: Bachelor of Science
    area: Nursing
    endDate: 2013
"""

HR_JSON = {
    "documentId": {"value": "1"},
    "person": {
        "name": {"formattedName": None, "given": "Ines", "family": "Calvo"},
        "communication": {"email": {"item": [{"address": "ines@example.org"}]}},
    },
    "profiles": {
        "item": [
            {
                "profileName": "Dialysis Nurse",
                "executiveSummary": "Nurse with a calm hand.",
                "employment": {
                    "item": [
                        {
                            "start": "2018-03",
                            "current": True,
                            "organization": {"name": "Harbour Clinic"},
                            "positionHistories": [
                                {
                                    "title": "Dialysis Nurse",
                                    "start": "2018-03",
                                    "current": True,
                                    "descriptions": ["Runs twelve stations."],
                                }
                            ],
                        },
                        {
                            "organization": {"legalId": {"value": "St Bride Hospital"}},
                            "title": "Ward Nurse",
                            "start": "2013-06-01",
                            "end": "2018-02-28",
                            "descriptions": {"item": ["Cared for 24 patients."]},
                        },
                    ]
                },
                "education": [
                    {
                        "institution": {"name": "Northgate College"},
                        "educationDegrees": [
                            {"name": "Bachelor of Science", "majors": [{"name": "Nursing"}]}
                        ],
                        "start": "2009",
                        "end": "2013",
                    }
                ],
                "certifications": [
                    {"name": "Basic Life Support", "issuingAuthority": {"name": "Heart Board"}}
                ],
                "qualifications": [{"competencyName": "Haemodialysis"}, {"name": "phlebotomy"}],
            }
        ]
    },
}

HR_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- HR-XML 2.5 -->
<Resume xmlns="http://ns.hr-xml.org/2007-04-15">
 <ResumeId><IdValue>7</IdValue></ResumeId>
 <StructuredXMLResume>
  <ContactInfo><PersonName><FormattedName>Ines Calvo</FormattedName></PersonName></ContactInfo>
  <ExecutiveSummary>Nurse with a calm hand.</ExecutiveSummary>
  <EmploymentHistory>
   <EmployerOrg employerOrgType="soleEmployer">
    <EmployerOrgName>Harbour Clinic</EmployerOrgName>
    <PositionHistory positionType="directHire" currentEmployer="true">
     <Title>Dialysis Nurse</Title>
     <OrgName><OrganizationName>Harbour Clinic</OrganizationName></OrgName>
     <Description>Runs twelve stations &amp; trains staff.</Description>
     <StartDate><YearMonth>2018-03</YearMonth></StartDate>
     <EndDate><AnyDate>2026-01-01</AnyDate></EndDate>
    </PositionHistory>
   </EmployerOrg>
   <EmployerOrg>
    <EmployerOrgName>St Bride Hospital</EmployerOrgName>
    <PositionHistory>
     <Title>Ward Nurse</Title>
     <StartDate><AnyDate>2013-06-01</AnyDate></StartDate>
     <EndDate><AnyDate>2018-02-28</AnyDate></EndDate>
    </PositionHistory>
   </EmployerOrg>
  </EmploymentHistory>
  <EducationHistory>
   <SchoolOrInstitution schoolType="university">
    <School><SchoolName>Northgate College</SchoolName></School>
    <Degree degreeType="bachelors"><DegreeName>Bachelor of Science</DegreeName>
     <DegreeDate><Year>2013</Year></DegreeDate>
     <DegreeMajor><Name>Nursing</Name></DegreeMajor></Degree>
   </SchoolOrInstitution>
  </EducationHistory>
  <LicensesAndCertifications>
   <LicenseOrCertification><Name>Basic Life Support</Name></LicenseOrCertification>
  </LicensesAndCertifications>
  <Qualifications><Competency name="Haemodialysis"/><Competency name="phlebotomy"/></Qualifications>
  <Languages><Language><LanguageCode>Spanish</LanguageCode></Language></Languages>
 </StructuredXMLResume>
</Resume>
"""

EUROPASS = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
  xmlns:oa="http://www.openapplications.org/oagis/9">
 <hr:DocumentID schemeID="x">1</hr:DocumentID>
 <CandidatePerson><PersonName>
  <oa:GivenName>Ines</oa:GivenName><hr:FamilyName>Calvo</hr:FamilyName></PersonName>
 </CandidatePerson>
 <CandidateProfile languageCode="en">
  <EmploymentHistory>
   <EmployerHistory>
    <hr:OrganizationName>Harbour Clinic</hr:OrganizationName>
    <PositionHistory><PositionTitle typeCode="FREETEXT">Dialysis Nurse</PositionTitle>
     <eures:EmploymentPeriod xmlns:eures="http://www.europass_eures.eu/1.0">
      <eures:StartDate><hr:FormattedDateTime>2018-03-01</hr:FormattedDateTime></eures:StartDate>
      <hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
     <oa:Description>&lt;ul&gt;&lt;li&gt;Runs 12 stations.&lt;/li&gt;&lt;/ul&gt;</oa:Description>
    </PositionHistory>
   </EmployerHistory>
   <EmployerHistory>
    <hr:OrganizationName>St Bride Hospital</hr:OrganizationName>
    <PositionHistory><PositionTitle>Ward Nurse</PositionTitle>
     <EmploymentPeriod>
      <StartDate><hr:FormattedDateTime>2013-06</hr:FormattedDateTime></StartDate>
      <EndDate><hr:FormattedDateTime>2018-02</hr:FormattedDateTime></EndDate>
     </EmploymentPeriod></PositionHistory>
   </EmployerHistory>
  </EmploymentHistory>
  <EducationHistory>
   <EducationOrganizationAttendance>
    <hr:OrganizationName>Northgate College</hr:OrganizationName>
    <AttendancePeriod>
     <StartDate><hr:FormattedDateTime>2009</hr:FormattedDateTime></StartDate>
     <EndDate><hr:FormattedDateTime>2013</hr:FormattedDateTime></EndDate></AttendancePeriod>
    <EducationDegree><hr:DegreeName>Bachelor of Science in Nursing</hr:DegreeName></EducationDegree>
   </EducationOrganizationAttendance>
  </EducationHistory>
  <PersonQualifications>
   <PersonCompetency><hr:CompetencyName>Haemodialysis</hr:CompetencyName></PersonCompetency>
  </PersonQualifications>
 </CandidateProfile>
</Candidate>
"""

LINKEDIN = {
    "Profile.csv": "First Name,Last Name,Birth Date,Headline,Summary,Geo Location\n"
    'Ines,Calvo,Mar 3,Dialysis Nurse,"Nurse with\na calm hand.",Varnport\n',
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Harbour Clinic,Dialysis Nurse,"\u2022 Runs twelve stations,\n\u2022 trains staff",'
    "Varnport,Mar 2018,\n"
    "St Bride Hospital,Ward Nurse,Cared for 24 patients.,,Jun 2013,Feb 2018\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
    'Northgate College,2009,2013,,"Bachelor of Science, Nursing",\n',
    "Skills.csv": "Name\nHaemodialysis\nPhlebotomy\n",
    "Certifications.csv": "Name,Url,Authority,Started On,Finished On,License Number\n"
    "Basic Life Support,,Heart Board,Jan 2024,Jan 2026,\n",
    "Languages.csv": "Name,Proficiency\nSpanish,Native or bilingual proficiency\n",
    "Connections.csv": "Notes:\n\nFirst Name,Last Name\nSomebody,Else\n",
    "messages.csv": "FROM,TO,CONTENT\nSomebody,Ines,Hello there\n",
}


def linkedin(folder: str = "") -> bytes:
    return makers.archive({folder + name: text.encode() for name, text in LINKEDIN.items()})


FILES = {
    "resume.json": json.dumps(JSON_RESUME).encode(),
    "candidate.json": json.dumps(HR_JSON).encode(),
    "resume.xml": HR_XML.encode(),
    "europass.xml": EUROPASS.encode(),
    "linkedin.zip": linkedin(),
    "linkedin-folder.zip": linkedin("Basic_LinkedInDataExport_11-30-2026/"),
}
