"""Audits for fairness: impact ratios of outcomes, and what changes if only the person does.

    outcomes.py        a CSV of outcomes -> rows
    impact.py          rows -> rates and impact ratios by category
    people.py          names, places, schools, hobbies that are swapped; templates.txt: resumes
    counterfactual.py  swaps -> shifts of the score by group, with exact tests (exact.py)
    filing.py          either audit as HTML and CSV, with the hashes of what was audited

Above matcher.py: an audit sees a scorer from outside, as anybody would.
"""

from __future__ import annotations
