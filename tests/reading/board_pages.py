"""Saved web pages of job boards, in the shapes that big boards use, with the posting that each holds.

Every shape is a function of an advert.
Shapes that were not looked at while the reader was written are in `board_pages_more`.
"""

# ruff: noqa: E501, RUF001  (pages are easier to check as they are saved)
from __future__ import annotations

from typing import NamedTuple


class Advert(NamedTuple):
    """A posting, part by part."""

    title: str
    firm: str
    place: str
    about: str
    duties: tuple[str, ...]
    needs: tuple[str, ...]
    wishes: tuple[str, ...]
    offer: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        return (self.title, self.about, *self.duties, *self.needs, *self.wishes, *self.offer)


PLUMBER = Advert(
    "Maintenance Plumber",
    "Harrow Estates",
    "Leeds",
    "Harrow Estates looks after 4,000 homes. You will keep the water running and warm in all of"
    " them, with a van of your own and a team of nine.",
    (
        "Repair leaks, taps, cisterns and radiators in occupied homes",
        "Find and mend faults of unvented hot water cylinders",
        "Write up every visit on a tablet before you leave the house",
    ),
    ("NVQ Level 2 in plumbing", "3 years of domestic repair work", "A full UK driving licence"),
    ("Gas Safe registration", "Experience with heat pumps"),
    ("25 days of holiday and a pension", "Van, fuel card and tools"),
)
ANALYST = Advert(
    "Senior Data Analyst (Pricing)",
    "Lumen Rail",
    "Utrecht",
    "Lumen Rail sells tickets for night trains. Our pricing team decides every day what a berth"
    " costs, and you will show it what its decisions did.",
    (
        "Build and own the dashboards that the pricing team opens every morning",
        "Design experiments on fares and read their results with care",
        "Explain to managers what the numbers cannot say",
    ),
    (
        "5+ years of experience as an analyst in a commercial team",
        "Excellent SQL and good Python (pandas)",
        "Bachelor's degree in statistics, economics or a similar field",
    ),
    ("dbt or Airflow", "Dutch or German"),
    ("Hybrid work, two days in the office", "Free travel on our trains"),
)
NURSE = Advert(
    "Registered Nurse - Dialysis",
    "Quayside Health",
    "Tacoma, WA",
    "Quayside Health runs eleven small dialysis centres where patients know their nurses by name."
    " This centre opens at six and closes at five, never on Sundays.",
    (
        "Start, watch and end the treatments of four patients at a time",
        "Assess patients before and after each treatment and chart what you find",
        "Teach patients and their families about diet and access care",
    ),
    ("Active Washington RN license", "1 year of acute care or dialysis", "Current BLS certificate"),
    ("CNN or CDN certification",),
    ("Tuition help and paid training", "401(k) with a match of 4%"),
)
WELDER = Advert(
    "MIG Welder, second shift",
    "Tallgrass Trailers",
    "Salina, KS",
    "Tallgrass builds livestock trailers to order. The second shift is twenty people who finish"
    " what the first shift began, and go home at one.",
    (
        "Weld frames and gates of steel and aluminium from drawings",
        "Check your own seams and grind what does not pass",
    ),
    ("2 years of MIG welding in production", "You read blueprints and a tape measure"),
    ("Spool gun and TIG", "Forklift certificate"),
    ("Shift premium of $2.50 an hour", "Weekly pay"),
)


def items(lines: tuple[str, ...], tag: str = "li") -> str:
    return "".join(f"<{tag}>{line}</{tag}>" for line in lines)


def _list(lines: tuple[str, ...]) -> str:
    return f"<ul>{items(lines)}</ul>"


def body(a: Advert, heading: str = "h3") -> str:
    h = heading
    return (
        f"<p>{a.about}</p><{h}>What you will do</{h}>{_list(a.duties)}<{h}>What you need</{h}>"
        f"{_list(a.needs)}<{h}>Nice to have</{h}>{_list(a.wishes)}<{h}>What we offer</{h}>{_list(a.offer)}"
    )


_CARDS = (
    ("Boiler Engineer", "Ashgate Homes", "York", "Gas Safe, 4 years, call-outs one week in five"),
    ("Warehouse Picker", "Bexley Foods", "Hull", "Night shifts, no experience needed"),
    ("Payroll Officer", "Corran & Co", "Derby", "CIPP level 3 and Sage 50 required"),
    ("Java Developer", "Dunmore Systems", "Remote", "Spring, Kafka, 6 years of experience"),
)


def cards(wrap: str, item: str) -> str:
    made = (
        f'<{item}><a href="/j/{n}">{t}</a><div>{f}</div><span>{p}</span><p>{s}</p><time>{n + 2} days'
        f" ago</time></{item}>"
        for n, (t, f, p, s) in enumerate(_CARDS)
    )
    return f"<{wrap}>{''.join(made)}</{wrap}>"


def network(a: Advert) -> str:
    """A professional network's public page."""
    return f"""<!DOCTYPE html><html><head><title>{a.firm} hiring {a.title} in {a.place} | Networkly</title></head><body>
<a class="skip-link" href="#main">Skip to main content</a>
<header class="header global-alert-offset"><nav class="nav" aria-label="Primary"><a href="/">Networkly</a>
<ul><li><a href="/feed">Articles</a></li><li><a href="/people">People</a></li><li><a href="/learning">Learning</a></li><li><a href="/jobs">Jobs</a></li></ul>
<a href="/signup">Join now</a><a href="/login">Sign in</a></nav>
<section class="search-bar"><form action="/search"><label>Job title or company</label><input name="q"><button>Search</button></form></section></header>
<main id="main" class="main"><section class="top-card-layout"><h1 class="topcard__title">{a.title}</h1>
<h4><a href="/c">{a.firm}</a> <span>{a.place}</span> <span>2 weeks ago</span> <span>Over 200 applicants</span></h4>
<p>See who {a.firm} has hired for this role</p><button>Apply</button><button>Save</button><button>Report this job</button></section>
<div class="decorated-job-posting__details"><section class="description"><div class="show-more-less-html__markup">{body(a, "strong")}</div>
<button>Show more</button><button>Show less</button><ul class="description__job-criteria-list"><li><h3>Seniority level</h3><span>Mid-Senior level</span></li>
<li><h3>Employment type</h3><span>Full-time</span></li></ul></section>
<section class="find-a-referral"><p>Referrals increase your chances of interviewing at {a.firm} by 2x</p><a href="/r">See who you know</a></section>
<section class="similar-jobs"><h2>Similar jobs</h2>{cards("ul", "li")}<a href="/more">Show more jobs like this</a></section>
<section class="aside-section-container"><h2>People also viewed</h2>{cards("ul", "li")}</section>
<section><h2>Explore collaborative articles</h2><p>We are unlocking community knowledge in a new way.</p><a href="/a">Explore More</a></section></div></main>
<footer class="li-footer"><ul><li>© 2026</li><li><a href="/about">About</a></li><li><a href="/privacy">Privacy Policy</a></li><li><a href="/cookies">Cookie Policy</a></li></ul></footer>
<div class="modal" role="dialog"><h2>Sign in to see more jobs</h2><p>New to Networkly? Join now</p></div></body></html>"""


def aggregator(a: Advert) -> str:
    """An aggregator's page of one job beside its list of results."""
    return f"""<!doctype html><html><head><title>{a.title} - {a.place} - Jobsum</title></head><body><div id="__app"><div class="gnav"><div role="navigation">
<a href="#c">Skip to main content</a><a>Home</a><a>Company reviews</a><a>Find salaries</a><a>Sign in</a><a>Employers / Post Job</a></div></div>
<div role="search"><form><label>What</label><input><label>Where</label><input><button>Find jobs</button></form></div>
<div class="jobsearch-Layout"><div id="mosaic-provider-jobcards">{cards("ul", "li")}<nav aria-label="pagination"><a>1</a><a>2</a><a>3</a></nav></div>
<div id="viewJobSSRRoot" class="jobsearch-ViewJobLayout"><div class="jobsearch-InfoHeaderContainer"><h1><span>{a.title}</span></h1><div><a href="/c">{a.firm}</a><a>3.4 out of 5 stars</a></div><div>{a.place}</div>
<button>Apply now</button><button aria-label="Save">Save this job</button></div>
<div><h2>Profile insights</h2><p>Here is how the job qualifications align with your profile.</p><div><span>Do you have experience in repairs?</span><button>Yes</button><button>No</button></div></div>
<h2>Full job description</h2><div id="jobDescriptionText" class="jobsearch-JobComponent-description"><div>{body(a, "b")}</div></div>
<div id="hiringInsights"><h2>Hiring Insights</h2><p>Hiring 2 candidates for this role</p><p>Posted 3 days ago</p></div><button>Report job</button></div></div>
<footer><a>Hiring Lab</a><a>Career advice</a><a>Browse jobs</a><a>Terms</a><span>© 2026 Jobsum</span></footer></div></body></html>"""


def hosted(a: Advert) -> str:
    """An applicant tracking system's hosted page with its form."""
    return f"""<!DOCTYPE html><html><head><title>Job Application for {a.title} at {a.firm}</title></head><body><main class="main font-secondary job-post"><div class="job-post-container"><div class="logo"><img alt="{a.firm} logo"></div>
<div class="job__header"><div class="job__title"><h1>{a.title}</h1><div class="job__location">{a.place}</div></div><button>Apply</button></div>
<div class="job__description body"><div>{body(a, "h2")}</div></div>
<div class="application--container"><div class="application--header"><h2>Apply for this job</h2><p>* indicates a required field</p></div><form id="application-form"><label>First Name*</label><input>
<label>Last Name*</label><input><label>Email*</label><input><label>Phone</label><input><label>Resume/CV*</label><button>Attach</button><button>Dropbox</button><p>Accepted file types: pdf, doc, docx, txt, rtf</p>
<label>Do you have experience with SAP and Oracle?*</label><select><option>Yes</option><option>No</option></select><h3>Voluntary Self-Identification</h3>
<p>For government reporting purposes, we ask candidates to respond to the below self-identification survey. Completion of the form is entirely voluntary.</p><label>Gender</label><select><option>Male</option><option>Female</option></select>
<label>Veteran Status</label><select><option>I am not a protected veteran</option></select><button type="submit">Submit application</button></form></div></div></main>
<div class="footer"><p>Powered by <a href="/g">Planthouse</a></p><a href="/p">Privacy Policy</a></div></body></html>"""


def divs(a: Advert) -> str:
    """A page made of nothing but <div>, as frameworks draw them."""
    lines = "".join(f"<div class='css-1x'><div class='css-2y'>{line}</div></div>" for line in (a.about, *a.duties, *a.needs, *a.wishes, *a.offer))  # fmt: skip
    return f"""<html><head><title>{a.title}</title></head><body><div id="root"><div class="css-k0"><div data-automation-id="header" class="css-nav"><div><a href="/">Careers Home</a></div><div><a href="/s">Search for Jobs</a></div><div><a href="/e">Introduce Yourself</a></div><div><button>Sign In</button></div></div>
<div data-automation-id="jobPostingPage"><div><h2 data-automation-id="jobPostingHeader">{a.title}</h2><a role="button" href="/apply">Apply</a><dl><dt>locations</dt><dd>{a.place}</dd></dl><dl><dt>time type</dt><dd>Full time</dd></dl><dl><dt>posted on</dt><dd>Posted 12 Days Ago</dd></dl></div>
<div data-automation-id="jobPostingDescription">{lines}</div></div>
<div data-automation-id="similarJobs" class="css-sim"><div class="css-h">Similar Jobs (4)</div>{cards("div", "div")}</div>
<div class="css-about"><div>Follow Us</div><a href="/t">Twitter</a><a href="/f">Facebook</a></div>
<div class="css-legal"><a href="/p">Privacy Policy</a><span>© 2026 Daywork, Inc. All rights reserved.</span></div></div></div>
<div id="onetrust-consent-sdk"><div class="ot-sdk-row">We use cookies to enhance site navigation, analyze usage and assist in our marketing efforts. <button>Accept All Cookies</button><button>Cookie Settings</button></div></div></body></html>"""


def old_table(a: Advert) -> str:
    """A table layout with the navigation in its left column."""
    rows = "<br>- ".join(("", *a.duties))
    needs = "<br>- ".join(("", *a.needs, *a.wishes))
    return f"""<html><head><title>Vacancy: {a.title}</title></head><body bgcolor="#ffffff"><table width="100%"><tr><td colspan="2"><a href="/">Home</a> | <a href="/jobs">Vacancies</a> | <a href="/news">News</a> | <a href="/contact">Contact</a></td></tr>
<tr><td valign="top" width="180"><b>Browse</b><br><a href="/1">Accounting (12)</a><br><a href="/2">Engineering (40)</a><br><a href="/3">Nursing (8)</a><br><a href="/4">Sales (31)</a><br><a href="/5">Trades (19)</a></td>
<td valign="top"><h1>{a.title}</h1><p>{a.firm}, {a.place}</p><p>{a.about}</p><p><b>Duties</b>{rows}</p><p><b>Requirements</b>{needs}</p><p><b>We offer</b><br>{"<br>".join(a.offer)}</p>
<p><a href="mailto:x@example.org">Send this job to a friend</a> <a href="/print">Print</a></p></td></tr>
<tr><td colspan="2" align="center"><font size="1">Copyright 2026 County Jobs. <a href="/terms">Terms of use</a> <a href="/priv">Privacy</a></font></td></tr></table></body></html>"""


def blog(a: Advert) -> str:
    """A firm's own site made with a blog system."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>{a.title} – {a.firm}</title></head><body class="page-template"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><div class="site-branding"><p class="site-title">{a.firm}</p><p>Since 1974</p></div><nav id="site-navigation"><ul class="menu"><li><a>Home</a></li><li><a>Services</a></li><li><a>Careers</a></li></ul></nav></header>
<div id="content"><div class="breadcrumbs"><a>Home</a> » <a>Careers</a> » <span>{a.title}</span></div><main><article class="post type-page"><header class="entry-header"><h1 class="entry-title">{a.title}</h1><div class="entry-meta">Posted on May 3 by admin</div></header>
<div class="entry-content">{body(a, "h4")}<p>To apply, send your resume to jobs@example.org.</p></div><footer class="entry-footer"><span>Filed under: <a>Careers</a></span><div class="sharedaddy">Share this: <a>Twitter</a><a>Facebook</a></div></footer></article>
<div id="comments" class="comments-area"><h2>Leave a Reply</h2><form><p>Your email address will not be published.</p><label>Comment</label><textarea></textarea><input type="submit"></form></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li><a>We won the regional safety prize</a></li><li><a>Summer barbecue in pictures</a></li></ul></section><section class="widget"><h2>Archives</h2><ul><li><a>May 2026</a></li></ul></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Proudly powered by PressWord</div></footer></div></body></html>"""


def panels(a: Advert) -> str:
    """A board with a consent banner first and key facts in boxes."""
    return f"""<!doctype html><html><head><title>{a.title} Job in {a.place}</title></head><body><div class="cookie-banner" role="alertdialog"><p>We value your privacy. We and our 812 partners store and access information on a device.</p><button>Reject all</button><button>Accept all</button></div>
<header><a>Monstrum</a><nav><a>Find Jobs</a><a>Salary Tools</a><a>Career Advice</a><a>Upload Resume</a></nav></header>
<div class="layout"><section class="job-header"><h1>{a.title}</h1><h2>{a.firm}</h2><p>{a.place}</p><div class="actions"><button>Quick Apply</button><button>Save</button></div></section>
<section class="job-description"><h2>Description</h2>{body(a)}</section><section class="profile-insights"><h2>Profile Insights</h2><p>Find out how your skills align with the job description</p><h3>Skills</h3><p>Do you have experience in any of these?</p><button>Plumbing</button><button>SQL</button></section>
<section class="about-company"><h2>About {a.firm}</h2><p>Company size: 200 to 500 employees</p><a>See all jobs at {a.firm}</a></section>
<section class="job-alert-signup"><h2>Get job alerts</h2><p>Create a job alert and we will send you {a.title} jobs by email.</p><form><label>Email</label><input><button>Create alert</button></form></section>
<section class="recommended-jobs"><h2>Recommended for you</h2>{cards("div", "article")}</section></div>
<footer><div><h3>Job Seekers</h3><a>Browse jobs</a><a>Popular searches</a></div><div><h3>Employers</h3><a>Post a job</a></div><p>© 2026 Monstrum</p></footer></body></html>"""
