/** From the NTP epoch (1900) to the Unix epoch, seconds. */
const NTP_EPOCH_S = 2_208_988_800;
const FRACTION = 2 ** 32;
const TICKS = 2 ** 32;

/**
 * Reads from an RTCP sender report (RFC 3550, 6.4.1) which RTP time stamp media time 0 has. The report says which RTP
 * time stamp belongs to a moment; FFmpeg counts both from the moment that it was told to call media time 0.
 * @param report `ntpSec`, `ntpFrac` and `rtpTs` as mediasoup tells them
 * @param zeroUs that moment, microseconds since the Unix epoch
 * @returns 90 kHz ticks modulo 2^32, exact to one; null when the report cannot be read
 */
export function rtpTimeOfZero(report: Readonly<Record<string, unknown>>, zeroUs: number): number | null {
  const { ntpSec, ntpFrac, rtpTs } = report;
  if (typeof ntpSec !== 'number' || typeof ntpFrac !== 'number' || typeof rtpTs !== 'number') return null;
  const reportedUs = (ntpSec - NTP_EPOCH_S) * 1e6 + Math.round((ntpFrac / FRACTION) * 1e6);
  const ticks = (rtpTs - Math.round(((reportedUs - zeroUs) * 9) / 100)) % TICKS;
  return ticks < 0 ? ticks + TICKS : ticks;
}
