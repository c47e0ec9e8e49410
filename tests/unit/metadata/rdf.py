"""XMP as a tree of meanings, read without Exiv2: whether attributes or elements say it, and in which order, is all one.

The reading follows the RDF subset of XMP (ISO 16684-1, 7): properties may be attributes, structures may be nested
descriptions or ``rdf:parseType="Resource"``, and a qualified value may be a structure with ``rdf:value``.
"""

from typing import Any, Final
from xml.etree import ElementTree

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML: Final = "{http://www.w3.org/XML/1998/namespace}"
Properties = dict[str, Any]


def properties(packet: bytes) -> Properties:
    """The properties of a packet by ``{namespace}name``. A value is a text, ``(array type, items)``, a dictionary (a
    structure), ``("languages", {language: text})``, or ``("qualified", value, qualifiers)``.

    An address is a text here whether RDF calls it a resource or not; docs/metadata.md says so.
    """
    found: Properties = {}
    root = ElementTree.fromstring(packet.decode("utf-8-sig").strip().encode())
    rdf = root if root.tag == RDF + "RDF" else root.find(RDF + "RDF")
    assert rdf is not None
    for description in rdf.findall(RDF + "Description"):
        found |= _members(description)
    return found


def _members(node: ElementTree.Element) -> Properties:
    found: Properties = {name: text for name, text in node.attrib.items() if not name.startswith((RDF, XML))}
    found |= {child.tag: _value(child) for child in node}
    return found


def _value(node: ElementTree.Element) -> Any:
    language = node.get(XML + "lang")
    value = _unqualified(node)
    return value if language is None else ("qualified", value, {"lang": language})


def _unqualified(node: ElementTree.Element) -> Any:
    if RDF + "resource" in node.attrib:
        return node.attrib[RDF + "resource"]
    children = list(node)
    if len(children) == 1 and children[0].tag in (RDF + "Bag", RDF + "Seq", RDF + "Alt"):
        items = list(children[0])
        if children[0].tag == RDF + "Alt" and all(XML + "lang" in item.attrib for item in items):
            return ("languages", {item.get(XML + "lang"): _unqualified(item) for item in items})
        return (children[0].tag.removeprefix(RDF), [_value(item) for item in items])
    if len(children) == 1 and children[0].tag == RDF + "Description":
        return _structure(children[0])
    if children or any(not name.startswith((RDF, XML)) for name in node.attrib):
        return _structure(node)
    return {} if node.get(RDF + "parseType") == "Resource" else node.text or ""


def _structure(node: ElementTree.Element) -> Any:
    members = _members(node)
    if RDF + "value" not in members:
        return members
    value = members.pop(RDF + "value")
    return ("qualified", value, members)
