"""Postings as systems hand them out, texts copied out of sources, and links: name -> bytes."""

# ruff: noqa: E501  (pages are easier to check as they are saved)
from __future__ import annotations

import json

_TEXT = "<p>We fix lifts in {} hospitals.</p><h3>Requirements</h3><ul><li>4+ years with lifts</li><li>R&amp;D is no plus</li></ul>"
_HTML = _TEXT.format("twelve")
_ONCE = _HTML.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
_TWICE = _ONCE.replace("&", "&amp;")
_TITLED = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Lift Engineer"}
_SCHEMA = _TITLED | {
    "description": _HTML,
    "hiringOrganization": {"@type": "Organization", "name": "Upright Ltd"},
    "employmentType": "FULL_TIME",
    "experienceRequirements": {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": 48,
    },
    "educationRequirements": [{"credentialCategory": "associate degree"}],
    "qualifications": "Site safety card",
    "skills": ["hydraulics", "relay logic"],
}
_GREENHOUSE = {"id": 7, "title": "Lift Engineer", "absolute_url": "https://example.org/7",
               "location": {"name": "Leeds"}, "content": _ONCE, "departments": []}  # fmt: skip
_LEVER = {
    "id": "a-b", "text": "Lift Engineer", "categories": {"team": "Service", "location": "Leeds"},
    "description": "<div>We fix lifts in twelve hospitals.</div>",
    "descriptionPlain": "We fix lifts in twelve hospitals.",
    "lists": [{"text": "Requirements", "content": "<li>4+ years with lifts</li><li>Site safety card</li>"},
              {"text": "Nice to have", "content": "<li>Relay logic</li>"}],
    "additional": "<div>We offer a van.</div>", "additionalPlain": "We offer a van.",
}  # fmt: skip
_ASHBY = {"apiVersion": "1", "jobs": [{
    "id": "c", "title": "Lift Engineer", "employmentType": "FullTime", "jobUrl": "https://example.org/c",
    "descriptionHtml": _HTML, "descriptionPlain": "We fix lifts in twelve hospitals."}]}  # fmt: skip
_SMART = {"name": "Lift Engineer", "company": {"name": "Upright Ltd"}, "jobAd": {"sections": {
    "jobDescription": {"title": "Job Description", "text": "<p>We fix lifts in twelve hospitals.</p>"},
    "qualifications": {"title": "Qualifications", "text": "<ul><li>4+ years with lifts</li></ul>"}}}}  # fmt: skip
_RECRUITEE = {"offer": {"title": "Lift Engineer", "department": "Service",
                        "description": "<p>We fix lifts in twelve hospitals.</p>",
                        "requirements": "<ul><li>4+ years with lifts</li></ul>"}}  # fmt: skip
_OTHER = {"title": "Night Cook", "jobUrl": "https://example.org/d",
          "descriptionHtml": "<p>Cook for two wards through the night, and bake.</p>"}  # fmt: skip
_RESUME = {"employment": [
    {"company": "Upright Ltd", "title": "Lift Engineer", "location": "Leeds",
     "description": "Kept the lifts of twelve hospitals running for six years."}]}  # fmt: skip


def _page(*data: object, body: str = "<div id=root></div>") -> str:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data
    )
    return f"<!doctype html><html><head><title>Careers</title>{scripts}</head><body>{body}</body></html>"


_GRAPH = {
    "@context": "https://schema.org",
    "@graph": [{"@type": "WebSite", "name": "Upright"}, _SCHEMA],
}
_ANOTHER = _TITLED | {"title": "Night Cook", "description": "<p>Cook for two wards, all night.</p>"}

POSTINGS: dict[str, str] = {
    "schema.json": json.dumps(_SCHEMA),
    "schema-list.json": json.dumps([_GRAPH["@graph"][0], _SCHEMA]),
    "schema-page.html": _page(_SCHEMA),
    "schema-graph.html": _page({"@type": "BreadcrumbList"}, _GRAPH),
    "schema-two.html": _page(_ANOTHER, _SCHEMA, body="<h1>Lift Engineer</h1><p>See below.</p>"),
    "schema-broken.html": _page(
        body='<script type="application/ld+json">{"@type": </script><p>Hi</p>'
    ),
    "greenhouse.json": json.dumps(_GREENHOUSE),
    "greenhouse-list.json": json.dumps({"jobs": [_GREENHOUSE], "meta": {"total": 1}}),
    "lever.json": json.dumps([_LEVER], indent=2),
    "ashby.json": json.dumps(_ASHBY),
    "smart.json": json.dumps(_SMART),
    "recruitee.json": json.dumps(_RECRUITEE),
    "resume.json": json.dumps(_RESUME),
    "other.json": json.dumps({"title": "A poem", "lines": ["of", "nothing"]}),
    "escaped.txt": _ONCE,
    "escaped-twice.txt": _TWICE,
    "escaped-below.txt": f"Lift Engineer\nLeeds\n\n{_ONCE}\nApply by Friday",
    "escaped-in-page.html": f"<html><body><h1>Lift Engineer</h1><div>{_ONCE}</div></body></html>",
    "entities.txt": "Bachelor&#39;s degree, R&amp;D &bull; 3 &ndash; 5 years&nbsp;&#x2013; caf&eacute; &unknown;",
    "strokes.txt": "4\\+ years of C\\+\\+ and Node\\.js\n\\- \\*\\*SQL\\*\\*\nC:\\temp \\\\server \\& co",
    "of-tags.txt": "Wrote <p> and <div> by hand, and a parser for &lt;br&gt;",
}
MANY: dict[str, str] = {
    "many.json": json.dumps([_LEVER, _OTHER]),
    "many-ashby.json": json.dumps({"jobs": [*_ASHBY["jobs"], _OTHER]}),
}
LINKS: dict[str, bytes] = {
    "cv.url": b"[InternetShortcut]\r\nURL=https://example.org/cv\r\n",
    "cv.webloc": b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/x.dtd">'
    b"<plist version='1.0'><dict><key>URL</key><string>https://example.org/cv</string></dict></plist>",
    "binary.webloc": b"bplist00\xd1\x01\x02SURL_\x10\x16https://example.org/cv\x08\x0b\x0f",
    "cv.gdoc": b'{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"1a2b","resource_key":"","email":"x@example.org"}',
    "old.gdoc": b'{"url": "https://docs.google.com/open?id=1a2b"}',
    "cv.desktop": b"[Desktop Entry]\nEncoding=UTF-8\nName=CV\nType=Link\nURL=https://example.org/cv\n",
    "cv.txt": b"https://example.org/people/jane-doe/cv.pdf\n",
    "cv.lnk": b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(60),
}
