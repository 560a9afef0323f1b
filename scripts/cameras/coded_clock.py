#!/usr/bin/python3
"""A test camera whose pictures carry the time at which they were made, readable by a program.

The top of each picture is two rows of 32 squares (side: width / 32), black for 0 and white for 1, most significant
bit first: 44 bits of CLOCK_REALTIME in milliseconds, 12 bits of the picture's number modulo 3600 (a multiple of
the GOP length, so that number modulo GOP is 0 in key frames), 8 bits of CRC-8 (polynomial 0x07) over the 7 bytes
before. The clock is painted when the picture is made, right before it goes into the encoder.

The encoder runs all the time, whoever watches: clients join in the middle of a GOP as with a real camera.

Commands and events as rtsp_server.py, except:
  {"cmd": "mount", "path": "/clock", "width": 1280, "height": 720, "fps": 30, "gop": 30, "kbps": 2500,
   "codec": "h264", "bFrames": 0}   codec h264 or h265; B-frames 0 to 4, with H.264 only
  {"cmd": "reorder", "path": "/clock", "bFrames": 2}   another encoder, with B-frames, goes on in the same session; only
                    of cameras that were mounted with "turns": true, which are H.264 Main with parameter sets in band
  {"cmd": "mount", ..., "visits": {"every_s": 6, "stay_s": 2}}   no clock and nothing that moves, but for a bright body
                    that comes that often and walks about for that long
  {"cmd": "stats"}  answers {"event": "stats", "path": ..., "pictures": n, "encode_ms": [...], "visits_ms": [...]}:
                    milliseconds from the painted clock to the encoded picture at the RTSP server's door, and when the
                    first picture of each visit was painted (CLOCK_REALTIME, ms), since the last question
"""
import argparse
import collections
import math
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402,F401

from rtsp_server import Server, emit  # noqa: E402

NUMBERS = 3600
# An encoder that reorders begins with decoding times before 0; GStreamer has room for them below this.
ENCODER_ZERO = 3_600_000 * Gst.SECOND

CODECS = {
    "h264": {
        "encoder": "x264enc speed-preset=ultrafast bitrate=%(kbps)d key-int-max=%(gop)d option-string=scenecut=0 ",
        "plain": "tune=zerolatency threads=1 ! video/x-h264,profile=constrained-baseline",
        "reordered": "bframes=%(bFrames)d b-adapt=false rc-lookahead=0 sync-lookahead=0 sliced-threads=true "
        "! video/x-h264,profile=main",
        "parsed": "h264parse ! video/x-h264,stream-format=avc,alignment=au",
        "payloader": "rtph264pay",
    },
    # Main without B-frames, which may come later.
    "turning": {
        "encoder": "x264enc speed-preset=ultrafast bitrate=%(kbps)d key-int-max=%(gop)d option-string=scenecut=0 ",
        "plain": "tune=zerolatency threads=1 cabac=true ! video/x-h264,profile=main",
        "reordered": "bframes=%(bFrames)d b-adapt=false rc-lookahead=0 sync-lookahead=0 sliced-threads=true "
        "! video/x-h264,profile=main",
        "parsed": "h264parse config-interval=-1 ! video/x-h264,stream-format=byte-stream,alignment=au",
        "payloader": "rtph264pay",
    },
    "h265": {
        "encoder": "x265enc speed-preset=ultrafast bitrate=%(kbps)d key-int-max=%(gop)d ",
        "plain": "tune=zerolatency option-string=scenecut=0:pools=none:frame-threads=1",
        "parsed": "h265parse ! video/x-h265,stream-format=hvc1,alignment=au",
        "payloader": "rtph265pay",
    },
}
BLACK, WHITE = 30, 220


def crc8(data):
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = ((value << 1) ^ 0x07 if value & 0x80 else value << 1) & 0xFF
    return value


def coded_bits(milliseconds, number):
    payload = ((milliseconds << 12) | (number % NUMBERS)).to_bytes(7, "big")
    return int.from_bytes(payload + bytes([crc8(payload)]), "big")


class Painter:
    """Makes I420 pictures: the coded clock on top, below it a texture that pans downwards."""

    def __init__(self, width, height):
        self.width, self.height, self.side = width, height, width // 32
        tone = bytes(
            int(128 + 50 * math.sin(x / 37) + 30 * math.sin(x / 11) + 12 * math.sin(x / 3)) for x in range(width * 2)
        )
        rows = (tone[int((width / 2) * (1 + math.sin(y / 60))) :][:width] for y in range(2 * height))
        self.texture = b"".join(rows)
        self.chroma = bytes([118]) * (width * height // 4) + bytes([138]) * (width * height // 4)
        self.squares = (bytes([BLACK]) * self.side, bytes([WHITE]) * self.side)
        self.margin = bytes([BLACK]) * (width - 32 * self.side)

    def paint(self, milliseconds, number):
        bits = coded_bits(milliseconds, number)
        rows = (
            b"".join(self.squares[(bits >> (63 - 32 * row - column)) & 1] for column in range(32)) + self.margin
            for row in range(2)
        )
        clock = b"".join(row * self.side for row in rows)
        start = (2 * number) % self.height * self.width
        below = self.texture[start : start + self.width * self.height - len(clock)]
        return b"".join((clock, below, self.chroma))


class VisitPainter:
    """Makes I420 pictures of a still, dark scene, and of a bright body in its upper left quarter during visits."""

    def __init__(self, width, height, fps, every_s, stay_s):
        self.width, self.height = width, height
        self.every, self.stay = int(every_s * fps), int(stay_s * fps)
        self.rows = [
            bytes(int(56 + 14 * math.sin(x / 23 + y / 31) + 6 * math.sin(x / 5)) for x in range(width)) for y in range(height)
        ]
        self.still = b"".join(self.rows)
        self.chroma = bytes([128]) * (width * height // 2)
        self.visits = collections.deque(maxlen=NUMBERS)

    def paint(self, milliseconds, number):
        # Not at once: whoever watches learns the still scene first.
        since = number % self.every - (self.every - self.stay)
        if since < 0:
            return self.still + self.chroma
        if since == 0:
            self.visits.append(milliseconds)
        size, tall = self.width // 2 - self.width // 16, self.height // 2 - self.height // 16
        left = (self.width // 16) * (since % 8) // 8
        body = bytes([225]) * size
        rows = [row[:left] + body + row[left + size :] for row in self.rows[:tall]]
        return b"".join(rows + self.rows[tall:]) + self.chroma


class ClockCamera:
    """One endless encoder; its access units go to whichever RTSP media are open."""

    def __init__(self, options):
        self.fps = options.get("fps", 30)
        self.width, self.height = options.get("width", 1280), options.get("height", 720)
        gop = options.get("gop", 30)
        if NUMBERS % gop or self.width % 32 or self.height % 2:
            raise ValueError("gop must divide %d, width must be a multiple of 32, height even" % NUMBERS)
        self.turns = options.get("turns", False)
        self.codec = CODECS["turning" if self.turns else options.get("codec", "h264")]
        self.numbers = {"kbps": options.get("kbps", 2500), "gop": gop, "bFrames": options.get("bFrames", 0)}
        # Told by the encoder's own times, not by when they arrive.
        self.timed = self.turns or self.numbers["bFrames"] > 0
        self.payloader = self.codec["payloader"]
        visits = options.get("visits")
        self.painter = (
            VisitPainter(self.width, self.height, self.fps, visits["every_s"], visits["stay_s"])
            if visits
            else Painter(self.width, self.height)
        )
        self.outputs, self.made, self.delays = {}, {}, collections.deque(maxlen=4 * NUMBERS)
        self.lock = threading.Lock()
        self.pipelines, self.source = [], None
        self.open_encoder()
        threading.Thread(target=self.produce, daemon=True).start()

    def open_encoder(self):
        """Pictures go to a new encoder from the next one on; the one before gives what it still has."""
        encoder = self.codec["encoder"] + self.codec["reordered" if self.numbers["bFrames"] > 0 else "plain"]
        pipeline = Gst.parse_launch(
            "appsrc name=in format=time is-live=true "
            "caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! "
            % (self.width, self.height, self.fps)
            + encoder % self.numbers
            + " ! %s ! appsink name=out emit-signals=true sync=false max-buffers=30" % self.codec["parsed"]
        )
        pipeline.get_by_name("out").connect("new-sample", self.on_encoded)
        pipeline.set_state(Gst.State.PLAYING)
        self.pipelines.append(pipeline)  # kept: GStreamer ends a pipeline that nobody holds
        before, self.source = self.source, pipeline.get_by_name("in")
        if before is not None:
            before.emit("end-of-stream")

    def reorder(self, b_frames):
        if not self.turns:
            raise ValueError("mounted without turns")
        self.numbers["bFrames"] = b_frames
        self.open_encoder()

    def produce(self):
        began = time.monotonic()
        number = 0
        while True:
            wait = began + number / self.fps - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            elif wait < -1:  # starved: a camera drops pictures, it does not catch up
                began -= wait
            milliseconds = time.time_ns() // 1_000_000
            buffer = Gst.Buffer.new_wrapped(self.painter.paint(milliseconds, number))
            buffer.pts = ENCODER_ZERO + number * Gst.SECOND // self.fps
            buffer.duration = Gst.SECOND // self.fps
            with self.lock:
                self.made[buffer.pts] = milliseconds
            source = self.source
            if source.emit("push-buffer", buffer) != Gst.FlowReturn.OK and source is self.source:
                return
            number += 1

    def on_encoded(self, sink):
        sample = sink.emit("pull-sample")
        buffer = sample.get_buffer()
        now = time.time_ns() / 1e6
        with self.lock:
            self.delays.append(now - self.made.pop(buffer.pts, now))
            outputs = list(self.outputs)
        for output in outputs:
            self.push(output, buffer, sample.get_caps())
        return Gst.FlowReturn.OK

    def push(self, output, buffer, caps):
        copy = buffer.copy_deep()
        copy.dts = Gst.CLOCK_TIME_NONE
        if not self.timed:
            copy.pts = Gst.CLOCK_TIME_NONE  # stamped on arrival by the media's own clock
        else:
            # Stamped on arrival, pictures would be told in the order of coding.
            clock = output.get_clock()
            if clock is None:
                return
            if self.outputs.get(output) is None:
                self.outputs[output] = clock.get_time() - output.get_base_time() - buffer.dts
            copy.pts = buffer.pts + self.outputs[output]
        output.set_property("caps", caps)
        output.emit("push-buffer", copy)  # refused while the media starts or ends

    def on_media(self, _factory, media):
        output = media.get_element().get_by_name_recurse_up("clock")
        media.connect("unprepared", self.on_media_end, output)
        with self.lock:
            self.outputs[output] = None  # what turns the encoder's time into the media's

    def on_media_end(self, _media, output):
        with self.lock:
            self.outputs.pop(output, None)

    def take_delays(self):
        with self.lock:
            delays = list(self.delays)
            self.delays.clear()
        return delays

    def take_visits(self):
        visits = getattr(self.painter, "visits", collections.deque())
        return [visits.popleft() for _ in range(len(visits))]


class ClockServer(Server):
    def __init__(self, options):
        super().__init__(options)
        self.cameras = {}

    def mount(self, command):
        camera = ClockCamera(command)
        launch = "( appsrc name=clock format=time is-live=true do-timestamp=%s ! %s name=pay0 pt=96 mtu=1300 )" % (
            str(not camera.timed).lower(),
            camera.payloader,
        )
        super().mount({**command, "launch": launch})
        factory, _matched = self.server.get_mount_points().match(command["path"])
        factory.connect("media-configure", camera.on_media)
        self.cameras[command["path"]] = camera

    def handle(self, command):
        if command["cmd"] == "reorder":
            self.cameras[command["path"]].reorder(command["bFrames"])
            emit(event="done", cmd="reorder", path=command["path"], id=command.get("id"))
            return
        if command["cmd"] != "stats":
            super().handle(command)
            return
        for path, camera in self.cameras.items():
            delays = camera.take_delays()
            emit(
                event="stats",
                path=path,
                pictures=len(delays),
                encode_ms=[round(value, 2) for value in delays],
                visits_ms=camera.take_visits(),
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--address", default="127.0.0.1")
    options = parser.parse_args()
    options.tls_cert = options.tls_key = None
    Gst.init(None)
    ClockServer(options).run()


if __name__ == "__main__":
    main()
