#!/usr/bin/python3
"""GStreamer's WebRTC as a peer of our live view: rtspsrc to webrtcbin, and a viewer of it in a process of its own.

  webrtc.py send URL...     one pipeline a camera: rtspsrc, depayload, payload, webrtcbin; copies, as an SFU does
  webrtc.py view COUNT      one pipeline a camera: webrtcbin, decode, read the burnt-in clock of each picture

Both talk JSON lines: what the one writes is the other's input (offers, answers, candidates). Besides, the viewer writes
{"event": "pictures", "seen": [[made_ms, read_ms], ...], "shown": [n of each camera]} once a second.
"""
import json
import os
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstApp, GstSdp, GstWebRTC  # noqa: E402,F401

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../cameras"))
from coded_clock import crc8  # noqa: E402

SENDER = (
    'rtspsrc location="%s" protocols=tcp latency=0 ! rtph264depay ! h264parse ! '
    "rtph264pay pt=96 config-interval=-1 aggregate-mode=zero-latency mtu=1200 ! "
    "application/x-rtp,media=video,encoding-name=H264,payload=96 ! webrtcbin name=peer bundle-policy=max-bundle latency=0"
)
VIEWER = "webrtcbin name=peer bundle-policy=max-bundle latency=0"
DECODER = (
    "rtph264depay ! h264parse ! avdec_h264 ! video/x-raw,format=I420 ! "
    "appsink name=out emit-signals=true sync=false max-buffers=2 drop=true"
)
lock = threading.Lock()


def emit(**fields):
    with lock:
        sys.stdout.write(json.dumps(fields) + "\n")
        sys.stdout.flush()


class Connection:
    """One camera's end of its connection."""

    def __init__(self, number, description):
        self.number = number
        # Parsed as a bin, because one element alone would be given as it is.
        self.pipeline = Gst.Pipeline()
        parsed = Gst.parse_bin_from_description(description, False)
        self.pipeline.add(parsed)
        self.peer = parsed.get_by_name("peer")
        self.bin = parsed
        self.peer.connect("on-ice-candidate", self.on_candidate)

    def start(self):
        self.pipeline.set_state(Gst.State.PLAYING)

    def on_candidate(self, _peer, line, candidate):
        if " UDP " in candidate:  # both ends are on this machine: the first way is as good as any
            emit(event="candidate", camera=self.number, line=line, candidate=candidate)

    def on_described(self, promise, kind):
        promise.wait()
        reply = promise.get_reply()  # held: the description lies in it
        description = reply.get_value(kind)
        self.peer.emit("set-local-description", description, Gst.Promise.new())
        emit(event=kind, camera=self.number, sdp=description.sdp.as_text())

    def take(self, message):
        if message["event"] == "candidate":
            self.peer.emit("add-ice-candidate", message["line"], message["candidate"])
            return
        _result, sdp = GstSdp.SDPMessage.new_from_text(message["sdp"])
        kind = GstWebRTC.WebRTCSDPType.OFFER if message["event"] == "offer" else GstWebRTC.WebRTCSDPType.ANSWER
        description = GstWebRTC.WebRTCSessionDescription.new(kind, sdp)
        then = Gst.Promise.new_with_change_func(self.on_offer_set) if message["event"] == "offer" else Gst.Promise.new()
        self.peer.emit("set-remote-description", description, then)

    def on_offer_set(self, _promise):
        self.peer.emit("create-answer", None, Gst.Promise.new_with_change_func(self.on_described, "answer"))


class Sender(Connection):
    def __init__(self, number, url):
        super().__init__(number, SENDER % url)
        self.peer.connect("on-negotiation-needed", self.on_needed)

    def on_needed(self, _peer):
        self.peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.on_described, "offer"))


class Viewer(Connection):
    def __init__(self, number):
        super().__init__(number, VIEWER)
        self.shown, self.seen = 0, []
        self.peer.connect("pad-added", self.on_pad)

    def on_pad(self, _peer, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        decoder = Gst.parse_bin_from_description(DECODER, True)
        self.bin.add(decoder)
        decoder.get_by_name("out").connect("new-sample", self.on_picture)
        decoder.sync_state_with_parent()
        pad.link(decoder.get_static_pad("sink"))

    def on_picture(self, sink):
        sample = sink.emit("pull-sample")
        self.shown += 1
        made = read_clock(sample)
        if made is not None:
            self.seen.append([made, time.time_ns() / 1e6])
        return Gst.FlowReturn.OK


def read_clock(sample):
    """Milliseconds at which the picture was made (coded_clock.py); None for other pictures."""
    structure = sample.get_caps().get_structure(0)
    width = structure.get_value("width")
    side, stride = width // 32, (width + 3) // 4 * 4
    buffer = sample.get_buffer()
    rows = [bytes(buffer.extract_dup((row * side + side // 2) * stride, width)) for row in range(2)]
    bits = 0
    for row in rows:
        for column in range(32):
            bits = bits << 1 | (row[column * side + side // 2] > 127)
    data = bits.to_bytes(8, "big")
    return bits >> 20 if crc8(data[:7]) == data[7] and bits >> 20 else None


def main():
    Gst.init(None)
    role, *rest = sys.argv[1:]
    made = [Sender(n, url) for n, url in enumerate(rest)] if role == "send" else [Viewer(n) for n in range(int(rest[0]))]
    loop = GLib.MainLoop()

    def read():
        for line in sys.stdin:
            message = json.loads(line)
            if "camera" in message:
                GLib.idle_add(lambda one=message: made[one["camera"]].take(one) and False)
        GLib.idle_add(loop.quit)

    def report():
        seen = []
        for viewer in made:
            taken, viewer.seen = viewer.seen, []
            seen += taken
        emit(event="pictures", seen=seen, shown=[viewer.shown for viewer in made])
        return True

    threading.Thread(target=read, daemon=True).start()
    if role == "view":
        GLib.timeout_add(1000, report)
    for one in made:
        one.start()
    loop.run()


if __name__ == "__main__":
    main()
