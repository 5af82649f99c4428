"""What a query may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run, how large it and its result may be, and how many run side by side.

    ``memory`` bounds the address space of a process in which queries run, where the system can (Linux); a query waits
    at most ``timeout`` for its turn.
    """

    timeout: float = 30.0
    query_bytes: int = MIB // 4
    result_bytes: int = 64 * MIB
    memory: int = 4096 * MIB
    workers: int = 2
    connections: int = 64
