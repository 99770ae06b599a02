"""The list of what a package holds, imsmanifest.xml: in any of its namespaces in, in that of the version out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from urllib.parse import unquote

from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.model import Manifest, Resource
from academy.standards.qti.names import XSI, Version
from academy.standards.qti.tree import Element, make
from academy.standards.qti.xml import parse, serialize

MANIFEST = "imsmanifest.xml"
LARGEST = 20 * 1024 * 1024
SPACES = {
    Version.V21: "http://www.imsglobal.org/xsd/imscp_v1p1",
    Version.V22: "http://www.imsglobal.org/xsd/imscp_v1p1",
    Version.V30: "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
SCHEMAS = {
    Version.V21: ("QTIv2.1 Package", "1.0.0"),
    Version.V22: ("QTIv2.2 Package", "1.0.0"),
    Version.V30: ("QTI Package", "3.0.0"),
}
ITEM_TYPES = {
    Version.V21: "imsqti_item_xmlv2p1",
    Version.V22: "imsqti_item_xmlv2p2",
    Version.V30: "imsqti_item_xmlv3p0",
}
LOM = "http://ltsc.ieee.org/xsd/LOM"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def place(href: str, *, base: str = "") -> str:
    """Return the name within the package that an address in folder ``base`` means. Raises BadQti when it leaves it."""
    plain = unquote(href.split("#", 1)[0].split("?", 1)[0]).strip()
    if not plain or _SCHEME.match(plain) or plain.startswith("/") or "\\" in plain:
        raise BadQti(Fault.OUTSIDE, href[:200])
    found = posixpath.normpath(posixpath.join(base, plain))
    if found.startswith(("/", "..")) or found == "." or not found.isprintable():
        raise BadQti(Fault.OUTSIDE, href[:200])
    return found


def read_manifest(data: bytes, *, folder: str = "") -> Manifest:
    """Return what a manifest says; ``folder`` is where it lies. Raises BadQti."""
    root = parse(data, at_most=LARGEST)
    if root.name != "manifest":
        raise BadQti(Fault.NOT_A_MANIFEST, root.name[:60])
    resources: list[Resource] = []
    for group in root.all("resources"):
        base = posixpath.join(folder, root.get("xml:base"), group.get("xml:base"))
        resources += [_resource(one, base) for one in group.all("resource")]
    return Manifest(identifier=root.get("identifier"), resources=tuple(resources))


def _resource(element: Element, base: str) -> Resource:
    base = posixpath.join(base, element.get("xml:base"))
    bad: list[str] = []

    def placed(href: str) -> str:
        try:
            return place(href, base=base)
        except BadQti:
            bad.append(href[:200])
            return ""

    href = element.get("href")
    metadata = element.find("metadata")
    return Resource(
        identifier=element.get("identifier").strip(),
        type=element.get("type").strip(),
        href=placed(href) if href else "",
        files=tuple(name for one in element.all("file") if (name := placed(one.get("href")))),
        bad=tuple(bad),
        title=_said(metadata, "title")[0] if metadata and _said(metadata, "title") else "",
        keywords=tuple(dict.fromkeys(_said(metadata, "keyword"))) if metadata else (),
    )


def _said(metadata: Element, name: str) -> list[str]:
    """Return the texts of the metadata's ``general`` that have a name: a string in each language, or plain."""
    found: list[str] = []
    for general in (one for one in metadata.walk() if one.name == "general"):
        for one in general.all(name):
            texts = [inner.text for inner in one.walk() if inner.name in {"string", "langstring"}] or [one.text]
            found += [" ".join(text.split()) for text in texts if text.strip()]
    return found


def write_manifest(manifest: Manifest, version: Version) -> bytes:
    """Return the file of a manifest."""
    schema, schema_version = SCHEMAS[version]
    root = Element(
        "manifest",
        (
            ("xmlns", SPACES[version]),
            ("xmlns:imsmd", LOM),
            ("xmlns:xsi", XSI),
            ("identifier", manifest.identifier),
        ),
        (
            make("metadata", make("schema", schema), make("schemaversion", schema_version)),
            make("organizations"),
            make("resources", *(_written(one) for one in manifest.resources)),
        ),
    )
    return serialize(root)


def _written(one: Resource) -> Element:
    general = [*_lom("title", [one.title] if one.title else []), *_lom("keyword", one.keywords)]
    metadata = [make("metadata", make("imsmd:lom", make("imsmd:general", *general)))] if general else []
    files = [make("file", href=name) for name in (one.href, *one.files)]
    return make("resource", *metadata, *files, identifier=one.identifier, type=one.type, href=one.href)


def _lom(name: str, texts: Sequence[str]) -> list[Element]:
    return [make(f"imsmd:{name}", make("imsmd:string", text)) for text in texts]
