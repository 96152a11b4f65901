"""XML of WebDAV: read without DTDs and entities, as answers by address."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from sfa.dav.transport import DavError

DAV: Final = "{DAV:}"
CALDAV: Final = "{urn:ietf:params:xml:ns:caldav}"
CARDDAV: Final = "{urn:ietf:params:xml:ns:carddav}"
SERVER: Final = "{http://calendarserver.org/ns/}"
NAMESPACES: Final = (
    'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="urn:ietf:params:xml:ns:carddav"'
    ' xmlns:S="http://calendarserver.org/ns/"'
)
DEEPEST: Final = 100


@dataclass(slots=True)
class Answer:
    """What a server says of one resource: its address, its status where it has one, the properties that it has."""

    href: str
    status: int = 200
    properties: dict[str, ET.Element] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a property's text, or nothing."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def href_in(self, name: str) -> str:
        """Return the address that a property holds, or nothing."""
        found = self.properties.get(name)
        return (found.findtext(f"{DAV}href") or "").strip() if found is not None else ""


def parse(body: bytes) -> ET.Element:
    """Return the root of a document.

    Raises:
        DavError: it is no XML, has a DTD, or is nested too deeply.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise DavError("The server's answer is nested too deeply; it was not read.")
        builder.start(_named(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(name))

    def refuse(*_: object) -> None:
        raise DavError("The server's answer defines a document type; it was not read.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        raise DavError(
            f"The server's answer is no XML ({error}).", hint="Is the address that of a DAV server?"
        ) from error
    return builder.close()


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


def answers(root: ET.Element) -> Iterator[Answer]:
    """Yield what a multistatus says of each resource."""
    for response in root.iter(f"{DAV}response"):
        status = _status(response.findtext(f"{DAV}status"))
        properties = {
            item.tag: item
            for block in response.findall(f"{DAV}propstat")
            if _status(block.findtext(f"{DAV}status")) == 200  # noqa: PLR2004 - HTTP's own number
            for held in block.findall(f"{DAV}prop")
            for item in held
        }
        for href in response.findall(f"{DAV}href"):
            yield Answer((href.text or "").strip(), status, properties)


def _status(line: str | None) -> int:
    """Return the number in a status line such as `HTTP/1.1 404 Not Found`; 200 where there is none."""
    words = (line or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 200
