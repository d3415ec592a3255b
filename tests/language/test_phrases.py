"""Lists of phrases: their signs, and that the data files keep to them."""

from __future__ import annotations

import pytest

from rolefit.language.job_words import PHRASES
from rolefit.language.licences import PHRASES as LICENCES
from rolefit.language.phrases import Phrases


@pytest.mark.parametrize("known", [PHRASES, LICENCES], ids=["job words", "licences"])
def test_every_phrase_of_the_data_files_is_well_formed(known: Phrases) -> None:
    assert known.check() > 60


def test_phrases_go_on_end_and_choose_as_they_are_written() -> None:
    phrases = Phrases(a="licen*, must have, a (big )?plus, pay (range|of)*, series #")
    assert phrases.find("licensed and licence") != []
    assert [hit.end for hit in phrases.find("a big plus")] == [10]
    assert phrases.find("must haven") == []
    assert phrases.find("pay often") == []
    assert phrases.find("pay ranges") != []
    assert [hit.end for hit in phrases.find("series 63")] == [9]
    with pytest.raises(ValueError, match="write its forms"):
        Phrases(a="cv*")
