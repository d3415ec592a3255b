"""The shapes of saved pages that were not looked at while the reader was written, and all pages."""

# ruff: noqa: E501  (pages are easier to check as they are saved)
from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from board_pages import (
    ANALYST,
    NURSE,
    PLUMBER,
    WELDER,
    Advert,
    aggregator,
    blog,
    body,
    cards,
    divs,
    hosted,
    items,
    network,
    old_table,
    panels,
)


class Page(NamedTuple):
    """A saved page and what it says of one job."""

    name: str
    html: str
    posting: tuple[str, ...]
    held_out: bool


def government(a: Advert) -> str:
    """A government's page: tabs, a table of facts, a page-long menu, help at the end."""
    return f"""<!DOCTYPE html><html><head><title>{a.title} - GOVJOBS</title></head><body><section class="usa-banner" aria-label="Official website"><p>An official website of the government</p><button>Here's how you know</button><div id="gov-banner"><p>Official websites use .gov. A lock means you have safely connected.</p></div></section>
<header role="banner"><a href="/">GOVJOBS</a><ul class="usajobs-nav"><li><a>Sign In</a></li><li><a>Help</a></li><li><a>Search</a></li></ul></header>
<div id="main-content" role="main"><h1 id="joa-title">{a.title}</h1><p>{a.firm}</p><div class="joa-tabs"><ul><li><a href="#o">Overview</a></li><li><a href="#d">Duties</a></li><li><a href="#r">Requirements</a></li><li><a href="#h">How to apply</a></li></ul></div>
<div id="overview"><h2>Summary</h2><p>{a.about}</p><ul class="facts"><li><h3>Location</h3><p>{a.place}</p></li><li><h3>Appointment type</h3><p>Permanent</p></li></ul></div>
<div id="duties"><h2>Duties</h2><ul>{items(a.duties)}</ul></div><div id="requirements"><h2>Qualifications</h2><ul>{items(a.needs)}</ul><h3>Desirable</h3><ul>{items(a.wishes)}</ul></div><div id="benefits"><h2>Benefits</h2><ul>{items(a.offer)}</ul></div></div>
<div id="help" class="usa-accordion"><h2>Learn more about government jobs</h2><ul><li><a>What is the competitive service?</a></li><li><a>Veterans</a></li><li><a>Students</a></li></ul></div>
<div role="contentinfo"><a>About</a><a>Accessibility</a><a>FOIA</a><a>Return to top</a></div></body></html>"""


def lever(a: Advert) -> str:
    """Another hosted page: sections of a posting, one apply button above and below."""
    part = '<div class="section page-centered"><div><h3>{}</h3><ul class="posting-requirements plain-list"><ul>{}</ul></ul></div></div>'
    return f"""<html><head><title>{a.firm} - {a.title}</title></head><body class="show"><div class="content-wrapper posting-page"><div class="main-header page-full-width"><a class="main-header-logo" href="/"><img alt="logo"></a><a href="/jobs">{a.firm} home page</a></div>
<div class="content"><div class="section-wrapper accent-section page-full-width"><div class="section page-centered posting-header"><div class="posting-headline"><h2>{a.title}</h2><div class="posting-categories"><div>{a.place}</div><div>Full-time</div></div></div><div class="postings-btn-wrapper"><a class="postings-btn">Apply for this job</a></div></div></div>
<div class="section-wrapper page-full-width"><div class="section page-centered" data-qa="job-description"><div>{a.about}</div></div>{part.format("Duties", items(a.duties))}{part.format("You have", items(a.needs))}{part.format("Bonus", items(a.wishes))}{part.format("Benefits", items(a.offer))}
<div class="section page-centered last-section-apply"><a class="postings-btn">Apply for this job</a></div></div></div></div><div class="main-footer page-full-width"><div class="main-footer-text page-centered"><p><a href="/">{a.firm} Home Page</a></p><a class="image-link" href="/l">Jobs powered by <img alt="Lifter"></a></div></div></body></html>"""


def classifieds(a: Advert) -> str:
    """A classified advert: text and line breaks, with safety tips around it."""
    text = "<br><br>".join(
        (
            a.about,
            "<br>".join(a.duties),
            "Must have:<br>" + "<br>".join(a.needs + a.wishes),
            "<br>".join(a.offer),
        )
    )
    return f"""<!DOCTYPE html><html><head><title>{a.title} - general labor - job employment</title></head><body class="posting"><section class="page-container"><header class="global-header"><a>CL</a><nav class="breadcrumbs-container"><ul><li>{a.place}</li><li>jobs</li><li>general</li></ul></nav><div class="userlinks"><a>post</a> <a>account</a></div></header>
<div class="dateReplyBar"><button>reply</button><span>favorite</span><span>hide</span><span>flag</span><p>Posted about 20 hours ago</p></div><h1 class="postingtitle"><span id="titletextonly">{a.title}</span></h1><section class="userbody"><div class="mapAndAttrs"><p class="attrgroup"><span>compensation: see below</span><br><span>employment type: full-time</span></p></div>
<section id="postingbody"><div class="print-information"><p>QR Code Link to This Post</p></div>{text}</section><ul class="notices"><li>Principals only. Recruiters, please don't contact this job poster.</li><li>do NOT contact us with unsolicited services or offers</li></ul><div class="postinginfos"><p>post id: 7741</p><p>posted: about 20 hours ago</p><p>best of [?]</p></div></section>
<aside class="safety"><p>Avoid scams, deal locally. Never wire funds.</p></aside><footer><ul><li>help</li><li>safety</li><li>privacy</li><li>terms</li></ul></footer></section></body></html>"""


def microdata(a: Advert) -> str:
    """A page that marks its parts with microdata, between two columns of other things."""
    return f"""<!doctype html><html><head><title>{a.title} | Readily</title></head><body><div class="top"><ul class="menu-top"><li><a>Jobs</a></li><li><a>Courses</a></li><li><a>Recruiting? </a></li><li><a>Register CV</a></li></ul></div>
<div class="col-left"><div class="box"><h3>Refine your search</h3><ul><li><a>Permanent (204)</a></li><li><a>Temporary (54)</a></li><li><a>Contract (12)</a></li></ul></div></div>
<div class="job-details" itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">{a.title}</h1><span itemprop="hiringOrganization">{a.firm}</span> <span itemprop="jobLocation">{a.place}</span><div class="apply-bar"><a class="btn">Apply now</a> <a>Email me jobs like this</a></div><div itemprop="description">{body(a)}</div><div class="reference"><p>Reference: 5512</p></div></div>
<div class="col-right"><div class="box courses"><h3>Courses you may like</h3>{cards("ul", "li")}</div></div><div class="bottom"><p>Readily never charges job seekers. <a>Report this job</a></p><ul><li><a>About us</a></li><li><a>Press</a></li></ul></div></body></html>"""


def hub(a: Advert) -> str:
    """An Australian style board: one long article, then a quiz, safety and job ads of others."""
    return f"""<html lang="en"><head><title>{a.title} Job in {a.place} - SOUGHT</title></head><body><div id="app"><div><a href="#start-of-content">Skip to content</a><header><a>SOUGHT</a><div><a>Job search</a><a>Profile</a><a>Career advice</a><a>Explore companies</a></div></header><div id="start-of-content">
<div data-automation="jobDetailsPage"><div><h1 data-automation="job-detail-title">{a.title}</h1><span>{a.firm}</span><span>View all jobs</span><div><span>{a.place}</span><span>Full time</span><span>Posted 6d ago</span></div><div><a>Quick apply</a><button>Save</button></div><div><p>How you match</p><p>3 skills and credentials match your profile</p></div></div>
<div data-automation="jobAdDetails"><div>{body(a, "strong")}</div></div><section><h3>Employer questions</h3><p>Your application will include the following questions:</p><ul><li>Which of the following statements best describes your right to work?</li><li>How many years' experience do you have as a manager?</li></ul></section>
<section><h3>Company profile</h3><p>No reviews yet. Be the first.</p></section><section><h4>Be careful</h4><p>Don't provide your bank or credit card details when applying for jobs.</p><a>Report this job ad</a></section><section><h3>Featured jobs</h3>{cards("div", "article")}</section><section><h3>What can I earn?</h3><p>See more detailed salary information</p></section></div></div>
<footer><div>Tools</div><a>Job search</a><a>Profile</a><div>Company</div><a>About</a><a>Newsroom</a><div>© SOUGHT. All rights reserved.</div></footer></div></div></body></html>"""


def university(a: Advert) -> str:
    """A university's page inside its site: side menu, key facts as a table, documents to download."""
    return f"""<!DOCTYPE html><html><head><title>{a.title} : Working here : University of Ebbing</title></head><body><div class="skip"><a href="#content">Skip to main content</a></div><div class="masthead"><a>University of Ebbing</a><form role="search"><input><button>Search</button></form></div><div class="nav-main" role="navigation"><ul><li><a>Study</a></li><li><a>Research</a></li><li><a>Alumni</a></li></ul></div>
<div class="container"><div class="sidebar-nav"><ul><li><a>Working here</a><ul><li><a>Current vacancies</a></li><li><a>Benefits</a></li><li><a>Equality</a></li></ul></li></ul></div><div id="content" class="content"><h1>{a.title}</h1><table><tr><th>Department</th><td>{a.firm}</td></tr><tr><th>Location</th><td>{a.place}</td></tr><tr><th>Hours</th><td>Full time</td></tr></table>
{body(a, "h2")}<h2>Further particulars</h2><ul><li><a>Job description (PDF)</a></li><li><a>Guidance for applicants (PDF)</a></li></ul><p><a class="button">Begin an application</a></p></div></div>
<div class="site-foot"><p>University of Ebbing, 1 High Street</p><ul><li><a>Accessibility</a></li><li><a>Cookies</a></li><li><a>Freedom of information</a></li></ul></div></body></html>"""


def staffing(a: Advert) -> str:
    """A staffing firm's page that speaks of itself at length on the side."""
    return f"""<html><head><title>{a.title} - {a.place} - Handover Staffing</title></head><body><div class="wrap"><div class="hdr"><img alt="Handover Staffing"><a>For job seekers</a><a>For employers</a><a>Locations</a><a>Call us</a></div><div class="hero"><h1>{a.title}</h1><p>{a.place}</p><a class="cta">Apply now</a></div>
<div class="grid"><div class="left">{body(a, "h3")}</div><div class="right"><div class="recruiter"><h4>Your recruiter</h4><p>Dana Winters</p><a>Message</a></div><div class="share"><h4>Share this job</h4><a>Facebook</a><a>X</a><a>Email</a></div><div class="related"><h4>Related jobs</h4>{cards("ul", "li")}</div></div></div>
<div class="newsletter"><h3>Never miss a job</h3><p>Subscribe to our newsletter for career tips and interview advice.</p><form><input><button>Subscribe</button></form></div><div class="ftr"><p>Handover Staffing is an equal opportunity employer.</p><a>Privacy</a><a>Terms</a></div></div></body></html>"""


def hashed(a: Advert) -> str:
    """A page whose classes are hashes and whose only landmark is its heading."""
    rows = "".join(
        f'<p class="q7">{line}</p>' for line in (*a.duties, *a.needs, *a.wishes, *a.offer)
    )
    return f"""<html><head><title>{a.title}</title></head><body><div class="a1"><div class="b2"><span><a>Find work</a></span><span><a>My jobs</a></span><span><a>Messages</a></span><span><a>Log in</a></span></div><div class="c3"><div class="d4"><h1 class="e5">{a.title}</h1><div class="f6">{a.firm} · {a.place}</div><div class="g7"><a>Apply on company site</a><a>Save</a><a>Share</a></div></div><div class="h8"><p class="q7">{a.about}</p>{rows}</div></div>
<div class="i9"><h2 class="j0">More jobs from {a.firm}</h2><div class="k1">{cards("div", "div")}</div></div><div class="l2"><h2 class="j0">Salary estimate</h2><p>Similar roles pay between $50K and $90K.</p></div><div class="m3"><a>Terms</a><a>Privacy</a><a>Do not sell my info</a></div></div></body></html>"""


_LOOKED_AT = (network, aggregator, hosted, divs, old_table, blog, panels)
_HELD_OUT = (government, lever, classifieds, microdata, hub, university, staffing, hashed)
_ADVERTS = (PLUMBER, ANALYST, NURSE, WELDER)


def _made(shapes: tuple[Callable[[Advert], str], ...], held_out: bool) -> list[Page]:
    pages = []
    for number, shape in enumerate(shapes):
        for advert in (_ADVERTS[number % 4], _ADVERTS[(number + 1) % 4]):
            html = shape(advert)
            pages.append(Page(f"{shape.__name__}-{advert.title}", html, advert.lines(), held_out))
    return pages


PAGES = (*_made(_LOOKED_AT, False), *_made(_HELD_OUT, True))
