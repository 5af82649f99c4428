"""A SPARQL 1.1 endpoint on a graph on disk, read only, with a page to write queries in.

`Server` answers HTTP with the standard library; queries run in processes of their own (`kg.serve.workers`), because a
query that takes too long can only be stopped with the process it runs in.
"""

from __future__ import annotations

from kg.serve.http import Server
from kg.serve.limits import Limits

__all__ = ["Limits", "Server"]
