import { systemClock, type Clock, type Timer } from '../../base/clock';
import type { Logger } from '../../base/logger';
import { concatScript, INPUT_ARGS } from './concatScript';
import { classifyOpenFailure } from './faults';
import { createInputReportParser, type InputReport } from './inputReport';
import { redactorForEndpoint } from './redaction';
import { spawnChild } from '../process/child';
import type { ChildRegistry } from '../process/registry';
import type { StreamEndpoint, StreamFault, StreamInfo } from '../streams';
import { createPacketDumpParser, PacketStatistics } from './packetDump';

/** Socket time-out of a probe, milliseconds; shorter than the whole probe so that FFmpeg can say why. */
const SOCKET_TIMEOUT_MS = 5000;
/** Time for the camera to be told of our leaving (RTSP TEARDOWN), milliseconds. */
const TEARDOWN_MS = 1000;

export interface ProbeOptions {
  readonly ffmpegPath: string;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly registry?: ChildRegistry;
  /** The whole probe, milliseconds; default 10 s. */
  readonly timeoutMs?: number;
  /** Most video that is looked at, seconds; default 3. It ends earlier once a group of pictures was seen. */
  readonly measureSeconds?: number;
  /** Ends the probe early. */
  readonly signal?: AbortSignal;
}

export type ProbeResult =
  | { readonly ok: true; readonly info: StreamInfo; readonly elapsedMs: number }
  | { readonly ok: false; readonly fault: StreamFault; readonly elapsedMs: number };

type Verdict = 'measured' | 'ended' | 'timeout' | 'aborted';

function infoOf(report: InputReport, statistics: PacketStatistics): StreamInfo | null {
  const video = report.video;
  if (!video || video.width <= 0 || video.height <= 0) return null;
  return {
    video: {
      ...video,
      fps: statistics.fps,
      hasBFrames: statistics.hasBFrames,
      gopSeconds: statistics.gopSeconds,
    },
    audio: report.audio && report.audio.sampleRate > 0 ? report.audio : null,
  };
}

/**
 * Connects to a camera and finds out what its stream is. Opens one RTSP session and closes it; never leaves a
 * process behind. A camera that cannot be used is an answer, not an exception.
 * @throws VasError invalid when address or credentials cannot be expressed, unavailable without FFmpeg
 */
export async function probeEndpoint(endpoint: StreamEndpoint, options: ProbeOptions): Promise<ProbeResult> {
  const clock = options.clock ?? systemClock;
  const timeoutMs = options.timeoutMs ?? 10_000;
  const measureSeconds = options.measureSeconds ?? 3;
  const startUs = clock.monotonicUs();
  const elapsed = (): number => (clock.monotonicUs() - startUs) / 1000;

  const script = concatScript(endpoint, {
    timeoutUs: SOCKET_TIMEOUT_MS * 1000,
    analyzeDurationUs: 5_000_000,
    audio: true,
  });
  options.signal?.throwIfAborted();
  const child = spawnChild({
    file: options.ffmpegPath,
    args: [
      ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'repeat+level+info', '-dump'],
      ...INPUT_ARGS,
      ...['-map', '0:v:0', '-c', 'copy', '-f', 'null', '-'],
    ],
    label: 'probe',
    log: options.log,
    stdin: script,
    redact: redactorForEndpoint(endpoint),
    clock,
    ...(options.registry ? { registry: options.registry } : {}),
  });

  const parseReport = createInputReportParser();
  const parsePacket = createPacketDumpParser();
  const statistics = new PacketStatistics();
  // Assigned in callbacks, which the compiler cannot follow.
  let report = null as InputReport | null;
  let firstPictureUs = null as number | null;
  const timers: Timer[] = [];
  const verdict = new Promise<Verdict>((resolve) => {
    child.onStderr((line) => {
      const packet = parsePacket(line);
      if (!packet) {
        report = parseReport(line) ?? report;
        return;
      }
      if (!report || packet.stream !== report.videoStream) return;
      firstPictureUs ??= clock.monotonicUs();
      statistics.add(packet);
      if (statistics.decided || statistics.seconds >= measureSeconds) resolve('measured');
    });
    void child.exited.then(() => resolve('ended'));
    timers.push(clock.after(timeoutMs, () => resolve('timeout')));
    // Pictures without usable times would never add up to `measureSeconds`.
    timers.push(
      clock.every(250, () => {
        if (firstPictureUs !== null && clock.monotonicUs() - firstPictureUs > measureSeconds * 1.5e6)
          resolve('measured');
      }),
    );
    options.signal?.addEventListener('abort', () => resolve('aborted'), { once: true });
  });

  try {
    const how = await verdict;
    const elapsedMs = elapsed();
    options.signal?.throwIfAborted();
    if (how === 'ended') {
      const { error } = await child.exited;
      if (error) throw error;
      const stderr = child.stderrTail();
      return {
        ok: false,
        fault: classifyOpenFailure({ stderr, elapsedMs, timeoutMs: SOCKET_TIMEOUT_MS }),
        elapsedMs,
      };
    }
    if (!report || firstPictureUs === null) return { ok: false, fault: noPicture(timeoutMs), elapsedMs };
    const info = infoOf(report, statistics);
    return info ? { ok: true, info, elapsedMs } : { ok: false, fault: unusable(report), elapsedMs };
  } finally {
    for (const timer of timers) timer.cancel();
    await child.stop(TEARDOWN_MS);
  }
}

function noPicture(timeoutMs: number): StreamFault {
  return { code: 'no_answer', detail: `No picture came within ${Math.round(timeoutMs / 1000)} seconds.` };
}

function unusable(report: InputReport): StreamFault {
  return {
    code: 'unsupported',
    detail: report.video
      ? `The ${report.video.codec} video of this address could not be understood.`
      : 'This address has no video.',
  };
}
