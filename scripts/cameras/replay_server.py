#!/usr/bin/python3
"""Many test cameras that send one H.264 clip in an endless loop, as cheap as sending can be.

Every camera is an RTSP stream of its own: /c0, /c1, ... begin at different places of the clip, so that their key
frames do not coincide, run whoever watches, and have their own SSRC, sequence and time stamps for each viewer. Only
RTP interleaved with RTSP (TCP) is offered. A viewer that does not read loses whole pictures until the next key frame
and holds nobody up. Encoding, and GStreamer's pipeline for each stream, would cost more than what is measured.

  replay_server.py --clip FILE.h264 --fps 15 --cameras 64 [--port 0]

The clip is an H.264 byte stream without B-frames that begins with a key frame; parameter sets may be repeated in it.
Prints {"event": "ready", "port": n} and runs until it is told to end.
"""
import argparse
import asyncio
import base64
import json
import random
import re
import struct
import time

PAYLOAD = 96
RATE = 90_000
LARGEST = 1200
# Of a viewer that does not read, bytes.
MOST_WAITING = 1 << 20
REPORT_S = 5
NTP_EPOCH = 2_208_988_800


def units_of(clip):
    """NAL units of a byte stream, without start codes."""
    return [unit.rstrip(b"\0") for unit in re.split(b"\0\0\1", clip)[1:] if unit.rstrip(b"\0")]


def pictures_of(units):
    """Lists of NAL units, one for each picture; parameter sets belong to the picture behind them."""
    pictures, current, has_slice = [], [], False
    for unit in units:
        is_slice = unit[0] & 0x1F in (1, 5)
        # first_mb_in_slice is 0, written as one bit.
        begins = not is_slice or unit[1] & 0x80
        if has_slice and begins:
            pictures.append(current)
            current, has_slice = [], False
        current.append(unit)
        has_slice = has_slice or is_slice
    return pictures + [current] if has_slice else pictures


def payloads_of(units):
    """RTP payloads of a picture (RFC 6184, packetization mode 1)."""
    payloads = []
    for unit in units:
        if len(unit) <= LARGEST:
            payloads.append(unit)
            continue
        indicator, kind = unit[0] & 0xE0 | 28, unit[0] & 0x1F
        parts = [unit[at : at + LARGEST - 2] for at in range(1, len(unit), LARGEST - 2)]
        for n, part in enumerate(parts):
            flags = (0x80 if n == 0 else 0) | (0x40 if n == len(parts) - 1 else 0)
            payloads.append(bytes((indicator, flags | kind)) + part)
    return payloads


class Clip:
    def __init__(self, content, fps):
        units = units_of(content)
        pictures = pictures_of(units)
        if not pictures or not any(unit[0] & 0x1F == 5 for unit in pictures[0]):
            raise SystemExit("the clip does not begin with a key frame")
        self.fps = fps
        self.pictures = [payloads_of(picture) for picture in pictures]
        self.is_key = [any(unit[0] & 0x1F == 5 for unit in picture) for picture in pictures]
        self.sps = next(unit for unit in units if unit[0] & 0x1F == 7)
        self.pps = next(unit for unit in units if unit[0] & 0x1F == 8)

    def description(self):
        sets = ",".join(base64.b64encode(one).decode() for one in (self.sps, self.pps))
        return "\r\n".join(
            [
                *("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=replay", "c=IN IP4 0.0.0.0", "t=0 0", "a=control:*"),
                *(f"m=video 0 RTP/AVP {PAYLOAD}", f"a=rtpmap:{PAYLOAD} H264/{RATE}", f"a=framerate:{self.fps}"),
                f"a=fmtp:{PAYLOAD} packetization-mode=1;profile-level-id={self.sps[1:4].hex()};sprop-parameter-sets={sets}",
                *("a=control:video", ""),
            ]
        )


class Viewer:
    """One connection that plays."""

    def __init__(self, transport, channel):
        self.transport = transport
        self.channel = channel
        self.ssrc = random.getrandbits(32)
        self.sequence = random.getrandbits(16)
        self.origin = random.getrandbits(32)
        self.packets = self.bytes = 0
        self.reported = 0.0
        self.is_behind = False

    def send(self, payloads, is_key, stamp):
        waiting = self.transport.get_write_buffer_size()
        self.is_behind = waiting > MOST_WAITING or (self.is_behind and not is_key)
        if self.is_behind:
            return
        out = []
        now = time.monotonic()
        if now - self.reported > REPORT_S:
            self.reported = now
            out.append(self.report(stamp))
        for n, payload in enumerate(payloads):
            marker = 0x80 if n == len(payloads) - 1 else 0
            self.sequence = (self.sequence + 1) & 0xFFFF
            header = struct.pack(
                ">BBHBBHII",
                *(0x24, self.channel, len(payload) + 12, 0x80, marker | PAYLOAD, self.sequence),
                *((self.origin + stamp) & 0xFFFFFFFF, self.ssrc),
            )
            out += (header, payload)
            self.bytes += len(payload)
        self.packets += len(payloads)
        self.transport.write(b"".join(out))

    def report(self, stamp):
        wall = time.time() + NTP_EPOCH
        return struct.pack(
            ">BBHBBHIIIIII",
            *(0x24, self.channel + 1, 28, 0x80, 200, 6, self.ssrc, int(wall), int(wall % 1 * 2**32)),
            *((self.origin + stamp) & 0xFFFFFFFF, self.packets & 0xFFFFFFFF, self.bytes & 0xFFFFFFFF),
        )


class Camera:
    def __init__(self, clip, number, count):
        self.clip = clip
        # Neither the key frames nor the pictures of two cameras come at the same moment.
        self.at = number * len(clip.pictures) // count
        self.sent = 0
        self.phase = number / count / clip.fps
        self.viewers = set()

    async def run(self):
        loop = asyncio.get_running_loop()
        began = loop.time() + self.phase
        while True:
            await asyncio.sleep(max(0.0, began + self.sent / self.clip.fps - loop.time()))
            payloads, is_key = self.clip.pictures[self.at], self.clip.is_key[self.at]
            for viewer in self.viewers:
                viewer.send(payloads, is_key, self.sent * RATE // self.clip.fps)
            self.sent += 1
            self.at = (self.at + 1) % len(self.clip.pictures)


class Connection(asyncio.Protocol):
    def __init__(self, cameras, clip):
        self.cameras = cameras
        self.clip = clip
        self.received = b""
        self.session = f"{random.getrandbits(64):016x}"
        self.camera = self.viewer = None

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, _error):
        self.leave()

    def leave(self):
        if self.camera is not None:
            self.camera.viewers.discard(self.viewer)

    def data_received(self, data):
        self.received += data
        while self.received:
            if self.received[0] == 0x24:
                # A receiver report; nothing depends on it.
                if len(self.received) < 4:
                    return
                length = 4 + int.from_bytes(self.received[2:4], "big")
                if len(self.received) < length:
                    return
                self.received = self.received[length:]
                continue
            head, found, rest = self.received.partition(b"\r\n\r\n")
            if not found:
                return
            length = int((re.search(rb"(?im)^content-length:\s*(\d+)", head) or [0, 0])[1])
            if len(rest) < length:
                return
            self.received = rest[length:]
            self.answer(head.decode("latin-1"))

    def answer(self, head):
        method, url = (head.split(" ", 2) + [""])[:2]
        number = (re.search(r"(?im)^cseq:\s*(\d+)", head) or ["", "0"])[1]
        path = re.match(r"(?:rtsp://[^/]*)?(/[^/?]*)", url)
        camera = self.cameras.get(path[1]) if path else None
        lines, body, after = [f"CSeq: {number}"], "", None
        status = "200 OK"
        if method == "OPTIONS":
            lines.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN")
        elif camera is None and method in ("DESCRIBE", "SETUP", "PLAY"):
            status = "404 Not Found"
        elif method == "DESCRIBE":
            body = self.clip.description()
            lines += [f"Content-Base: {url.rstrip('/')}/", "Content-Type: application/sdp"]
        elif method == "SETUP":
            channels = re.search(r"(?im)^transport:.*rtp/avp/tcp.*?(?:interleaved=(\d+))?(?:-\d+)?\s*$", head)
            if channels is None:
                status = "461 Unsupported Transport"
            else:
                channel = int(channels[1] or 0)
                self.leave()
                self.camera, self.viewer = camera, Viewer(self.transport, channel)
                lines.append(f"Transport: RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1};ssrc={self.viewer.ssrc:08X}")
        elif method == "PLAY":
            if self.viewer is None:
                status = "455 Method Not Valid in This State"
            else:
                viewer, camera = self.viewer, self.camera
                stamp = (viewer.origin + camera.sent * RATE // self.clip.fps) & 0xFFFFFFFF
                lines += ["Range: npt=now-", f"RTP-Info: url={url.rstrip('/')}/video;seq={viewer.sequence + 1 & 0xFFFF};rtptime={stamp}"]
                after = lambda: camera.viewers.add(viewer)  # noqa: E731
        elif method == "TEARDOWN":
            self.leave()
        elif method not in ("GET_PARAMETER", "SET_PARAMETER"):
            status = "501 Not Implemented"
        if method not in ("OPTIONS", "DESCRIBE"):
            lines.append(f"Session: {self.session};timeout=60")
        if body:
            lines.append(f"Content-Length: {len(body)}")
        self.transport.write("\r\n".join([f"RTSP/1.0 {status}", *lines, "", body]).encode())
        if after:
            after()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clip", required=True)
    parser.add_argument("--fps", type=int, required=True)
    parser.add_argument("--cameras", type=int, required=True)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    with open(given.clip, "rb") as file:
        clip = Clip(file.read(), given.fps)
    cameras = {f"/c{n}": Camera(clip, n, given.cameras) for n in range(given.cameras)}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(cameras, clip), "127.0.0.1", given.port)
    print(json.dumps({"event": "ready", "port": server.sockets[0].getsockname()[1]}), flush=True)
    await asyncio.gather(*(camera.run() for camera in cameras.values()))


asyncio.run(main())
