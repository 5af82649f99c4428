"""What ``kg extract --explain`` and ``kg stats --coverage`` show, as Rich renderables; nothing is printed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.explain import Explanation, Sentence, Word, rule_meaning
from kg.model import Polarity, Quantity, Span, Statement, TimeExpression
from kg.tables import MODALITY_STYLES, statement_table

if TYPE_CHECKING:
    from kg.coverage import Coverage, Part

# In the parse: a trigger in the colour of its statement's factuality, one that gave none struck.
_GAP, _NAME, _TIME = "strike", "bold", "underline"
_KINDS: Mapping[str, str] = {"clause": "clause", "noun": "event noun", "verb": "other verb"}


# -- the parse, a word a line


def tree_lines(heads: list[int]) -> list[str]:
    """Return for each word the lines that lead to it from its head, in text order; each child is right of its head.

    >>> for line, word in zip(tree_lines([1, 1, 1, 2]), ["Malta", "sent", "ships", "home"]):
    ...     print(line, word)
      ┌── Malta
    ──┼ sent
      └─┬ ships
        └── home
    """
    below: dict[int, list[int]] = {}
    for word, head in enumerate(heads):
        if head != word:
            below.setdefault(head, []).append(word)
    return [_lead(word, heads, below) for word in range(len(heads))]


def _lead(word: int, heads: list[int], below: Mapping[int, list[int]]) -> str:
    line, child = _joint(word, heads, below), word
    while heads[child] != child:
        head = heads[child]
        rows = [head, *below[head]]
        if child == word:
            line = {min(rows): "┌", max(rows): "└"}.get(word, "├") + "─" + line
        else:
            line = ("│ " if min(rows) < word < max(rows) else "  ") + line
        child = head
    return ("──" if child == word else "  ") + line


def _joint(word: int, heads: list[int], below: Mapping[int, list[int]]) -> str:
    children = below.get(word, ())
    before, after = any(c < word for c in children), any(c > word for c in children)
    return "┼" if before and after else "┴" if before else "┬" if after else "─"


def parse_table(sentence: Sentence, explanation: Explanation) -> Table:
    """Return the parse of a sentence: each word right of its head, its label and tag, and what it is or gave."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    words, heads = _without_punctuation(sentence)
    for lead, word in zip(tree_lines(heads), words, strict=True):
        style, note = _mark(word, sentence, explanation)
        shown = Text(f"{lead} ", style="dim").append(word.text, style=f"not dim {style}")
        table.add_row(shown, Text(word.label, style="dim"), Text(word.tag, style="dim"), note)
    return table


def _without_punctuation(sentence: Sentence) -> tuple[list[Word], list[int]]:
    """Return the words on which something hangs or that are no punctuation, and their heads among them."""
    heads = {word.head for word in sentence.words}
    kept = [n for n, word in enumerate(sentence.words) if word.label != "punct" or n in heads]
    place = {n: i for i, n in enumerate(kept)}
    return [sentence.words[n] for n in kept], [place[sentence.words[n].head] for n in kept]


def _mark(word: Word, sentence: Sentence, explanation: Explanation) -> tuple[str, Text]:
    """Return the style of a word of the parse, and what it is: a statement's trigger, one of none, a name, a time."""
    made = [
        n for n in sentence.statements if explanation.extraction.statements[n].trigger_span.start == word.span.start
    ]
    made += [n for c in sentence.candidates if c.span == word.span for n in c.statements if n not in made]
    if made:
        statement = explanation.extraction.statements[made[0]]
        return f"bold {_colour(statement)}", Text(
            ", ".join(f"statement {n + 1}" for n in made), style=_colour(statement)
        )
    if any(c.span == word.span for c in sentence.candidates):
        return _GAP, Text("no statement", style="dim")
    if name := next((n for n in sentence.names if n.span.covers(word.span)), None):
        return _NAME, Text(name.label if name.span.end == word.span.end else "", style="dim")
    if time := next((t for t in sentence.times if t.span.covers(word.span)), None):
        return _TIME, Text(time.value if time.span.end == word.span.end else "", style="dim")
    return "none", Text()


def _colour(statement: Statement) -> str:
    return "red" if statement.polarity is Polarity.NEGATIVE else MODALITY_STYLES[statement.modality]


# -- what was read of the sentence


def _found(sentence: Sentence, explanation: Explanation) -> Iterator[tuple[str, Text]]:
    text = explanation.document.text

    def of(span: Span) -> str:
        return " ".join(span.of(text).split())

    for name in sentence.names:
        yield "name", Text(of(name.span)).append(_arrow(name.label, name.entity), style="dim")
    for time in sentence.times:
        yield "time", Text(of(time.span)).append(_arrow(time.type, _days(time)), style="dim")
    for quantity in sentence.quantities:
        yield "quantity", Text(of(quantity.span)).append(_arrow("", _amount(quantity.quantity)), style="dim")
    for each in sentence.attributions:
        who = "nobody named" if each.source is None else of(each.source)
        cue = f" “{of(each.cue)}”" if each.cue is not None else ""
        yield "said by", Text(who).append(f"{cue}: {of(each.content)}", style="dim")
    for link in sentence.links:
        yield "same as", Text(of(link.span)).append(_arrow("", of(link.antecedent)), style="dim")


def _arrow(label: str, target: str | None) -> str:
    return (f"  {label}" if label else "") + (f"  → {target}" if target else "")


def _days(time: TimeExpression) -> str:
    days = "..".join(dict.fromkeys(day for day in (time.begin, time.end) if day))
    return time.value if days in {"", time.value} else f"{time.value}, {days}"


def _amount(quantity: Quantity) -> str:
    parts = (("", quantity.value), ("at least ", quantity.lower), ("at most ", quantity.upper))
    said = ", ".join(f"{words}{value:,.15g}" for words, value in parts if value is not None)
    return f"{said} {quantity.unit or ''}".strip()


# -- one document


def explanation_view(explanation: Explanation) -> RenderableType:
    """Return the explanation of a document, sentence by sentence."""
    if not explanation.sentences:
        return Text("Nothing to explain: no sentence here has a word.", style="yellow")
    parts: list[RenderableType] = []
    for sentence in explanation.sentences:
        parts += [*_sentence(sentence, explanation), Text()]
    return Group(*parts)


def _sentence(sentence: Sentence, explanation: Explanation) -> Iterator[RenderableType]:
    yield Text(" ".join(sentence.span.of(explanation.document.text).split()), style="bold italic")
    yield Text()
    yield parse_table(sentence, explanation)
    yield Text()
    found = _rows()
    for name, value in _found(sentence, explanation):
        found.add_row("", name, value)
    if found.row_count:
        yield found
        yield Text()
    for number in sentence.statements:
        statement = explanation.extraction.statements[number]
        table = statement_table(number + 1, statement, explanation.extraction)
        table.add_row("", "rule", Text(statement.rule).append(f"  {rule_meaning(statement.rule)}", style="dim"))
        if cues := explanation.cues[number]:
            words = ", ".join(f"“{cue.of(explanation.document.text)}”" for cue in cues)
            table.add_row("", "cues", Text(words))
        yield table
        yield Text()
    yield from _nothing(sentence, explanation.document.text)


def _nothing(sentence: Sentence, text: str) -> Iterator[RenderableType]:
    table = _rows()
    for each in sentence.candidates:
        if each.reason is not None:
            reason = Text(each.span.of(text)).append(f"  {_KINDS[each.kind]}: {each.reason.value}", style="dim")
            if each.takes_part:
                reason.append(
                    f"; it takes part in statement {', '.join(str(n + 1) for n in each.takes_part)}", style="dim"
                )
            table.add_row("–", "nothing", reason)
    if table.row_count:
        yield table
    elif not sentence.candidates:
        yield Text("No verb and no event noun here.", style="yellow")


def _rows() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", width=3)
    table.add_column(style="dim", no_wrap=True, min_width=11)
    table.add_column(overflow="fold")
    return table


# -- a corpus


def coverage_view(found: Coverage, *, top: int = 12, examples: int = 6) -> RenderableType:
    """Return the coverage of a corpus: shares, the commonest reasons, the rules, what lacks a class or a name."""
    return Group(
        _shares(found),
        _reasons(found, top=top, examples=examples),
        _rules(found),
        _missing(found, top=top),
    )


def _shares(found: Coverage) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    for _ in range(2):
        table.add_column(justify="right")
    table.add_column(style="dim")
    table.add_row("documents", f"{found.documents:,}", "", "")
    for name, part, meaning in (
        ("sentences", found.sentences, "gave a statement, of those of the body"),
        ("clauses", found.clauses, "gave one, of all"),
        ("event nouns", found.nouns, "gave one, of all"),
        ("", found.named, "of the others take part in what a verb or noun tells"),
        ("events", found.classified, "have a class of their own, not only sem:Event"),
        ("pronouns", found.unresolved, "of those that take part stand for nobody known"),
    ):
        table.add_row(name, *_of(part), meaning)
    return table


def _of(part: Part) -> tuple[str, str]:
    return f"{part.count:,} of {part.whole:,}", f"{part.share:.0%}" if part.whole else "–"


def _reasons(found: Coverage, *, top: int, examples: int) -> Table:
    table = _counts("what gave nothing, and why", "commonest")
    for each in found.silences[:top]:
        words = ", ".join(f"{word} {n:,}" for word, n in each.triggers[:examples])
        more = len(each.triggers) - examples
        table.add_row(
            Text(f"{_KINDS[each.kind]}: {each.reason.value}"),
            f"{each.count:,}",
            Text(words + (f" and {more:,} more" if more > 0 else ""), style="dim"),
        )
    return table


def _rules(found: Coverage) -> Table:
    table = _counts("rule", "says")
    for rule, count in found.rules:
        table.add_row(Text(rule), f"{count:,}", Text(rule_meaning(rule), style="dim"))
    return table


def _missing(found: Coverage, *, top: int) -> Table:
    table = _counts("to add", "words")
    for kind, title in (("clause", "verbs without a class"), ("noun", "nouns without a class")):
        rows = [(trigger, n) for each, trigger, n in found.unclassified if each == kind]
        table.add_row(title, f"{sum(n for _, n in rows):,}", _listed(rows[:top]))
    table.add_row("pronouns of nobody", f"{found.unresolved.count:,}", _listed(list(found.pronouns[:top])))
    return table


def _listed(rows: list[tuple[str, int]]) -> Text:
    return Text(", ".join(f"{word} {n:,}" for word, n in rows), style="dim")


def _counts(what: str, third: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(what)
    table.add_column("", justify="right")
    table.add_column(third, overflow="fold")
    return table
