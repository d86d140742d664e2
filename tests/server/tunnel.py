# SPDX-License-Identifier: ISC
"""What stands between a client and the test servers on loopback.

    tunnel.py DIR NAME=CERTIFICATE:PORT .. NAME=proxy

Each NAME is a port, found in DIR/NAME when it listens.  By a certificate (a file
of a key and the chain) it is TLS before the server at PORT.  A proxy lets CONNECT
through to the same port of loopback, whatever the host's name; DIR/NAME.log gets
a line for each request of it, DIR/NAME.bytes all that it sees pass.
"""
import os
import select
import socket
import ssl
import sys
import threading

folder = sys.argv[1]


def splice(a, b, seen=None):
    """Until one of them ends."""
    while True:
        ready = [s for s in (a, b) if isinstance(s, ssl.SSLSocket)
                 and s.pending()]
        for s in ready or select.select([a, b], [], [])[0]:
            data = s.recv(65536)
            if not data:
                return
            (b if s is a else a).sendall(data)
            if seen:
                seen.write(data)
                seen.flush()


def head_of(client):
    """A request's lines, byte by byte: what follows is for another."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = client.recv(1)
        if not byte:
            break
        head += byte
    return head


def proxy(name, client):
    path = os.path.join(folder, name)
    head = head_of(client)
    what, where = head.decode("latin-1").split(" ")[:2]
    with open(path + ".log", "a", encoding="utf-8") as log:
        print(what, where, file=log)
    with open(path + ".bytes", "ab") as seen:
        seen.write(head)
        if what != "CONNECT":
            client.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(
                ("127.0.0.1", int(where.rsplit(":")[-1]))) as server:
            client.sendall(b"HTTP/1.1 200 Yes\r\n\r\n")
            splice(client, server, seen)


def secure(context, port, client):
    with context.wrap_socket(client, server_side=True) as inside, \
            socket.create_connection(("127.0.0.1", port)) as server:
        splice(inside, server)


def serve(how, listener):
    def one(client):
        with client:
            try:
                how(client)
            except OSError:
                pass  # who hangs up has seen enough

    while True:
        threading.Thread(target=one, args=(listener.accept()[0],),
                         daemon=True).start()


def way(name, what):
    if what == "proxy":
        return lambda client: proxy(name, client)
    certificate, port = what.rsplit(":", 1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return lambda client: secure(context, int(port), client)


threads = []
for argument in sys.argv[2:]:
    the_name, the_way = argument.split("=", 1)
    at = socket.create_server(("127.0.0.1", 0))
    threads.append(threading.Thread(
        target=serve, args=(way(the_name, the_way), at)))
    threads[-1].start()
    with open(os.path.join(folder, the_name + ".new"), "w",
              encoding="ascii") as f:
        print(at.getsockname()[1], file=f)
    os.rename(os.path.join(folder, the_name + ".new"),
              os.path.join(folder, the_name))
