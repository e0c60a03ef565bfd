"""Redirects lead straight to pages: circles, chains, dead ends and sources in front of live pages are found."""

from __future__ import annotations

import time

from tests.checks.test_links import ONE, codes, links
from tests.conftest import Write

PAGES = {"en/page.md": "# Page {#page}\n", "en/modules/mta.md": "# Mta {#mta}\n"}
HEAD = "source,destination\n"


def test_a_circle_and_a_chain_are_found_without_knowing_addresses(write: Write) -> None:
    rows = HEAD + "/a,/b\n/b,/a\n/c,/d\n/d,/e\n/self,/self\n"
    assert codes(write({"site.yml": ONE, **PAGES, "en/redirects.csv": rows})) == [
        "link-redirect-loop 2:1 /a",
        "link-redirect-loop 3:1 /b",
        "link-redirect-chain 4:4 /d",
        "link-redirect-loop 6:1 /self",
    ]


def test_dead_ends_and_shadows_need_the_prefix_of_site_yml(write: Write) -> None:
    rows = HEAD + "https://e.com/en/old.html,https://e.com/en/gone.html\nhttps://e.com/en/page.html,https://e.com/en/modules/mta.html\n"
    assert not codes(write({"site.yml": ONE, **PAGES, "en/redirects.csv": rows}))
    yml = ONE.replace("reference: true", "reference: true, url_prefix: https://e.com/en/")
    assert [code.split(" ")[:2] for code in codes(write({"site.yml": yml, **PAGES, "en/redirects.csv": rows}))] == [
        ["link-redirect-dead", "2:27"],
        ["link-redirect-shadow", "3:1"],
    ]


def test_a_line_without_a_destination_is_found(write: Write) -> None:
    rows = HEAD + "/a;/b\n\n/c,\n/d,/page\n"
    assert codes(write({"site.yml": ONE, **PAGES, "en/redirects.csv": rows})) == ["link-redirect-dead 2:1 ", "link-redirect-dead 4:1 "]


def test_a_quote_that_is_left_open_ends_with_its_line(write: Write) -> None:
    rows = HEAD + '/a,"/b\n' + "/c,/d\n" + "/d,/e" * 50_000 + "\n"
    assert [code.split(" ")[:2] for code in codes(write({"site.yml": ONE, **PAGES, "en/redirects.csv": rows}))][:1] == [["link-redirect-chain", "3:4"]]


def test_a_source_that_stands_twice_is_found_with_the_line_that_counts(write: Write) -> None:
    found = links(write({"site.yml": ONE, **PAGES, "en/redirects.csv": HEAD + '/a,/b\n/c,/d\n"/a",/b\n/a,/c\n/A,/b\n/a.html,/b\n'}))
    assert [(one.code, one.span.line, one.span.column, one.target) for one in found if one.code != "link-redirect-chain"] == [
        ("link-redirect-duplicate", 4, 2, "/a"), ("link-redirect-duplicate", 5, 1, "/a"),
    ]  # fmt: skip
    assert [one.message.partition(";")[0] for one in found] == ["Line 2 has the same redirect", "Line 2 leads this address to /b, which is what counts here"]


def test_destinations_elsewhere_are_nobodys_business(write: Write) -> None:
    yml = ONE.replace("reference: true", "reference: true, url_prefix: https://e.com/en/")
    rows = HEAD + "https://e.com/en/old.html,https://other.com/x.html\n"
    assert not codes(write({"site.yml": yml, **PAGES, "en/redirects.csv": rows}))


def test_addresses_can_follow_the_groups_of_the_contents(write: Write) -> None:
    yml = ONE.replace("reference: true", "reference: true, url_prefix: https://e.com/en, url_paths: toc")
    toc = "# T\n\n+ [Page](page.md)\n+ Programs {#programs}\n  + [Mta](modules/mta.md)\n"
    rows = HEAD + "https://e.com/en/a.html,https://e.com/en/programs/mta.html\nhttps://e.com/en/b.html,https://e.com/en/modules/mta.html\n"
    (finding,) = links(write({"site.yml": yml, **PAGES, "en/TOC.md": toc, "en/redirects.csv": rows}))
    assert (finding.code, finding.span.line, finding.suggestion) == ("link-redirect-dead", 3, "https://e.com/en/programs/mta.html")


def test_a_chain_is_followed_once_however_long_it_is_and_one_into_a_circle_ends(write: Write) -> None:
    chain = "".join(f"/r{number},/r{number + 1}\n" for number in range(30_000))
    folder = write({"site.yml": ONE, **PAGES, "en/redirects.csv": HEAD + chain + "/in,/a\n/a,/b\n/b,/a\n"})
    begin = time.process_time()
    found = codes(folder)
    assert time.process_time() - begin < 20
    assert found[0] == "link-redirect-chain 2:5 /r1"
    assert found[-2:] == ["link-redirect-loop 30003:1 /a", "link-redirect-loop 30004:1 /b"]
