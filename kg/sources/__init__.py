"""Read files, folders, patterns, web addresses and standard input as documents."""

from kg.sources.boilerplate import Boilerplate, find_boilerplate
from kg.sources.paths import count_sources, expand
from kg.sources.read import read_each, read_sources

__all__ = ["Boilerplate", "count_sources", "expand", "find_boilerplate", "read_each", "read_sources"]
