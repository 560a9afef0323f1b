/** Answers are kept: they change only with the machine. */
const known = new Map<string, Promise<boolean | null>>();

/**
 * Whether this computer decodes such pictures in hardware, as the browser judges it; null when it does not say.
 * @param codec as WebRTC names it, such as `H264`
 */
export function hardwareDecoding(codec: string, width: number, height: number): Promise<boolean | null> {
  const key = `${codec} ${String(width)} ${String(height)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const video = { contentType: `video/${codec}`, width, height, bitrate: 4_000_000, framerate: 30 };
  const asked = navigator.mediaCapabilities
    .decodingInfo({ type: 'webrtc', video })
    .then((info) => (info.supported ? info.powerEfficient : null))
    .catch(() => null);
  known.set(key, asked);
  return asked;
}
