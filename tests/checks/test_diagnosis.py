"""A broken link says why it is broken, and suggests an address only where one thing can be meant."""

from __future__ import annotations

import pytest

from generator.checks.similar import Guess, nearest
from tests.checks.test_links import ONE, TWO, links
from tests.conftest import Write

SITE = {
    "en/other.md": "# Other things {#other}\n\n## The open ports {#open-ports-steps}\n\n## Twice {#a-common-name}\n\n<!--\n## Old {#old-heading}\n-->\n",
    "en/Guide.md": "# Guide {#guide}\n\n## Moved here {#moved-heading}\n\n## Twice {#a-common-name}\n",
    "en/modules/mta.md": "# The mail agent {#mta}\n",
    "en/modules/stat.md": "# Statistics {#stat}\n",
    "en/release-7.md": "# Release 7 {#release-7}\n",
    "en/words.md": "# Words {#words}\n\n[How counts work](modules/stat.md#stat), [how counts work](modules/stat.md#stat).\n\n"
    "[torn both ways](modules/stat.md) [torn both ways](modules/mta.md) [said once only](modules/mta.md)\n",
    "en/assets/screen.png": "",
}


@pytest.mark.parametrize(
    ("written", "says", "suggests"),
    [
        ("[a](guide.md#guide)", "called Guide.md: case differs", "Guide.md#guide"),
        ("[a](other#other)", "the page is other.md", "other.md#other"),
        ("[a](other.html)", "the page is other.md", "other.md"),
        ("[a](mta.md)", "There is modules/mta.md", "modules/mta.md"),
        ("[a](modules/mat.md#mta)", "It is called mta.md", "modules/mta.md#mta"),
        ("[a](modules/mta%252Emd)", "percent-encoded twice", "modules/mta.md"),
        ("[a](www.example.org/a?b)", "an address outside begins with https://", "https://www.example.org/a?b"),
        ("[a](http//example.org)", "an address outside begins with https://", "http://example.org"),
        ("[a](http/other.md)", "There is other.md", "other.md"),
        ("[a](modules/)", "This is a folder", ""),
        ("[The mail agent](modules/)", "a page in it: modules/mta.md", "modules/mta.md"),
        ("[a](release-8.md)", "The nearest is release-7.md", ""),
        ("[a](nothing-like-it.md)", "There is no page nothing-like-it.md.", ""),
        ("[The mail agent](nothing-like-it.md)", "modules/mta.md", "modules/mta.md"),
        ("[a](other.md#Open-ports-steps)", "case differs", "other.md#open-ports-steps"),
        ("[a](other.md#open-ports)", "the id is open-ports-steps", "other.md#open-ports-steps"),
        ("[a](other.md#oepn-ports-steps)", "the id is open-ports-steps", "other.md#open-ports-steps"),
        ("[a](other.md#moved-heading)", "it moved to en/Guide.md:3", "Guide.md#moved-heading"),
        ("[a](#a-common-name)", "several other pages have one", ""),
        ("[a](other.md#old-heading)", "is commented out at en/other.md:8", ""),
        ("![a](assets/Screen.png)", "called assets/screen.png: case differs", "assets/screen.png"),
        ("[a](../../shared/stat.md)", "There is modules/stat.md", "modules/stat.md"),
        ("[The open ports](../../shared/other.md)", "There is other.md", "other.md#open-ports-steps"),
        ("[how counts work](nothing-like-it.md)", "Other links with these words lead to modules/stat.md.", "modules/stat.md#stat"),
        ("[how counts work](modules/)", "a page in it: modules/stat.md", "modules/stat.md#stat"),
        ("[how counts work](assets/)", "This is a folder", ""),
        ("[torn both ways](nothing-like-it.md)", "There is no page nothing-like-it.md.", ""),
        ("[said once only](nothing-like-it.md)", "There is no page nothing-like-it.md.", ""),
        ('<a href="guide.md#guide">a</a>', "case differs", "Guide.md#guide"),
    ],
)
def test_one_language_tells(write: Write, written: str, says: str, suggests: str) -> None:
    (finding,) = links(write({"site.yml": ONE, "en/page.md": f"# Page {{#page}}\n\n{written}\n", **SITE}))
    assert says in finding.message
    assert finding.suggestion == suggests


@pytest.mark.parametrize(
    ("english", "spanish", "says", "suggests"),
    [
        ("[a](other.md#ports)", "[a](otro.md#ports)", "Broken only in es; in en it leads to other.md#ports", "other.md#ports"),
        ("[a](other.md#ports)", "[a](.)", "Broken only in es; in en it leads to other.md#ports", "other.md#ports"),
        ("[a](other.md#lost)", "[a](other.md#lost)", "the heading at es/other.md:5 has lost the {#lost} that it has in en", ""),
        ("[a](other.md#own)", "[a](other.md#own)", "has the id propio in place of own", ""),
        ("", "[a](other.md#own)", "has the id propio in place of own", ""),
        ("[a](other.md#words-only)", "[a](other.md#words-only)", "write {#words-only} behind the heading at es/other.md:9", ""),
        ("[a](other.md#ports)", "[a][etiqueta]", "Nothing defines the label etiqueta; in en this link leads to other.md#ports", "other.md#ports"),
    ],
)
def test_the_other_languages_tell(write: Write, english: str, spanish: str, says: str, suggests: str) -> None:
    folder = write(
        {
            "site.yml": TWO,
            "en/page.md": f"# Page {{#page}}\n\n[x](other.md) {english}\n",
            "es/page.md": f"# Página {{#page}}\n\n[x](other.md) {spanish}\n",
            "en/other.md": "# Other {#other}\n\n## Ports {#ports}\n\n## Lost {#lost}\n\n## Own {#own}\n\n## Words only\n",
            "es/other.md": "# Otro {#other}\n\n## Puertos {#ports}\n\n## Perdido\n\n## Propio {#propio}\n\n## Solo palabras\n",
        }
    )
    (finding,) = [finding for finding in links(folder) if finding.code != "link-implicit-anchor"]
    assert finding.file == "es/page.md"
    assert says in finding.message
    assert finding.suggestion == suggests


def test_a_link_that_is_broken_everywhere_is_not_called_broken_in_one_language(write: Write) -> None:
    page = "# Page {#page}\n\n[a](none-of-them.md)\n"
    found = links(write({"site.yml": TWO, "en/page.md": page, "es/page.md": page}))
    assert len(found) == 2
    assert not any("only" in finding.message for finding in found)


def test_names_that_differ_in_a_number_are_never_sure() -> None:
    guess = nearest("release-7-2-2", ("release-7-4-3", "release-7-4-2"))
    assert guess is not None
    assert not guess.sure


def test_two_names_that_are_equally_like_are_never_sure() -> None:
    guess = nearest("open-port", ("open-ports", "open-porto"))
    assert guess is not None
    assert not guess.sure


def test_the_same_words_with_another_mark_before_their_number_are_meant() -> None:
    assert nearest("event-error_1", ("event-error", "event-error-1", "event-error-2")) == Guess("event-error-1", sure=True)


def test_names_that_share_little_but_their_ending_are_not_alike() -> None:
    assert nearest("b.png", ("a.png",)) is None
    assert nearest("mapping-old.md", ("mapping.md",)) == Guess("mapping.md", sure=True)
