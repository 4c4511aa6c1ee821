"""check_pages.py PROGRAM PACKAGES FOLDER: writes the pages of reports to FOLDER, and checks them by page_checks.mjs.
PACKAGES is the folder of the npm packages."""

import pathlib
import subprocess
import sys

import workspaces
from service import App, Service


def main(program, packages, folder):
    end = workspaces.now()
    reports = {
        "hostile": (workspaces.hostile(end), []),
        "comparison": (workspaces.plain(2, 40, end, days=50), ["--since", "20d", "--previous"]),
        "no-builds": ({"app": App([])}, []),
    }
    pages = []
    for name, (apps, options) in reports.items():
        pages.append(str(pathlib.Path(folder) / f"{name}.html"))
        with Service(apps) as service:
            service.run(program, "report", "--html", pages[-1], *options)
    checks = pathlib.Path(__file__).with_name("page_checks.mjs")
    sys.exit(subprocess.run(["node", checks, packages, *pages], check=False).returncode)


main(*sys.argv[1:])
