"""page_in_chromium.py PAGE: loads a page in headless Chromium and prints console messages, violations of the
Content-Security-Policy, exceptions and all requests except the page itself. Prints nothing on success. Uses the DevTools
protocol over a pipe: JSON messages that end with a zero byte."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

REPORTED = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Audits.issueAdded"}


class Browser:
    def __init__(self, folder):
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()

        def place():  # the descriptors that Chromium uses
            low, high = os.dup(commands), os.dup(answers)
            os.dup2(low, 3)
            os.dup2(high, 4)

        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir=" + folder]
        self.process = subprocess.Popen(["chromium", *options], preexec_fn=place, pass_fds=(3, 4),
                                        stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.text = b""
        self.last = 0
        self.events = []

    def receive(self):
        while b"\0" not in self.text:
            part = os.read(self.answers, 65536)
            if not part:
                sys.exit("Chromium ended unexpectedly")
            self.text += part
        message, self.text = self.text.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.last:
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method):
        while not any(event["method"] == method for event in self.events):
            self.events.append(self.receive())


def load(browser, url):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Log", "Runtime", "Network", "Audits"):
        browser.call(domain + ".enable", session)
    browser.events.clear()
    browser.call("Page.navigate", session, url=url)
    browser.wait_for("Page.loadEventFired")
    browser.call("Runtime.evaluate", session, expression="document.fonts.ready.then(() => 0)", awaitPromise=True)
    for event in browser.events:
        asked = event["params"].get("request", {}).get("url") if event["method"] == "Network.requestWillBeSent" else None
        if event["method"] in REPORTED or asked not in (None, url):
            print(json.dumps(event))


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    chromium = Browser(profile)
    load(chromium, pathlib.Path(sys.argv[1]).resolve().as_uri())
    chromium.call("Browser.close")
    chromium.process.wait(30)
