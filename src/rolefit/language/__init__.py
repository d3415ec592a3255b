"""Text -> canonical text, and the skills it names. ESCO and the alias file, no model, no network.

The taxonomy is read on first use, not on import.
"""

from __future__ import annotations

from rolefit.language.canonical import canonical
from rolefit.language.skills import find_skills

__all__ = ["canonical", "find_skills"]
