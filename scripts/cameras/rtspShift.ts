const INTERLEAVED = 0x24; // '$'
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * Moves the time stamps of the RTP packets in one direction of an RTSP connection over TCP, as a camera whose clock
 * was set does. Passes everything else on as it is.
 */
export class RtspShift {
  #held = Buffer.alloc(0);
  /** Bytes of a text message's body that are still to be passed on. */
  #body = 0;

  /** @param shift 90 kHz ticks that are added at this moment */
  constructor(private readonly shift: () => number) {}

  /** @returns the bytes that can go on; a part that is not complete is kept */
  pass(chunk: Buffer): Buffer {
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    let at = 0;
    while (at < bytes.length) {
      if (this.#body > 0) {
        const count = Math.min(this.#body, bytes.length - at);
        this.#body -= count;
        at += count;
      } else if (bytes[at] === INTERLEAVED) {
        if (bytes.length - at < 4) break;
        const size = 4 + bytes.readUInt16BE(at + 2);
        if (bytes.length - at < size) break;
        // Even channels carry RTP, odd ones RTCP.
        if ((bytes[at + 1] ?? 1) % 2 === 0 && size >= 16) this.#move(bytes, at + 8);
        at += size;
      } else {
        const end = bytes.indexOf(BLANK_LINE, at);
        if (end < 0) break;
        const head = bytes.subarray(at, end).toString('latin1');
        this.#body = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
        at = end + BLANK_LINE.length;
      }
    }
    this.#held = Buffer.from(bytes.subarray(at));
    return bytes.subarray(0, at);
  }

  #move(bytes: Buffer, at: number): void {
    const shift = this.shift();
    if (shift !== 0) bytes.writeUInt32BE((bytes.readUInt32BE(at) + shift) >>> 0, at);
  }
}

/** For `RelayOptions.fromCamera`: the camera's time stamps, moved by as many 90 kHz ticks as it says at the moment. */
export const shiftedBy = (ticks: () => number) => () => {
  const shift = new RtspShift(ticks);
  return (chunk: Buffer) => shift.pass(chunk);
};
