"""A fake of the service, which lists generated builds, and the program that reads them."""

import http.server
import json
import os
import subprocess
import threading
import urllib.parse

MAX_LIMIT = 100


class App:
    """The builds of an app, newest first. The page `failing_page` is refused. The user shows the app as `name`."""

    def __init__(self, builds, failing_page=None, name=""):
        self.builds = builds
        self.texts = [json.dumps(build, ensure_ascii=False) for build in builds]
        self.failing_page = failing_page
        self.name = name


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        name = urllib.parse.unquote(address.path.split("/")[-2])
        query = dict(urllib.parse.parse_qsl(address.query))
        app = self.server.apps.get(name)
        number = int(query.get("page", 1))
        if app is None or number == app.failing_page:
            code, message = (403, "Forbidden") if app else (404, "Entity not found")
            error = {"status": False, "error": {"code": 4003 if app else 3001, "message": message}}
            self.respond(code, json.dumps(error))
        else:
            self.respond(200, page_of(app, number, min(int(query.get("limit", MAX_LIMIT)), MAX_LIMIT), query))

    def respond(self, code, text):
        body = text.encode("utf-8", "surrogatepass")
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def page_of(app, number, limit, query):
    texts = app.texts
    for field in ("status", "os", "versionName"):
        if field in query:
            texts = [text for text, build in zip(texts, app.builds) if build.get(field) == query[field]]
    first = (number - 1) * limit
    pages = max(-(-len(texts) // limit), 1)
    totals = {"totalDocs": len(texts), "limit": limit, "page": number, "totalPages": pages,
              "hasNextPage": number < pages}
    members = json.dumps(totals)[1:-1]
    return f'{{"status":true,"data":{{"items":[{",".join(texts[first:first + limit])}],{members}}}}}'


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """Ignores connections that the program closed, because it needs no further pages."""


class Service:
    """Serves the apps, a dictionary by name, while the context is open."""

    def __init__(self, apps):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.apps = apps
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.apps_file = "".join(f"{name} {app.name}\n" for name, app in apps.items())

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def names(self):
        """Returns the names that the user shows, by app."""
        return {name: app.name for name, app in self.server.apps.items() if app.name}

    def unread(self):
        """Returns the names of the apps that cannot be read completely."""
        return [name for name, app in self.server.apps.items() if app.failing_page]

    def readable_builds(self):
        """Returns the builds by app, up to the first page that is refused."""
        return {name: app.builds[:(app.failing_page - 1) * MAX_LIMIT] if app.failing_page else app.builds
                for name, app in self.server.apps.items()}

    def run(self, program, command, *arguments):
        """Runs a command of the program over all apps. Returns its output, also after a partial result."""
        environment = {**os.environ, "APPLIVERY_SERVICE_ACCOUNT_TOKEN": "token-of-the-checks",
                       "APPLIVERY_ORGANIZATION_ID": "organization"}
        line = [program, command, "--base-url", self.url, "--apps-file", "-", *arguments]
        result = subprocess.run(line, env=environment, input=self.apps_file.encode(), capture_output=True, check=False)
        if result.returncode not in (0, 9):
            raise SystemExit(f"{' '.join(line[1:])} ended with {result.returncode}: {result.stderr.decode()}")
        return result.stdout.decode()
