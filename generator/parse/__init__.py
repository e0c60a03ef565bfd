"""SourceFile -> Page: front matter, the dialect's Markdown, HTML tables. The only room that knows markdown-it and bs4."""

from generator.parse.cases import asks
from generator.parse.front_matter import metadata
from generator.parse.ignores import ignored
from generator.parse.page import outline, parse, parse_mended
from generator.parse.toc import navigation

__all__ = ["asks", "ignored", "metadata", "navigation", "outline", "parse", "parse_mended"]
