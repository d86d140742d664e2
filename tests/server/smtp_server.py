# SPDX-License-Identifier: ISC
"""A mail server on loopback for the tests (python3-aiosmtpd).

    smtp_server.py DIR

writes its port to DIR/port and each mail to DIR/mail.N, with the envelope
above it.  With $SMTP_SERVER_CERT, a file of a key and its certificate, it can
change to TLS.  It takes any name and password, and writes them to DIR/logins
with whether they came by TLS.  A file DIR/refuse makes it answer 451, as a
server does that wants to be asked again later, or what its lines say, one after
the other; DIR/slow does so for recipients whose name begins with "slow".  Those
that begin with "gone" are refused, with the words of DIR/quote.
"""
import os
import socket
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def excuse(name):
    """What the file says for now, of which the last line removes it."""
    path = os.path.join(sys.argv[1], name)
    if not os.path.exists(path):
        return None
    with open(path, encoding="ascii") as f:
        lines = f.read().splitlines()
    if not lines:
        return "451 try again later"
    os.remove(path)
    if lines[1:]:
        with open(path, "w", encoding="ascii") as f:
            f.writelines(line + "\n" for line in lines[1:])
    return lines[0]


def quote():
    """What a server may say that repeats what it was told."""
    path = os.path.join(sys.argv[1], "quote")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="ascii") as f:
        return " " + f.read()


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user" + quote()
        answer = address.startswith("slow") and excuse("slow")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        folder = sys.argv[1]
        answer = excuse("refuse")
        if answer:
            return answer
        Keep.count += 1
        with open(os.path.join(folder, f"mail.{Keep.count}"), "wb") as f:
            f.write(f"Host {session.host_name}\n".encode())
            f.write(f"From {envelope.mail_from}\n".encode())
            for to in envelope.rcpt_tos:
                f.write(f"To {to}\n".encode())
            f.write(b"\n" + envelope.original_content)
        return "250 kept"


def welcome(server, session, envelope, mechanism, login):
    with open(os.path.join(sys.argv[1], "logins"), "a",
              encoding="utf-8") as f:
        print("tls" if session.ssl else "clear", login.login.decode(),
              login.password.decode(), file=f)
    return AuthResult(success=True)


def tls():
    if "SMTP_SERVER_CERT" not in os.environ:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["SMTP_SERVER_CERT"])
    return context


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


port = free_port()
Controller(Keep(), hostname="127.0.0.1", port=port, tls_context=tls(),
           authenticator=welcome, auth_require_tls=False).start()
with open(os.path.join(sys.argv[1], "port.part"), "w", encoding="ascii") as f:
    print(port, file=f)
os.rename(os.path.join(sys.argv[1], "port.part"),
          os.path.join(sys.argv[1], "port"))
while True:
    time.sleep(60)
