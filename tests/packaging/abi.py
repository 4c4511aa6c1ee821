#!/usr/bin/env python3
"""Compares the binary interface of a shared library with a stored dump of the last release.

    abi.py LIBRARY HEADERS DUMP [--update]

LIBRARY needs debug information. HEADERS is the directory of the public headers. Fails if the library has the SONAME of the
dump and a program that was linked to the release may not work with it. With another SONAME, only prints the differences.
`--update` writes the dump instead.

Needs abidw and abidiff of libabigail. The dump contains the exported functions and the types of the public headers. Types
of other projects, such as those of the standard library, have only a name and a size, which keeps the dump small.
"""

import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

OPTIONS = ["--load-all-types", "--drop-private-types", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
           "--no-parameter-names", "--no-elf-needed", "--type-id-style", "hash"]
CLASSES = {"class-decl", "union-decl"}
TYPES = CLASSES | {"enum-decl"}


class Pruner:
    """Reduces a dump to exported functions, public types and the types that they use."""

    def __init__(self, root):
        self.root = root
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.types = {element.get("id"): element for element in root.iter() if element.get("id")}
        self.whole = set()  # elements whose children are kept
        self.shells = set()  # elements that are kept for their name, or for some of their children

    def prune(self):
        for element in self.root.iter():
            if element.get("elf-symbol-id"):
                self.keep(element)
        # abidiff compares other types only if they have this mark. The mark of abidw depends on internal code.
        for element in self.root.iter():
            element.attrib.pop("is-non-reachable", None)
            if self.is_public_type(element) and element not in self.whole:
                element.set("is-non-reachable", "yes")
        for element in self.root.iter():
            if element.get("is-non-reachable"):
                self.keep(element)
        self.filter(self.root)

    def ancestors(self, element):
        while element in self.parents:
            element = self.parents[element]
            yield element

    def is_own(self, element):
        namespaces = [ancestor.get("name") for ancestor in self.ancestors(element) if ancestor.tag == "namespace-decl"]
        return bool(namespaces) and namespaces[-1] == "applivery"

    def is_public_type(self, element):
        names = [element.get("name", "")] + [ancestor.get("name", "") for ancestor in self.ancestors(element)]
        # Internal code may use further instances of a class template.
        is_internal = any(name == "detail" or "<" in name for name in names)
        return (element.tag in TYPES and self.is_own(element) and not is_internal
                and not element.get("is-declaration-only"))

    def keep(self, first):
        todo = [first]
        while todo:
            element = todo.pop()
            if element in self.whole:
                continue
            for ancestor in self.ancestors(element):
                self.shells.add(ancestor)
                if ancestor.tag in CLASSES and ancestor not in self.whole:
                    todo.append(ancestor)
            self.shells.add(element)
            if element.tag in CLASSES and not self.is_own(element):
                continue
            self.whole.add(element)
            todo += [child for child in element if not self.is_inline(child)]
            todo += [self.types[value] for name, value in element.items() if name != "id" and value in self.types]

    @staticmethod
    def is_inline(element):
        """Whether this is a function that each program compiles for itself."""
        return (element.tag == "member-function" and "vtable-offset" not in element.attrib
                and all(function.get("elf-symbol-id") is None for function in element))

    def filter(self, element):
        for child in list(element):
            if child.tag.startswith("elf-"):
                continue
            if child in self.shells:
                self.filter(child)
            else:
                element.remove(child)


def dump(library, headers):
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory) / "abi.xml"
        subprocess.run(["abidw", *OPTIONS, "--headers-dir", headers, "--out-file", file, library], check=True)
        tree = ElementTree.parse(file)
    Pruner(tree.getroot()).prune()
    for unit in tree.iter("abi-instr"):
        unit.set("path", pathlib.Path(unit.get("path")).name)
    ElementTree.indent(tree, " ")
    return tree


def main(library, headers, stored, update=None):
    current = dump(library, headers)
    if update:
        current.write(stored, encoding="unicode")
        return 0
    with tempfile.TemporaryDirectory() as directory:
        file = pathlib.Path(directory) / "abi.xml"
        current.write(file, encoding="unicode")
        result = subprocess.run(["abidiff", "--no-added-syms", "--non-reachable-types", stored, file], check=False)
    released = ElementTree.parse(stored).getroot().get("soname")
    if result.returncode == 0 or current.getroot().get("soname") != released:
        return 0
    print(f"The binary interface changed, but the SONAME is still {released}. Change the version. Before the release of "
          f"this version, renew the dump: python3 {' '.join(sys.argv)} --update")
    return 1


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5) or sys.argv[4:] not in ([], ["--update"]):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
