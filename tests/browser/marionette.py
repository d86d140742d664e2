# SPDX-License-Identifier: ISC
"""Firefox by its own remote protocol, since Debian has no geckodriver.

Marionette is JSON over TCP on loopback: "LENGTH:[0, number, command, {..}]"
is asked, "LENGTH:[1, number, error, result]" answered.  What a page must not
be able to do, such as to see the browser's console, is done in the browser's
own ("chrome") context.
"""
import json
import os
import signal
import socket
import subprocess
import time

# No first-run pages, no updates, nothing that asks the network for anything.
PREFS = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.cache.disk.enable": False,
    "browser.contentblocking.category": "custom",
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.tabs.warnOnClose": False,
    "browser.urlbar.suggest.searches": False,
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.ipc.processCount": 1,
    "extensions.blocklist.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": True,
    "privacy.trackingprotection.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.server": "",
}


class MarionetteError(Exception):
    pass


class Marionette:
    def __init__(self, profile, downloads):
        os.makedirs(profile, exist_ok=True)
        prefs = dict(PREFS, **{"browser.download.dir": downloads})
        with open(os.path.join(profile, "user.js"), "w",
                  encoding="utf-8") as f:
            for name, value in prefs.items():
                f.write(f"user_pref({json.dumps(name)}, "
                        f"{json.dumps(value)});\n")
        self.log = open(os.path.join(profile, "log"), "wb")
        # A group of its own, so that its content processes end with it.
        self.process = subprocess.Popen(
            ["firefox-esr", "--headless", "--marionette", "--no-remote",
             "-remote-allow-system-access", "--profile", profile],
            env=dict(os.environ, HOME=profile, MOZ_CRASHREPORTER_DISABLE="1"),
            stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT, start_new_session=True)
        try:
            self.connect(os.path.join(profile, "MarionetteActivePort"))
        except BaseException:
            self.quit()
            raise

    def connect(self, port_file):
        for _ in range(1200):
            if os.path.exists(port_file):
                with open(port_file, encoding="ascii") as f:
                    port = f.read()
                if port:
                    break
            if self.process.poll() is not None:
                raise MarionetteError("firefox-esr ended at once")
            time.sleep(0.05)
        else:
            raise MarionetteError("firefox-esr opened no port in a minute")
        self.socket = socket.create_connection(("127.0.0.1", int(port)))
        self.answers = self.socket.makefile("rb")
        self.asked = 0
        self.receive()
        self.send("WebDriver:NewSession", capabilities={})

    def receive(self):
        length = b""
        while not length.endswith(b":"):
            byte = self.answers.read(1)
            if not byte:
                raise MarionetteError("firefox-esr is gone")
            length += byte
        return json.loads(self.answers.read(int(length[:-1])))

    def send(self, command, **parameters):
        self.asked += 1
        message = json.dumps([0, self.asked, command, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.receive()
        if error:
            raise MarionetteError(f"{command}: {error['message']}")
        return result

    def script(self, text, *arguments, wait=False):
        """wait: the script ends by calling its last argument."""
        command = "ExecuteAsyncScript" if wait else "ExecuteScript"
        return self.send("WebDriver:" + command, script=text,
                         args=list(arguments))["value"]

    def chrome(self, text, *arguments):
        self.send("Marionette:SetContext", value="chrome")
        try:
            return self.script(text, *arguments)
        finally:
            self.send("Marionette:SetContext", value="content")

    def element(self, using, value):
        found = self.send("WebDriver:FindElement", using=using, value=value)
        return next(iter(found["value"].values()))

    def quit(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()
