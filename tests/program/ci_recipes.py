"""Prints the shell scripts of a CI configuration: `ci_recipes.py FILE`."""

import re
import sys

import yaml

SCRIPT_KEYS = {"run", "script", "bash", "content"}


def scripts(node):
    """Yields the scripts below a YAML node, in order."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SCRIPT_KEYS and isinstance(value, str):
                yield value
            elif key in SCRIPT_KEYS and isinstance(value, list):
                yield from value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from scripts(value)


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
is_groovy = sys.argv[1].endswith("Jenkinsfile")
found = re.findall(r"sh '''(.*?)'''", text, re.DOTALL) if is_groovy else list(scripts(yaml.safe_load(text)))
if not found:
    sys.exit(f"{sys.argv[1]}: no script found. Adapt SCRIPT_KEYS.")
print("\n".join(found))
