"""Lines of calendar and address files: unfolded, decoded, in components, and written back as they were."""

import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.exchange.content_lines import (
    Line,
    escaped,
    folded,
    read_components,
    read_lines,
    split_value,
    unescaped,
    write_line,
)

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def lines(data: bytes) -> list[Line]:
    return list(read_lines(data))


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_folded_lines_of_any_ending_are_joined_and_numbered(end: bytes) -> None:
    found = lines(end.join([b"SUMMARY:One", b"  more", b"", b"LOCATION:Hall"]))
    assert [(line.number, line.name, line.value) for line in found] == [
        (1, "SUMMARY", "One more"),
        (4, "LOCATION", "Hall"),
    ]


def test_a_character_that_is_folded_in_its_middle_is_whole_again() -> None:
    raw = "SUMMARY:Müller".encode()
    at = raw.index(b"\xc3") + 1
    assert lines(raw[:at] + b"\r\n " + raw[at:])[0].value == "Müller"


def test_quoted_printable_with_soft_breaks_and_its_own_charset() -> None:
    body = quopri.encodestring("Müller & Söhne, zweite Etage".encode("latin-1")).replace(b"Etage", b"Et=\r\nage")
    (found,) = lines(b"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:" + body)
    assert found.value == "Müller & Söhne, zweite Etage"
    assert not found.parameters


def test_line_ends_in_quoted_printable_are_line_ends_of_the_text() -> None:
    (found,) = lines(b"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo=0D=\r\n=0Athree")
    assert found.text == "one\ntwo\nthree"


def test_japanese_in_the_charset_that_the_line_names() -> None:
    (found,) = lines(b"N;CHARSET=SHIFT_JIS:" + "山田;太郎".encode("shift_jis"))
    assert split_value(found.value, ";") == ["山田", "太郎"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_files_in_other_encodings(codec: str) -> None:
    data = "BEGIN:VCARD\r\nFN:Jürgen Größe\r\nNOTE:naïve café für Señor Núñez\r\nEND:VCARD\r\n".encode(codec)
    (found,) = read_components(data)
    assert found.text("FN") == "Jürgen Größe"


def test_vcard_2_1_names_types_and_encodings_bare() -> None:
    (found,) = lines(b"TEL;HOME;FAX:1234")
    assert found.parameters == {"TYPE": ["HOME", "FAX"]}
    (picture,) = lines(b"PHOTO;JPEG;BASE64:\r\n  AAAA\r\n  BBBB\r\n\r\n")
    assert (picture.value, picture.parameters) == ("AAAABBBB", {"TYPE": ["JPEG"], "ENCODING": ["BASE64"]})


def test_quotes_hide_colons_semicolons_and_commas_in_parameters() -> None:
    (found,) = lines(
        b'ATTENDEE;CN="Doe, Jane: boss; ^\'chief^\'";MEMBER="mailto:a@b","mailto:c@d":mailto:jane@acme.example'
    )
    assert found.parameters == {"CN": ['Doe, Jane: boss; "chief"'], "MEMBER": ["mailto:a@b", "mailto:c@d"]}
    assert found.value == "mailto:jane@acme.example"


def test_what_is_no_property_is_told_and_the_rest_is_read() -> None:
    (found,) = read_components(b"BEGIN:VCARD\nFN:Jane\nthis is no property\n\nNOTE:yes\nEND:VCARD\n")
    assert [line.name for line in found.lines] == ["FN", "NOTE"]
    assert found.problems == [(3, "“this is no property” is no property; it was left out")]


def test_a_component_without_its_end_does_not_swallow_the_next_file() -> None:
    found = list(
        read_components(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nEND:VCALENDAR\nBEGIN:VCARD\nFN:b\nEND:VCARD\n")
    )
    assert [(item.name, item.is_whole) for item in found] == [("VCALENDAR", True), ("VCARD", True)]
    assert [(item.name, item.is_whole) for item in found[0].children] == [("VEVENT", False)]


def test_thousands_of_components_in_each_other_end() -> None:
    found = list(read_components(b"".join(b"BEGIN:X-%d\n" % number for number in range(5000))))
    assert [item.is_whole for item in found] == [False]


def test_a_value_of_a_million_characters_is_split_in_no_time() -> None:
    value = "\\,".join(["a" * 1000] * 1000) + ";b"
    assert [len(part) for part in split_value(value, ";")] == [1_000_999, 1]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    for component in read_components(b"BEGIN:VCARD\n" + data + b"\nEND:VCARD\n"):
        for line in component.lines:
            assert line.name
            assert isinstance(line.text, str)


@given(WORDS)
def test_a_text_comes_back_from_its_value(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_parts_come_back_from_their_value(texts: list[str]) -> None:
    assert split_value(";".join(map(escaped, texts)), ";") == texts


@given(WORDS, WORDS.map(str.strip))
def test_a_line_is_never_longer_than_75_bytes_and_comes_back(text: str, label: str) -> None:
    parameters = {"CN": [label]} if label else {}
    written = folded([write_line("SUMMARY", escaped(text), parameters)])
    assert all(len(piece.encode()) <= 75 for piece in written.split("\r\n"))
    (found,) = lines(written.encode())
    assert (found.text, found.parameters) == (text, parameters)
