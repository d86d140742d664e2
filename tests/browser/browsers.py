# SPDX-License-Identifier: ISC
"""Chromium and Firefox, headless, with the same few verbs."""
import base64
import json
import os
import shutil
import tempfile
import time

from marionette import Marionette

ESCAPE = "\ue00c"
ENTER = "\ue007"
TAB = "\ue004"

FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
--disable-background-networking --disable-component-update --disable-sync
--disable-dev-shm-usage""".split()

# What a hostile text calls if it gets to run.
TRAP = "window.booms = []; window.boom = (what) => booms.push(String(what));"

# Firefox's console in its own context: what pages caused, oldest first.
CONSOLE = """
const messages = Services.console.getMessageArray()
    .filter((m) => m instanceof Ci.nsIScriptError)
    .filter((m) => !/^(chrome|system|component|XPConnect)/.test(m.category) &&
        !/^(chrome|resource|moz-extension):/.test(m.sourceName))
    .map((m) => `${m.category}: ${m.errorMessage} ${m.sourceName}:` +
        m.lineNumber);
Services.console.reset();
return messages;
"""

# What is said there of the tests: a script's click may not copy.  Of what KaTeX
# writes for those who do not see its formulas, in every version.  And of when
# something was laid out, which is the machine's matter and no error.
OURS = ["execCommand(‘cut’/‘copy’) was denied",
        "Inferring the accent property",
        "on MathML elements is deprecated",
        "Layout was forced before the page was fully loaded"]

# What pages ask servers for; the browser's own requests belong to no page.
WATCH = """
const window = Services.wm.getMostRecentWindow("navigator:browser");
window.asked = [];
Services.obs.addObserver((channel) => {
  channel.QueryInterface(Ci.nsIHttpChannel);
  if (channel.loadInfo.browsingContextID)
    window.asked.push(channel.URI.spec);
}, "http-on-modify-request");
"""
ASKED = """
const window = Services.wm.getMostRecentWindow("navigator:browser");
return window.asked.splice(0);
"""


class Browser:
    """What does not depend on which browser it is.  folder holds the pages;
    root is their address, which a test may set to that of a server."""

    def __init__(self, folder):
        self.folder = folder
        self.root = f"file://{folder}"
        self.scratch = tempfile.mkdtemp(dir=folder)
        self.messages, self.requests = [], []

    def address(self, page):
        return f"{self.root}/{page}"

    def wait(self, script, what="the page"):
        for _ in range(600):
            if self.js("return Boolean(" + script + ")"):
                return
            time.sleep(0.05)
        raise TimeoutError(f"{self.name}: {what} never came: " + self.js(
            "return location.href + ' ' + document.body.innerText")[:300])

    def open(self, page, ready=True):
        self.visit("about:blank")
        self.visit(self.address(page))
        if ready:
            self.wait("'ready' in document.documentElement.dataset", page)

    def open_until(self, page, seen):
        """What one page keeps may reach the next, in a process of its own, a
        moment after that has read what was kept before; on a busy machine it
        is not told, if the first one is gone by then."""
        for _ in range(20):
            self.open(page)
            if seen():
                return
            time.sleep(0.25)

    def unfold(self):
        self.js("for (const e of document.querySelectorAll('details'))"
                "  e.open = true")
        self.settle()

    def settle(self):
        """Two frames: what an input event asked for is shown."""
        self.wait_for("requestAnimationFrame(() => requestAnimationFrame("
                      "arguments[0]))")

    def type(self, text):
        """Into the search field, in place of what is there."""
        self.js("const e = document.getElementById('find'); e.value = '';"
                "e.dispatchEvent(new Event('input', {bubbles: true}))")
        self.write("find", text)

    def click(self, name):
        self.js("document.getElementById(arguments[0]).click()", name)
        self.settle()

    def choose(self, field, value):
        self.js("const e = document.getElementById(arguments[0]);"
                "e.value = arguments[1];"
                "e.dispatchEvent(new Event('input', {bubbles: true}))",
                field, value)
        self.settle()

    def shown(self):
        return self.js(
            "return [...document.querySelectorAll('main [data-id]')]"
            ".filter((e) => e.checkVisibility()).map((e) => e.dataset.id)")

    def others(self, page, allowed=()):
        """What was asked for beside the page itself."""
        return [url for url in self.requests
                if url.split("#")[0] != self.address(page) and
                not any(part in url for part in allowed)]

    def forget(self):
        self.collect()
        self.messages, self.requests = [], []


class Chromium(Browser):
    name = "Chromium"

    @staticmethod
    def lacks():
        """Why it cannot be driven here, or nothing."""
        for program in ("chromium", "chromedriver"):
            if not shutil.which(program):
                return f"no {program} here"
        try:
            import selenium  # noqa: F401
        except ImportError:
            return "no python3-selenium here"
        return ""

    def __init__(self, folder, bars=True):
        # Only here, so that Firefox is driven where selenium is not.
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
        super().__init__(folder)
        options = webdriver.ChromeOptions()
        for flag in FLAGS:
            options.add_argument(flag)
        if not bars:
            options.add_argument("--hide-scrollbars")
        options.add_argument(f"--user-data-dir={self.scratch}/profile")
        options.set_capability("goog:loggingPrefs",
                               {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=Service("/usr/bin/chromedriver"))
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=TRAP)
        self.cdp("Browser.setDownloadBehavior", behavior="allow",
                 downloadPath=self.scratch)
        # A new window shows the browser's own page first: what that asks for
        # has been asked for when another page is there.
        self.visit("about:blank")
        self.forget()

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def visit(self, url):
        self.driver.get(url)

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait_for(self, script, *arguments):
        """Runs what calls its last argument when it is done."""
        return self.driver.execute_async_script(script, *arguments)

    def size(self, width, height=900):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width,
                 height=height, deviceScaleFactor=1, mobile=False)

    def media(self, name=None, medium=""):
        features = [{"name": "prefers-color-scheme", "value": name or ""}]
        self.cdp("Emulation.setEmulatedMedia", features=features, media=medium)

    def scheme(self, name):
        self.media(name)

    def printing(self, on):
        self.media(medium="print" if on else "")

    def scripts(self, on):
        self.cdp("Emulation.setScriptExecutionDisabled", value=not on)

    def write(self, name, text):
        self.driver.find_element("id", name).send_keys(text)
        self.settle()

    def key(self, key):
        self.driver.find_element("tag name", "body").send_keys(key)
        self.settle()

    def press(self, selector, key):
        """A key on the first element there is."""
        self.driver.find_element("css selector", selector).send_keys(key)

    def text(self):
        return self.driver.find_element("tag name", "body").text

    def pdf(self):
        return base64.b64decode(self.cdp("Page.printToPDF")["data"])

    def shot(self, path, height=None):
        """A picture of the window, or of the page down to height."""
        clip = {}
        if height:
            size = self.js("const e = document.documentElement;"
                           "return [e.clientWidth, e.scrollHeight]")
            clip = {"captureBeyondViewport": True, "clip": {
                "x": 0, "y": 0, "width": size[0],
                "height": min(size[1], height), "scale": 1}}
        data = self.cdp("Page.captureScreenshot", format="png", **clip)["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def collect(self):
        for entry in self.driver.get_log("browser"):
            self.messages.append(entry["message"])
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("data:", "about:", "blob:")):
                    self.requests.append(url)

    def quit(self):
        self.driver.quit()


class Firefox(Browser):
    """Has no trap: a hostile text that gets to run calls what is not there,
    which is in the console."""
    name = "Firefox"

    @staticmethod
    def lacks():
        return "" if shutil.which("firefox-esr") else "no firefox-esr here"

    def __init__(self, folder, bars=True):
        super().__init__(folder)
        self.driver = Marionette(os.path.join(self.scratch, "profile"),
                                 self.scratch)
        self.driver.chrome(WATCH)
        if not bars:
            self.driver.chrome("Services.prefs.setIntPref("
                               "'widget.non-native-theme.scrollbar.style', 0);"
                               "Services.prefs.setIntPref("
                               "'ui.useOverlayScrollbars', 1)")
        self.visit("about:blank")
        self.forget()

    def browser(self, script, *arguments):
        """browser is the element that holds the page, context what it is
        shown in."""
        return self.driver.chrome(
            "const browser = Services.wm.getMostRecentWindow("
            "'navigator:browser').gBrowser.selectedBrowser;"
            "const context = browser.browsingContext;" + script, *arguments)

    def visit(self, url):
        self.driver.send("WebDriver:Navigate", url=url)

    def js(self, script, *arguments):
        return self.driver.script(script, *arguments)

    def wait_for(self, script, *arguments):
        return self.driver.script(script, *arguments, wait=True)

    def size(self, width, height=900):
        # The window does not get as narrow as a phone, what is in it does.
        self.browser("for (const [what, n] of "
                     "[['width', arguments[0]], ['height', arguments[1]]])"
                     "  for (const bound of ['min-', 'max-'])"
                     "    browser.style.setProperty(bound + what, n + 'px');",
                     width, height)
        self.wait(f"innerWidth === {width}", f"a width of {width}")

    def scheme(self, name):
        self.browser("context.prefersColorSchemeOverride = arguments[0]", name)
        self.settle()

    def printing(self, on):
        self.browser("context.mediumOverride = arguments[0]",
                     "print" if on else "")

    def scripts(self, on):
        self.browser("context.allowJavascript = arguments[0]", on)

    def write(self, name, text):
        self.driver.send("WebDriver:ElementSendKeys",
                         id=self.driver.element("css selector", "#" + name),
                         text=text)
        self.settle()

    def key(self, key):
        self.driver.send("WebDriver:ElementSendKeys",
                         id=self.driver.element("css selector", "body"),
                         text=key)
        self.settle()

    def press(self, selector, key):
        self.driver.send("WebDriver:ElementSendKeys", text=key,
                         id=self.driver.element("css selector", selector))

    def text(self):
        return self.driver.send(
            "WebDriver:GetElementText",
            id=self.driver.element("css selector", "body"))["value"]

    def pdf(self):
        return base64.b64decode(
            self.driver.send("WebDriver:Print")["value"])

    def shot(self, path, height=None):
        # A picture of a whole page is refused from 65,536 pixels on: the
        # window grows instead.
        width, was, tall = self.js(
            "return [innerWidth, innerHeight,"
            " document.documentElement.scrollHeight]")
        if height:
            self.size(width, min(tall, height))
            self.settle()
        data = self.driver.send("WebDriver:TakeScreenshot",
                                full=False)["value"]
        if height:
            self.size(width, was)
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))

    def collect(self):
        self.messages += [message for message in self.driver.chrome(CONSOLE)
                          if not any(part in message for part in OURS)]
        self.requests += self.driver.chrome(ASKED)

    def quit(self):
        self.driver.quit()


BROWSERS = {"chromium": Chromium, "firefox": Firefox}
