"""What checks find -> what is reported: findings that a comment ignores are taken away, severities of site.yml count, places sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from generator.config import Config
from generator.findings import ONLINE, SINCE, everything, settle
from generator.merging import merged
from generator.model import Finding, KnowledgeBase
from generator.suppressions import idle_rules, suppress

Wanted = Callable[[str], bool]
"""Whether findings of a code are wanted."""


def settled(
    config: Config, findings: Iterator[Finding], kb: KnowledgeBase, wanted: Wanted = everything, asked: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """The findings that no comment ignores, with the severities of site.yml, sorted; comments and rules that are idle are some too.

    A comment or a rule about something that nobody looked for is not idle; `asked` are the codes that are looked for on request.
    """
    looked = looked_for(wanted, asked)
    left = list(suppress(findings, kb, config, looked))
    idle = idle_rules(left, config, looked) if wanted is everything else ()
    return tuple(merged(settle((finding for finding in chain(left, idle) if wanted(finding.code)), config.severity)))


def looked_for(wanted: Wanted, asked: frozenset[str]) -> Wanted:
    """Whether all findings of a code were looked for: some only on request, and idle rules only where every code is wanted."""
    unasked = (ONLINE | SINCE) - asked | ({"severity-unused"} if wanted is not everything else set())
    return lambda code: wanted(code) and code not in unasked
