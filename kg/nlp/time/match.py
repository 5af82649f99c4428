"""One place where a pattern fits, and what has been read before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.nlp.time.classes import GROUPS, LETTERS
from kg.nlp.time.numerals import coded_words, number_value
from kg.nlp.time.values import UNIT_LENGTHS, Period
from kg.nlp.tree import Doc

NEAR = 40  # tokens between a day and a time of the clock on it
_TOLD = 100  # tokens between a time and "the next day", that counts from it


@dataclass(frozen=True, slots=True)
class Context:
    """The day of writing, and the period last mentioned."""

    published: date | None
    mentioned: Period | None = None
    at: int = 0  # the token where it is mentioned
    day_first: bool | None = None  # the order in which the text writes its numeric dates, where one of them shows it

    def anchor(self, unit: str, here: int) -> date | None:
        """Return the day that "two days later" at token ``here`` counts from: that of the period last mentioned.

        None where that period is longer than the unit (two days after a month is no day), or where none is near.
        """
        if self.mentioned is None or self.mentioned.first is None or self.mentioned.last is None:
            return None
        if abs(here - self.at) > _TOLD:
            return None
        long = (self.mentioned.last - self.mentioned.first).days >= UNIT_LENGTHS.get(unit, 1)
        return None if long else self.mentioned.first

    def day(self, here: int) -> date | None:
        """Return the day of a time of the clock at token ``here``: one just mentioned, else that of writing."""
        near = self.mentioned if self.mentioned and abs(here - self.at) < NEAR else None
        return near.first if near and near.first == near.last else self.published


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``start`` to ``end`` of a document that fit the pattern ``name``."""

    doc: Doc
    words: Sequence[str]
    letters: str
    name: str
    start: int
    end: int
    known_year: int | None = None  # from words beside the match: "March last year"
    known_week: date | None = None  # a day of the week told beside the match: "Friday next week"
    wrap: str = ""  # what the words before the match make of its day: "TNI" its night, "W" its week

    def at(self, kind: str) -> tuple[int, ...]:
        """Return the tokens of the match that are of a class."""
        wanted = GROUPS.get(kind) or LETTERS[kind]
        return tuple(i for i in range(self.start, self.end) if self.letters[i] in wanted)

    def word(self, kind: str) -> str | None:
        """Return the first word, in lower case, of a class, or None."""
        found = self.at(kind)
        return self.words[found[0]].lower() if found else None

    def has(self, kind: str) -> bool:
        """Tell whether a word of the class is in the match."""
        return bool(self.at(kind))

    def before(self, offset: int = 1) -> str:
        """Return the lower-case word that many tokens before the match, or ""."""
        return self.words[self.start - offset].lower() if self.start >= offset else ""

    def after(self, offset: int = 0) -> str:
        """Return the lower-case word after the match, or ""."""
        return self.words[self.end + offset].lower() if self.end + offset < len(self.words) else ""

    def year(self) -> int | None:
        """Return the year named in the match."""
        return int(year) if (year := self.word("year")) else self.known_year

    def month(self) -> int:
        """Return the number of the month named in the match."""
        spelled = self.words[self.at("month")[0]]
        code = coded_words("month-", "mark").get(spelled) or coded_words("month-", "noun")[spelled.lower()]
        return int(code)

    def days(self) -> tuple[int, ...]:
        """Return the numbers of the days of the month named in the match."""
        found = [int(self.words[i].rstrip("stndrhSTNDRH")) for i in self.at("date")]
        return tuple(found) or ((self.ordinal(),) if self.has("ordinalword") else ())

    def ordinal(self) -> int:
        """Return the ordinal in the match, 0 where there is none: "second" 2, "twenty - first" 21."""
        tens = number_value([self.words[i].lower() for i in self.at("numeral")]) or 0
        if word := self.word("ordinalword"):
            return int(tens) + int(coded_words("ordinal-", "adjective")[word])
        word = self.word("ordinal")
        return int(word.rstrip("stndrh")) if word else 0

    def step(self) -> int | None:
        """Return -1 for "last" and "previous", 0 for "this", 1 for "next" and "following", None without such a word."""
        for kind, step in (("last", -1), ("previous", -1), ("next", 1), ("following", 1), ("this", 0), ("that", 0)):
            if self.has(kind):
                return step
        return None

    def weekday(self) -> int:
        """Return the weekday named, Monday 1 to Sunday 7."""
        spelled = self.words[self.at("anyday")[0]]
        code = coded_words("weekday-", "mark").get(spelled) or coded_words("weekday-", "noun")[spelled.lower()]
        return int(code)

    def unit(self) -> tuple[str, bool]:
        """Return the TIMEX3 letter of the last unit named, and whether it stands in the plural."""
        word = self.words[self.at("anyunit")[-1]].lower()
        single = coded_words("unit-", "noun").get(word)
        return (single, False) if single else (coded_words("units-", "noun")[word], True)

    def count(self) -> str:
        """Return how many units: digits ("2", "2.5"), or "X" where the text is vague."""
        last = self.at("anyunit")[-1]
        first = [i for i in range(self.start, last) if self.letters[i] not in "dLXFVIRya"]
        half = self.has("half")
        if any(self.letters[i] == "W" for i in first):
            return "X"
        words = [self.words[i].lower() for i in first if self.letters[i] in "DNYcj"]
        if any(self.letters[i] == "S" for i in first):
            return "2" if "couple" in (self.words[i].lower() for i in first) else "X"
        value = number_value(words) if any(w != "and" for w in words) else None
        if value is None:
            if not half:
                return "1" if any(self.letters[i] == "A" for i in first) else "X"
            outside = self.at("half")[0] > last and any(self.letters[i] == "A" for i in first)
            return "1.5" if outside else "0.5"
        return f"{float(value) + (0.5 if half else 0):g}"
