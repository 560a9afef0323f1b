#!/usr/bin/python3
"""Serves test cameras over RTSP with GStreamer's server, steered by JSON lines.

Input, one JSON object a line on standard input:
  {"cmd": "mount", "path": "/cam", "launch": "( ... name=pay0 pt=96 )",
   "user": "u", "password": "p", "protocols": ["tcp", "udp"]}
  {"cmd": "unmount", "path": "/cam"}     end the connections of one camera and forget it
  {"cmd": "kick", "path": "/cam"}        cut the connections of one camera's clients
  {"cmd": "quit"}
Output, one JSON object a line: {"event": "ready", "port": N}, {"event": "done", "cmd": ..., ...},
{"event": "play" | "closed", "path": ..., "clients": N}, {"event": "error", "message": ...}.

Arguments: --port N (0 picks a free one), --address A, --tls-cert FILE --tls-key FILE (serves rtsps).
Ends when standard input closes, so that it never outlives its owner.
"""
import argparse
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PROTOCOLS = {
    "tcp": GstRtsp.RTSPLowerTrans.TCP,
    "udp": GstRtsp.RTSPLowerTrans.UDP,
}


def emit(**fields):
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


class Server:
    def __init__(self, options):
        self.loop = GLib.MainLoop()
        self.server = GstRtspServer.RTSPServer()
        self.server.set_address(options.address)
        self.server.set_service(str(options.port))
        self.clients = []
        self.auth = self.make_auth(options)
        self.server.set_auth(self.auth)
        self.server.connect("client-connected", self.on_client)
        if self.server.attach(None) == 0:
            raise SystemExit("cannot listen on %s:%s" % (options.address, options.port))

    def make_auth(self, options):
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.set_realm("camera")
        # Clients without a password get this token; each mount says what it may do.
        anonymous = GstRtspServer.RTSPToken()
        anonymous.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "anonymous")
        auth.set_default_token(anonymous)
        if options.tls_cert:
            auth.set_tls_certificate(
                Gio.TlsCertificate.new_from_files(options.tls_cert, options.tls_key)
            )
        return auth

    def on_client(self, _server, client):
        self.clients.append([client, None])
        client.connect("play-request", self.on_play)
        client.connect("closed", self.on_closed)

    def on_play(self, client, context):
        path = context.uri.abspath if context.uri is not None else None
        for entry in self.clients:
            if entry[0] is client:
                entry[1] = path
        emit(event="play", path=path, clients=len(self.clients))

    def on_closed(self, client):
        self.clients = [entry for entry in self.clients if entry[0] is not client]
        emit(event="closed", clients=len(self.clients))

    def mount(self, command):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(command["launch"])
        factory.set_shared(True)
        factory.set_latency(command.get("latencyMs", 20))
        chosen = GstRtsp.RTSPLowerTrans(0)
        for name in command.get("protocols", ["tcp", "udp"]):
            chosen |= PROTOCOLS[name]
        factory.set_protocols(chosen)
        permissions = GstRtspServer.RTSPPermissions()
        # May see but not use: the server then asks for the password (401) instead of saying 404.
        permissions.add_permission_for_role("anonymous", "media.factory.access", True)
        permissions.add_permission_for_role(
            "anonymous", "media.factory.construct", not command.get("user")
        )
        if command.get("user"):
            role = command["user"]
            token = GstRtspServer.RTSPToken()
            token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, role)
            self.auth.add_digest(role, command["password"], token)
            permissions.add_permission_for_role(role, "media.factory.access", True)
            permissions.add_permission_for_role(role, "media.factory.construct", True)
        factory.set_permissions(permissions)
        self.server.get_mount_points().add_factory(command["path"], factory)

    def kick(self, path):
        kicked = 0
        for client, played in list(self.clients):
            if path is None or played == path:
                client.close()
                kicked += 1
        return kicked

    def handle(self, command):
        name = command["cmd"]
        if name == "mount":
            self.mount(command)
        elif name == "unmount":
            self.server.get_mount_points().remove_factory(command["path"])
            self.kick(command["path"])
        elif name == "kick":
            self.kick(command.get("path"))
        elif name == "quit":
            self.loop.quit()
        else:
            raise ValueError("unknown command " + name)
        emit(event="done", cmd=name, path=command.get("path"), id=command.get("id"))

    def on_line(self, line):
        try:
            self.handle(json.loads(line))
        except Exception as error:  # the owner decides what to do with it
            emit(event="error", message=str(error))
        return False

    def run(self):
        def read():
            for line in sys.stdin:
                if line.strip():
                    GLib.idle_add(self.on_line, line)
            GLib.idle_add(self.loop.quit)

        threading.Thread(target=read, daemon=True).start()
        emit(event="ready", port=self.server.get_bound_port())
        self.loop.run()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--tls-cert")
    parser.add_argument("--tls-key")
    options = parser.parse_args()
    Gst.init(None)
    Server(options).run()


if __name__ == "__main__":
    main()
