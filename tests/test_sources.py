"""What is read, what is refused, and what of a text is not its body."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from itertools import islice, pairwise
from pathlib import Path

import httpx
import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.sources import count_sources, expand, find_boilerplate, read_sources
from kg.sources.furniture import (
    dateline_end,
    is_byline,
    is_page_furniture,
    is_related_link,
    is_source_line,
    read_date_line,
    source_url,
)
from kg.sources.values import clean_url, decode, parse_date, parse_day

DATA = Path(__file__).parent / "data" / "sources"
BODY = "The harbour opened again on Monday.\n\nSix ferries a day will sail."


def read(*sources: str | Path, **options: object) -> tuple[list[Document], list[SourceError]]:
    """Return documents and errors apart."""
    items = list(read_sources(sources, **options))  # type: ignore[arg-type]  # options are those of read_sources
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, SourceError)]


def one(*sources: str | Path, **options: object) -> Document:
    documents, errors = read(*sources, **options)
    assert not errors
    assert len(documents) == 1
    return documents[0]


def reason(*sources: str | Path, **options: object) -> str:
    documents, errors = read(*sources, **options)
    assert not documents
    assert len(errors) == 1
    return str(errors[0])


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def marked(text: str, *, title: str | None = None) -> list[str]:
    return [span.of(text) for span in find_boilerplate(text, title=title).spans]


# ---------------------------------------------------------------- boilerplate: the headline


@pytest.mark.parametrize(
    "line",
    [
        "Ferries sail to the islands again",
        "Will the ferries sail again?",
        '"We will sail tomorrow," - Brandt',
        "“We will sail tomorrow,” – harbour master",
        "Pilots leave the U.S.",
        "Ferries sail again: six a day from Monday",
        "Паромы снова пошли на острова",
        "By air and by sea",
    ],
)
def test_headline(line: str) -> None:
    text = f"{line}\n\n{BODY}"
    found = find_boilerplate(text)
    assert found.headline == line
    assert found.headline_span is not None
    assert found.headline_span.of(text) == line
    assert found.spans == (found.headline_span,)


@pytest.mark.parametrize(
    "text",
    [
        f"Ferries sailed to the islands on Sunday.\n\n{BODY}",  # an ordinary sentence
        f"He came back. She did not\n\n{BODY}",  # more than a sentence
        f"Dear Sir,\n\n{BODY}",
        f"The minister said:\n\n{BODY}",
        f"{'Ferries ' * 40}\n\n{BODY}",  # too long
        "Ferries sail again\nThe harbour opened on Monday.",  # no empty line after it
        "Ferries sail to the islands again",  # nothing after it
        "Ferries sail again\n\nStorm over\n\nTalks resume",  # no body, only headlines
        "***\n\nThe harbour opened on Monday.",
        "",
        "\n\n",
    ],
)
def test_no_headline(text: str) -> None:
    assert find_boilerplate(text).headline is None
    assert find_boilerplate(text).spans == ()


def test_known_title_is_found_whatever_it_looks_like() -> None:
    text = f"The ferries sail again.\n\n{BODY}"
    assert marked(text, title="The ferries sail again") == ["The ferries sail again."]
    assert marked(text, title="Another title") == []


def test_head_of_a_wire_story() -> None:
    head = "Advertisement\n\nFerries sail again\nBy Anna Lind, Porto\nPublished: Saturday, March 1, 2008 at 10:15 GMT"
    text = f"{head}\n\nPORTO (Example) - {BODY}"
    found = find_boilerplate(text)
    assert found.headline == "Ferries sail again"
    assert found.published == date(2008, 3, 1)
    assert marked(text) == [*head.replace("\n\n", "\n").split("\n"), "PORTO (Example) -"]


# ---------------------------------------------------------------- boilerplate: lines


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Storm closes two harbours",
        "READ ALSO: Storm closes two harbours",
        "Read also - Storm closes two harbours",
        "► Read more",
        "[Related: Storm closes two harbours]",
        "See also: “No ferries,” minister says",
        "More on this: Storm",
        "Watch: the storm from above",
        "Lire aussi : La tempête",
        "Читайте также: Шторм закрыл два порта",
        "Lesen Sie auch: Sturm",
        "Read the full story here.",
    ],
)
def test_related_link(line: str) -> None:
    assert is_related_link(line)
    assert line in marked(f"{BODY}\n\n{line}\n\nThe navy helped.")
    assert line in marked(f"{BODY}\n{line}\n\nThe navy helped.")  # ends a paragraph
    assert line in marked(f"The harbour opened.\n{line}\nThe navy helped.")  # one paragraph a line


@pytest.mark.parametrize(
    "line",
    [
        "To read more: go to the library, he told the pupils.",
        "Read more books, the minister told the pupils.",
        "Related companies were fined as well.",
        "Watch out for ice, the navy warned.",
        "More on this ship than on any other, the crew said.",
        "See also how the navy saw it: as a success.",
    ],
)
def test_no_related_link(line: str) -> None:
    assert not is_related_link(line)
    assert marked(f"{BODY}\n\n{line}\n\nThe navy helped.") == []


def test_related_words_inside_a_wrapped_sentence_are_text() -> None:
    wrapped = "The teacher told all of them to go home and\nread more: in the winter there was time\nfor it, he said."
    assert marked(f"{BODY}\n\n{wrapped}") == []


def test_related_links_in_one_paragraph() -> None:
    text = f"{BODY}\n\nRead more: Storm\nRead more: Ice\n\nRelated:\nSnow falls in the north\nSun shines in the south"
    assert marked(text) == [
        "Read more: Storm",
        "Read more: Ice",
        "Related:",
        "Snow falls in the north",
        "Sun shines in the south",
    ]


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("Source: https://example.org/n1", "https://example.org/n1"),
        ("Источник: https://example.org/n1", "https://example.org/n1"),
        ("Quelle: https://example.org/n1.", "https://example.org/n1"),
        ("Fuente: Diario (https://example.org/n1)", "https://example.org/n1"),
        ("来源：https://example.org/n1", "https://example.org/n1"),
        ("https://example.org/n1?a=b&c=d", "https://example.org/n1?a=b&c=d"),
        ("<https://example.org/n1>", "https://example.org/n1"),
        ("Source: Example Agency", None),
    ],
)
def test_source_line(line: str, url: str | None) -> None:
    assert is_source_line(line)
    assert source_url(line) == url
    for text in (f"{BODY}\n\n{line}", f"{BODY}\n{line}\n", f"{BODY}\n\nRead more: Ice\n{line}\n\n© 2024 Example"):
        assert line in marked(text)
        assert find_boilerplate(text).url == url


@pytest.mark.parametrize(
    "line",
    [
        "The report is at https://example.org/n1",
        "Source: the minister told the radio that he knew nothing.",
        "The sources: https and ftp were blocked.",
        "Sources close to the talks denied it.",
    ],
)
def test_no_source_line(line: str) -> None:
    assert not is_source_line(line)
    assert find_boilerplate(f"{BODY}\n\n{line}").url is None
    assert marked(f"{BODY}\n\n{line}") == []


def test_source_line_is_a_last_line() -> None:
    assert find_boilerplate(f"Source: https://example.org/n1\n\n{BODY}").url is None
    assert find_boilerplate("The statement can be read in full at\nhttps://example.org/n1").url is None


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Share | Tweet | Email",
        "Follow us on Twitter",
        "Follow Anna Lind on Twitter @annalind.",
        "Sign up for our newsletter and never miss a thing",
        "© 2024 The Harbour Post",
        "Copyright 2024 The Harbour Post. All rights reserved.",
        "(c) 2024 Example",
        "(Reporting by Anna Lind; Editing by Karl Brandt)",
        "Reporting by Anna Lind; Editing by Karl Brandt",
        "Photo: Example Agency",
        "Image credit: Navy/Example",
    ],
)
def test_page_furniture(line: str) -> None:
    assert is_page_furniture(line)
    assert marked(f"{BODY}\n\n{line}\n\nThe navy helped.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement spending fell by half.",
        "Copyright law is to change next year.",
        "Follow the convoy on its way north, the navy said.",
        "Sign up for the navy, the poster said.",
        "Share prices fell.",
        "Photo: soldiers of the brigade cross the river on Monday.",
        "Reporting by the agency was praised.",
        "Twitter and Facebook were blocked.",
        "The company said all rights reserved for members were void.",
    ],
)
def test_no_page_furniture(line: str) -> None:
    assert not is_page_furniture(line)
    assert marked(f"{BODY}\n\n{line}\n\nThe navy helped.") == []


def test_sign_off_at_the_end_of_a_paragraph() -> None:
    text = f"{BODY} (Reporting by Anna Lind; Editing by Karl Brandt)"
    assert marked(text) == ["(Reporting by Anna Lind; Editing by Karl Brandt)"]
    assert marked(f"{BODY} The navy helped (reporting on it is forbidden).") == []


@pytest.mark.parametrize(
    "line", ["By Anna Lind", "By ANNA LIND and Karl van Brandt", "By Anna Lind, Porto", "Von Anna Lind"]
)
def test_byline(line: str) -> None:
    assert is_byline(line)
    assert marked(f"Ferries sail\n\n{line}\n\n{BODY}") == ["Ferries sail", line]
    assert line not in marked(f"{BODY}\n\n{line} and others, the ferries were repaired.")


@pytest.mark.parametrize(
    "line",
    [
        "By air and by sea",
        "By Tuesday, the ferries had left.",
        "By joining, Sweden ends its neutrality",
        "Bye Anna Lind",
        "By",
    ],
)
def test_no_byline(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("March 01, 2008", (True, date(2008, 3, 1))),
        ("1 March 2008", (True, date(2008, 3, 1))),
        ("Sat, 1st of Mar. 2008", (True, date(2008, 3, 1))),
        ("Posted on Sept. 3, 2008, 4:15 p.m.", (True, date(2008, 9, 3))),
        ("PORTO, March 1, 2008", (True, date(2008, 3, 1))),
        ("2008-03-01", (True, date(2008, 3, 1))),
        ("Updated: 2 March 2008", (True, None)),
        ("03/01/2008", (False, None)),
        ("February 30, 2008", (False, None)),
        ("March 2008", (False, None)),
        ("Marches 1, 2008", (False, None)),
        ("On March 1, 2008 the ferries sailed.", (False, None)),
        ("Talks on March 1, 2008", (False, None)),
    ],
)
def test_date_line(line: str, expected: tuple[bool, date | None]) -> None:
    assert read_date_line(line) == expected


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("LISBON, 4 March 2025 - A court fined the firm.", "LISBON, 4 March 2025 - "),
        ("LISBON, March 4, 2025 (Example) - A court fined the firm.", "LISBON, March 4, 2025 (Example) - "),
        ("LISBON - A court fined the firm.", "LISBON - "),
        ("BREXIT - Britain's exit - came late.", ""),
        ("LISBON, the capital, fined it - A lot.", ""),
        ("BRUSSELS (Example) - NATO met.", "BRUSSELS (Example) - "),
        ("KYIV, Ukraine (XP) — The navy helped.", "KYIV, Ukraine (XP) — "),
        ("BRUSSELS, June 14 (Example) -- “We met,” he said.", "BRUSSELS, June 14 (Example) -- "),
        ("Porto (Example) – The navy helped.", "Porto (Example) – "),
        ("(Example) - The navy helped.", "(Example) - "),
        ("HEMPSTEAD, N.Y. ― If it works, it works.", "HEMPSTEAD, N.Y. ― "),
        ("BRUSSELS — The navy helped.", "BRUSSELS — "),
        ("NATO - the alliance - met.", ""),
        ("NATO — the alliance — met.", ""),
        ("Anna Lind (Labour) - who had voted against - left.", ""),
        ("The navy helped - Brandt said so.", ""),
    ],
)
def test_dateline(line: str, dateline: str) -> None:
    assert line[: dateline_end(line)] == dateline


@pytest.mark.parametrize(
    "text", [f"Ferries sail\n\n{BODY}\n\nRead more: Ice\nSource: https://example.org/1", BODY, "a\r\n\r\nb."]
)
def test_spans_are_sorted_apart_and_inside(text: str) -> None:
    spans = find_boilerplate(text).spans
    assert list(spans) == sorted(spans)
    assert all(not a.overlaps(b) for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


def test_a_single_line_is_a_sentence() -> None:
    for line in ("NATO will send ships to Porto", "Read more: Storm", "March 1, 2008"):
        assert marked(line) == []


def test_enormous_texts_take_linear_time() -> None:
    for text in ("By A " * 180_000, "\n" * 900_000, "Read more: x\n" * 20_000, "(" * 900_000, "A" * 900_000 + "\n\nb."):
        find_boilerplate(text)


# ---------------------------------------------------------------- values


def test_values() -> None:
    assert (
        parse_date("2016-06-14")
        == parse_date("2016-06-14T23:59:00Z")
        == parse_date("June 14, 2016")
        == date(2016, 6, 14)
    )
    assert parse_date("yesterday") is parse_date("14/06/2016") is parse_date("") is parse_day("2016-13-01") is None
    assert (
        clean_url("http://[")
        is clean_url("https:///x")
        is clean_url("www.example.org")
        is clean_url("file:///x")
        is None
    )
    assert clean_url('https://example.org/é"<>{}|\\^`') == "https://example.org/é%22%3C%3E%7B%7D%7C%5C%5E%60"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_decode(encoding: str) -> None:
    assert decode("Überfähre – сто".encode(encoding)) == "Überfähre – сто"


def test_decode_other() -> None:
    assert decode("Паром".encode("cp1251"), charset="windows-1251") == "Паром"
    assert decode("Паром".encode("koi8-r") * 40, charset="no-such-charset") is not None
    assert decode(b"PK\x03\x04\x00\x00") is decode(b"\x89PNG\r\n\x1a\n\xff\xfe\x01") is decode(b"\xff\xfea") is None


# ---------------------------------------------------------------- files


def test_text_file(tmp_path: Path) -> None:
    text = f"Ferries sail again\r\n\r\n{BODY}\r\n\r\nSource: https://example.org/n1\r\n"
    document = one(put(tmp_path, "a.txt", text), date=date(2024, 5, 1))
    assert document.text == text.replace("\r\n", "\n")
    assert (document.title, document.url, document.published) == (
        "Ferries sail again",
        "https://example.org/n1",
        date(2024, 5, 1),
    )
    assert [span.of(document.text) for span in document.boilerplate] == [
        "Ferries sail again",
        "Source: https://example.org/n1",
    ]
    assert document.origin == str(tmp_path / "a.txt")


def test_html_file() -> None:
    document = one(DATA / "ferry.html", date=date(2000, 1, 1))
    assert document.title == "Ferry service to islands resumes"
    assert document.url == "https://harbour.example/news/ferry"
    assert (document.published, document.publisher, document.language) == (date(2031, 5, 4), "The Harbour Post", "en")
    paragraphs = document.text.split("\n\n")
    assert "The islands were never without food, the ministry said." in paragraphs
    assert "Engineers will inspect the pier in June." in paragraphs
    assert [span.of(document.text) for span in document.boilerplate] == [
        "Ferry service to islands resumes",
        "Read more: Storm closes two harbours",
    ]
    for left_out in ("cookies", "Sport", "user1", "Price", "rights reserved", "var x"):
        assert left_out not in document.text


def test_markdown_file() -> None:
    document = one(DATA / "pier.md")
    assert (document.title, document.published, document.url) == (
        "A second pier",
        date(2031, 5, 6),
        "https://harbour.example/pier",
    )
    assert document.text.split("\n\n")[:2] == [
        "A second pier",
        "The government will pay for the pier, said\nAnna Lind & others.",
    ]
    assert [span.of(document.text) for span in document.boilerplate] == ["A second pier"]
    for left_out in ("**", "print(", "| 12", "<div>", "logo"):
        assert left_out not in document.text


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    document = one(put(tmp_path, "a.md", f"---\n\n# Ferries sail.\n\n{BODY}"))
    assert (document.title, document.boilerplate[0].of(document.text)) == ("Ferries sail.", "Ferries sail.")


def test_jsonl_file(tmp_path: Path) -> None:
    text = "NATO met\r\nin Porto. \ud83d\ude00 \ud800 \t"
    rows = [
        {
            "id": 7,
            "text": text,
            "title": "T",
            "url": "https://e.org/1",
            "date": "2024-05-31T23:00:00Z",
            "colour": "red",
        },
        {"id": "b", "text": BODY, "publisher": "P", "language": "fr", "title": None},
    ]
    lines = "\ufeff" + "\n\n".join(json.dumps(row) for row in rows)
    documents, errors = read(put(tmp_path, "a.jsonl", lines))
    assert not errors
    first, second = documents
    assert first.text == "NATO met\r\nin Porto. \U0001f600 \ufffd \t"
    assert (first.identifier, first.title, first.url, first.published) == (
        "7",
        "T",
        "https://e.org/1",
        date(2024, 5, 31),
    )
    assert (second.identifier, second.publisher, second.language, second.title) == ("b", "P", "fr", None)
    assert second.origin.endswith("a.jsonl:3")


def test_jsonl_errors_name_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    good = json.dumps({"text": BODY}).encode()
    lines = [
        b'{"text": ',
        b'{"text": ""}',
        b'{"id": 1}',
        b'"text"',
        b'{"text": "\xff"}',
        b'{"text": 5}',
        b"[" * 100_000,
        good,
    ]
    documents, errors = read(put(tmp_path, "a.jsonl", b"\n".join(lines)))
    assert [document.text for document in documents] == [BODY]
    assert [error.line for error in errors] == [1, 2, 3, 4, 5, 6, 7]
    assert "a.jsonl:1: not JSON" in str(errors[0])


def test_wrong_metadata_is_reported_and_the_document_kept(tmp_path: Path) -> None:
    row = {"text": BODY, "date": "31.12.24", "url": "javascript:x", "publisher": {"name": "P"}}
    documents, errors = read(put(tmp_path, "a.jsonl", json.dumps(row)), date=date(2024, 1, 1))
    assert [(d.published, d.url, d.publisher) for d in documents] == [(date(2024, 1, 1), None, None)]
    assert [error.line for error in errors] == [1, 1, 1]
    assert "kept without it" in errors[0].reason


def test_json_file(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.json", json.dumps({"text": BODY}, indent=2))).text == BODY
    documents, errors = read(put(tmp_path, "b.json", json.dumps([{"text": BODY}, {"text": " "}, 5])))
    assert len(documents) == 1
    assert [error.source.rpartition("(")[2] for error in errors] == ["document 2)", "document 3)"]


def test_jsonl_streams() -> None:
    def endless() -> object:
        while True:
            yield b'{"text": "NATO met."}\n'

    documents = list(islice(read_sources(["-"], stdin=endless()), 3))  # type: ignore[arg-type]  # lines are all it needs
    assert len(documents) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "no text"),
        ("a.txt", b"\x7fELF\x00\x01", "binary"),
        ("a.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\x01\x02", "binary"),
        ("a.txt", b"x" * 5_000_000, "5,000,000 characters in one document, more than 1,000,000; split it"),
        ("a.txt", b"x" * 20_000_001, "more than 20 MB"),
        ("a.md", b"x" * 5_000_000, "split it"),
        ("a.md", b"---\ntitle: x\n---\n", "no text"),
        ("a.html", b"", "empty"),
        ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.jsonl", '{"text": "NATO"}'.encode("utf-16"), "UTF-8"),
        ("a.jsonl", b'{"text": "' + b"x" * 1_000_001 + b'"}', "split it"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b"\x00", "UTF-8"),
    ],
)
def test_unreadable_file(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    found = reason(put(tmp_path, name, content))
    assert message in found
    assert str(tmp_path / name) in found


def test_missing_things(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "none.txt")
    assert "no readable file" in reason(tmp_path)
    assert "no file matches" in reason(str(tmp_path / "*.html"))
    assert "empty name" in reason("")
    assert reason("A whole sentence given as a path. " * 200)
    assert reason("a\x00b")


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_unreadable_by_permission(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", BODY)
    path.chmod(0)
    assert "cannot be read" in reason(path)


def test_folder_patterns_and_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "a/b.JSONL", ".hidden.txt", ".git/x.txt", "picture.png", "a/z.xml"):
        put(tmp_path, name, json.dumps({"text": BODY}))
    found = [item.relative_to(tmp_path).as_posix() for item in expand([tmp_path]) if isinstance(item, Path)]
    assert found == ["b.txt", "a/b.JSONL", "a/c.md"]
    assert count_sources([tmp_path, tmp_path / "b.txt", "-", "https://example.org/", str(tmp_path / "none")]) == 5
    assert list(expand([str(tmp_path / "*.txt"), tmp_path / "b.txt"])) == [tmp_path / "b.txt"]
    assert {path.name for path in expand([str(tmp_path / "**")]) if isinstance(path, Path)} >= {"b.txt", "c.md"}


def test_a_batch_goes_on_after_errors(tmp_path: Path) -> None:
    documents, errors = read(tmp_path / "none", put(tmp_path, "e.txt", ""), put(tmp_path, "a.txt", BODY))
    assert (len(documents), len(errors)) == (1, 2)


# ---------------------------------------------------------------- standard input


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (BODY, BODY),
        (f"\n{BODY}", f"\n{BODY}"),
        ('{"text": "NATO met."}\n', "NATO met."),
        ('{\n  "text": "NATO met."\n}', "NATO met."),
        ('[{"text": "NATO met."}]', "NATO met."),
        ("[Example] NATO met.", "[Example] NATO met."),
        ("{NATO} met.", "{NATO} met."),
        ("<NATO> met.", "<NATO> met."),
        (
            "<!DOCTYPE html>\n<html><body><p>NATO met in Porto on Monday.</p></body></html>",
            "NATO met in Porto on Monday.",
        ),
    ],
)
def test_standard_input(content: str, text: str) -> None:
    assert one("-", stdin=io.StringIO(content)).text == text
    assert one("-", stdin=io.BytesIO(content.encode())).text == text


def test_standard_input_errors() -> None:
    assert "standard input: empty" in reason("-", stdin=io.StringIO(""))
    assert "standard input:1: not JSON" in reason("-", stdin=io.StringIO('{"text": broken}\n'))
    assert one("-", stdin=io.StringIO("a \ud800 b.")).text == "a ? b."


# ---------------------------------------------------------------- the web


def answer(request: httpx.Request) -> httpx.Response:
    """Stand in for the network."""
    page = (DATA / "ferry.html").read_bytes().replace(b"https://harbour.example/news/ferry", b"")
    latin = "text/plain; charset=iso-8859-1"
    responses = {
        "/page": httpx.Response(200, content=page, headers={"content-type": "text/html; charset=utf-8"}),
        "/moved": httpx.Response(301, headers={"location": "/page"}),
        "/round": httpx.Response(302, headers={"location": "/round"}),
        "/file": httpx.Response(302, headers={"location": "file:///etc/passwd"}),
        "/text": httpx.Response(200, content="Fähre fährt.".encode("latin-1"), headers={"content-type": latin}),
        "/json": httpx.Response(200, json=[{"text": BODY}]),
        "/pdf": httpx.Response(200, content=b"%PDF", headers={"content-type": "application/pdf"}),
        "/bare": httpx.Response(200, content=page),
        "/large": httpx.Response(200, content=b"x" * 20_000_001, headers={"content-type": "text/plain"}),
    }
    if request.url.path == "/slow":
        raise httpx.ReadTimeout("slow", request=request)
    if request.url.path == "/down":
        raise httpx.ConnectError("connection refused", request=request)
    return responses.get(request.url.path, httpx.Response(404))


NET = httpx.MockTransport(answer)


def test_fetch_page() -> None:
    for path in ("page", "moved", "bare"):
        document = one(f"https://example.org/{path}", transport=NET)
        assert document.title == "Ferry service to islands resumes"
        assert document.url == ("https://example.org/bare" if path == "bare" else "https://example.org/page")
    assert one("https://example.org/text", transport=NET).text == "Fähre fährt."
    assert one("https://example.org/text", transport=NET).url == "https://example.org/text"
    assert one("https://example.org/json", transport=NET).text == BODY


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://example.org/none", "404"),
        ("https://example.org/round", "redirects"),
        ("https://example.org/file", "not http or https"),
        ("https://example.org/pdf", "application/pdf"),
        ("https://example.org/large", "more than 20 MB"),
        ("https://example.org/slow", "no answer within"),
        ("https://example.org/down", "connection refused"),
        ("ftp://example.org/x", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://", "not an address"),
        ("http://[", "not an address"),
    ],
)
def test_fetch_errors(url: str, message: str) -> None:
    found = reason(url, transport=NET)
    assert message in found
    assert found.startswith(url)


# ---------------------------------------------------------------- the same every time


def test_same_documents_under_any_hash_seed() -> None:
    code = (
        "import sys; from kg.sources import read_sources\n"
        "sys.stdout.reconfigure(encoding='utf-8'); [print(repr(d), d.id) for d in read_sources(sys.argv[1:])]"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(DATA)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
