"""Calendar and address files as lines with parameters, in components; and such lines written back.

iCalendar (RFC 5545) and vCard 2.1, 3.0 and 4.0 share this form. A library that reads whole files tells no line numbers and
gives a file up where one component is broken; here every component stands for itself.
"""

import quopri
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sfa.domain.text import clean
from sfa.exchange.encoding_guess import guess_legacy

WIDTH_BYTES: Final = 75
DEEPEST: Final = 12
_ESCAPED: Final = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ",", ":": ":"}
_CARETS: Final = {"^n": "\n", "^'": '"', "^^": "^"}
_CARET: Final = re.compile(r"\^[n'^]")
_BASE64: Final = ("B", "BASE64")
_QUOTED_PRINTABLE: Final = "QUOTED-PRINTABLE"
_BARE: Final = {"QUOTED-PRINTABLE": "ENCODING", "BASE64": "ENCODING", "8BIT": "ENCODING", "7BIT": "ENCODING"}
_VALUES: Final = frozenset({"INLINE", "URL", "CONTENT-ID", "CID"})
Parameters = dict[str, list[str]]


class Line(NamedTuple):
    """One property: where it begins, its group (`item1`), name, parameters by name, value as it is written."""

    number: int
    name: str
    value: str
    parameters: Parameters
    group: str = ""

    def first(self, parameter: str) -> str:
        """Return the first value of a parameter, or nothing."""
        values = self.parameters.get(parameter)
        return values[0] if values else ""

    @property
    def text(self) -> str:
        """Return the value as text, its escapes resolved."""
        return unescaped(self.value)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END.

    Attributes:
        number: the line of its BEGIN.
        problems: what is broken in it, each with its line.
        is_whole: whether its END was there.
    """

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    is_whole: bool = False

    def all(self, *names: str) -> list[Line]:
        """Return the properties of some names, in their order."""
        return [line for line in self.lines if line.name in names]

    def one(self, name: str) -> Line | None:
        """Return the first property of a name."""
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        """Return the first property of a name as clean text; nothing where it is missing."""
        found = self.one(name)
        return clean(found.text, multiline=True).strip() if found else ""


def read_components(data: bytes) -> Iterator[Component]:
    """Yield the outermost components of a file, in their order; lines outside of them are passed over."""
    stack: list[Component] = []
    for line in read_lines(data, stack):
        if line.name == "BEGIN" and line.value:
            child = Component(line.value.strip().upper(), line.number)
            yield from _left_open(stack, child.name)
            if stack and len(stack) < DEEPEST:
                stack[-1].children.append(child)
            stack.append(child)
        elif line.name == "END" and stack:
            yield from _ended(stack, line.value.strip().upper())
        elif stack:
            stack[-1].lines.append(line)
    if stack:
        yield stack[0]


def is_before_agent(line: Line) -> bool:
    """Tell whether it only says that the card within a card follows."""
    return line.name == "AGENT" and not line.value.strip()


def _left_open(stack: list[Component], name: str) -> Iterator[Component]:
    """Close a component that another of its kind follows without its END: only a card holds a card, its AGENT."""
    is_agent = bool(stack and stack[-1].lines and is_before_agent(stack[-1].lines[-1]))
    if is_agent or all(component.name != name for component in stack[-DEEPEST:]):
        return
    while stack:
        closed = stack.pop()
        if not stack:
            yield closed
        if closed.name == name:
            return


def _ended(stack: list[Component], name: str) -> Iterator[Component]:
    """Close the component of a name, and with it those inside that nobody closed."""
    if all(component.name != name for component in stack):
        return
    while stack:
        closed = stack.pop()
        closed.is_whole = closed.name == name
        if not stack:
            yield closed
        if closed.is_whole:
            return


def read_lines(data: bytes, stack: Sequence[Component] = ()) -> Iterator[Line]:
    """Yield the properties of a file, unfolded and decoded; a line that is none becomes a problem of the open component."""
    logical = list(_unfolded(_as_utf8(data)))
    fallback = _legacy(logical)
    for number, raw in logical:
        line = _parsed(number, raw, fallback)
        if line is not None:
            yield line
        elif stack and raw.strip():
            shown = clean(_decoded(raw[:40], fallback))
            stack[-1].problems.append((number, f"“{shown}” is no property; it was left out"))


def _as_utf8(data: bytes) -> bytes:
    for mark, codec in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32")):
        if data.startswith(mark):
            return data.decode(codec, "replace").encode()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    if data[:4].strip(b"\0") != data[:4] and b"\0" in data[:4]:
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le", "replace").encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield logical lines with the number of their first physical one.

    Bytes are joined, not characters: some programs fold in the middle of one. Soft breaks of quoted-printable are kept
    as such.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    pieces: list[bytes] = []
    begun, is_quoted = 0, False
    for number, physical in enumerate(data.split(b"\n"), 1):
        line = physical.removesuffix(b"\r")
        if pieces and is_quoted and pieces[-1].endswith(b"="):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif pieces and line[:1] in (b" ", b"\t"):
            pieces.append(line[1:])
        else:
            if pieces:
                yield begun, b"".join(pieces)
            pieces, begun = ([line], number) if line.strip() else ([], number)
            is_quoted = b"=" in line[-1:] and b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
    if pieces:
        yield begun, b"".join(pieces)


def _legacy(lines: Sequence[tuple[int, bytes]]) -> str:
    """Return the encoding of lines that are no UTF-8."""
    sample = []
    for _, raw in lines:
        if not raw.isascii():
            try:
                raw.decode()
            except UnicodeDecodeError:
                sample.append(raw[:4096])
    return guess_legacy(b"\n".join(sample[:1000])) if sample else "utf-8"


def _decoded(raw: bytes, fallback: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(fallback, "replace")


def _parsed(number: int, raw: bytes, fallback: str) -> Line | None:
    head, colon, value = raw.partition(b":")
    if not colon:
        return None
    if b'"' in head:
        head, value = _outside_quotes(raw)
    name_text, *pieces = _split_parameters(_decoded(head, fallback))
    group, _, name = name_text.strip().rpartition(".")
    name = name.upper()
    if not name or not name.replace("-", "").replace("_", "").isalnum():
        return None
    if not pieces:
        return Line(number, name, _decoded(value, fallback), {}, group)
    parameters = _parameters(pieces)
    codec = _codec(parameters) or fallback
    if parameters.get("ENCODING", [""])[0].upper() == _QUOTED_PRINTABLE:
        decoded = _decoded(quopri.decodestring(value), codec) if not _codec(parameters) else _by(value, codec)
        text = decoded.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").replace("\n", "\\n")
        del parameters["ENCODING"]
    elif _codec(parameters):
        text = value.decode(codec, "replace")
    else:
        text = _decoded(value, fallback)
        if parameters.get("ENCODING", [""])[0].upper() in _BASE64:
            text = "".join(text.split())
    parameters.pop("CHARSET", None)
    return Line(number, name, text, parameters, group)


def _by(value: bytes, codec: str) -> str:
    return quopri.decodestring(value).decode(codec, "replace")


def _codec(parameters: Parameters) -> str:
    """Return the codec that a property names itself, where there is such a one."""
    named = parameters.get("CHARSET", [""])[0]
    try:
        return named if named and isinstance("".encode(named), bytes) else ""
    except LookupError:
        return ""


def _outside_quotes(raw: bytes) -> tuple[bytes, bytes]:
    """Split at the first colon outside of quotes; at the first one where the quotes never end."""
    at, is_quoted = 0, False
    while at < len(raw):
        character = raw[at]
        if character == ord('"'):
            is_quoted = not is_quoted
        elif character == ord(":") and not is_quoted:
            return raw[:at], raw[at + 1 :]
        at += 1
    head, _, value = raw.partition(b":")
    return head, value


def _split_parameters(head: str) -> list[str]:
    return head.split(";") if '"' not in head else list(split_outside_quotes(head, ";"))


def split_outside_quotes(text: str, separator: str) -> Iterator[str]:
    """Yield the pieces of a text between separators that stand outside of quotes."""
    begun, is_quoted = 0, False
    for at, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character == separator and not is_quoted:
            yield text[begun:at]
            begun = at + 1
    yield text[begun:]


def _parameters(pieces: Iterable[str]) -> Parameters:
    """Return parameters by name; vCard 2.1 names encodings and types without saying so."""
    found: Parameters = {}
    for piece in pieces:
        name, sign, value = piece.partition("=")
        key = name.strip().upper()
        if not sign:
            word, key = key, _BARE.get(key, "VALUE" if key in _VALUES else "TYPE")
            found.setdefault(key, []).append(word)
        elif key:
            values = found.setdefault(key, [])
            values += [_unquoted(item) for item in split_outside_quotes(value, ",")]
            if key == "TYPE":
                values[:] = [item.removeprefix("TYPE=") for value in values for item in value.split(",")]
    return found


def _unquoted(text: str) -> str:
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    return _CARET.sub(lambda found: _CARETS[found[0]], bare) if "^" in bare else bare


def unescaped(value: str) -> str:
    """Return the text that a value writes."""
    if "\\" not in value:
        return value
    found: list[str] = []
    rest = iter(value)
    for character in rest:
        if character == "\\":
            following = next(rest, "\\")
            found.append(_ESCAPED.get(following, "\\" + following))
        else:
            found.append(character)
    return "".join(found)


def split_value(value: str, separator: str) -> list[str]:
    """Return the parts of a value between separators that are not escaped, each as text."""
    if "\\" not in value:
        return value.split(separator)
    parts: list[list[str]] = [[]]
    rest = iter(value)
    for character in rest:
        if character == "\\":
            parts[-1] += (character, next(rest, ""))
        elif character == separator:
            parts.append([])
        else:
            parts[-1].append(character)
    return [unescaped("".join(part)) for part in parts]


def escaped(text: str) -> str:
    """Return a text as a value holds it."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n")


def write_line(name: str, value: str, parameters: Parameters | None = None, group: str = "") -> str:
    """Return a property, unfolded."""
    pieces = [f"{group}.{name}" if group else name]
    for key, values in (parameters or {}).items():
        pieces.append(f"{key}={','.join(map(_as_parameter, values))}")
    return f"{';'.join(pieces)}:{value}"


def _as_parameter(text: str) -> str:
    safe = text.replace("^", "^^").replace('"', "^'").replace("\n", "^n")
    return f'"{safe}"' if any(sign in safe for sign in ",;:") else safe


def unparsed(line: Line) -> str:
    """Return a property as it is kept and written again, unfolded, on one line."""
    return clean(write_line(line.name, line.value, line.parameters, line.group))


def unparsed_component(component: Component) -> list[str]:
    """Return a component as it is kept and written again."""
    inner = [text for child in component.children for text in unparsed_component(child)]
    lines = [unparsed(line) for line in component.lines if not is_before_agent(line)]
    return [f"BEGIN:{component.name}", *lines, *inner, f"END:{component.name}"]


def folded(lines: Iterable[str]) -> str:
    """Return lines as a file has them: at most 75 bytes each, never cut in a character, ended by CRLF."""
    return "".join(piece + "\r\n" for line in lines for piece in _pieces(line))


def _pieces(line: str) -> Iterator[str]:
    if line.isascii():
        yield line[:WIDTH_BYTES]
        for at in range(WIDTH_BYTES, len(line), WIDTH_BYTES - 1):
            yield " " + line[at : at + WIDTH_BYTES - 1]
        return
    piece, width = "", 0
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if width + size > WIDTH_BYTES:
            yield piece
            piece, width = " ", 1
        piece += character
        width += size
    yield piece
