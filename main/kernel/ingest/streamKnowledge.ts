import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StreamEndpoint, StreamInfo } from '../streams';
import { untilAborted } from './abortable';
import { failedToStart, type AttemptEnd } from './attemptEnd';
import type { InputReport } from './inputReport';
import type { ProbeResult } from './probe';

/** Looked at once for its order, a camera is not looked at again for that for a day, microseconds. */
const ORDER_TRUSTED_US = 24 * 3_600_000_000;
/** A probe may look this long at the stream, milliseconds. */
const PROBE_MS = 10_000;

export type Probe = (
  endpoint: StreamEndpoint,
  timeoutMs: number,
  signal: AbortSignal,
) => Promise<ProbeResult>;

interface KnowledgeOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly probe: Probe;
  /** What an earlier run found out. */
  readonly info: StreamInfo | null;
  /** After each probe that told something. */
  readonly onInfo: (info: StreamInfo) => void;
}

/** What is known of a camera's stream, when it is looked at anew, and which deviations from it are put up with. */
export class StreamKnowledge {
  readonly #options: KnowledgeOptions;
  #info: StreamInfo | null;
  /** Input that differs from what its probe said, but that a new probe did not explain either. */
  #tolerated: string | null = null;
  #probed = false;
  #mustProbe = false;
  /** B-frames were seen in its packets; a probe may be too short to see them. */
  #reordered = false;
  #orderTrustedUntilUs = 0;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#info = options.info;
  }

  /**
   * Probes the stream only where it is not known or has changed.
   * @returns the end of the attempt where the stream cannot be looked at; never throws
   */
  async current(endpoint: StreamEndpoint, signal: AbortSignal): Promise<StreamInfo | AttemptEnd> {
    if (this.#info !== null && !this.#mustProbe) return this.#info;
    try {
      const asked = this.#options.probe(endpoint, PROBE_MS, signal);
      const result = await untilAborted(asked, signal);
      if (!result) {
        // Its process ends with the signal; wait for that, so that a stop leaves nothing behind.
        await asked.catch(() => undefined);
        return { kind: 'again', reason: 'asked for' };
      }
      if (!result.ok) return failedToStart(result.fault);
      return this.#learn(result.info);
    } catch (error) {
      if (signal.aborted) return { kind: 'again', reason: 'asked for' };
      return failedToStart({ code: 'internal', detail: messageOf(error) });
    }
  }

  #learn({ audio, video }: StreamInfo): StreamInfo {
    const info = { audio, video: { ...video, hasBFrames: video.hasBFrames || this.#reordered } };
    this.#info = info;
    this.#probed = true;
    this.#mustProbe = false;
    this.#options.log.info({ info }, 'stream was examined');
    this.#options.onInfo(info);
    return info;
  }

  /** An attempt was made with it: what the next one finds different is a change. */
  used(): void {
    this.#probed = false;
  }

  /**
   * The camera sends another stream than before: the next attempt probes first.
   * @param reordered its packets showed B-frames, whatever a short look at it will say
   */
  outdated(reordered: boolean): void {
    this.#mustProbe = true;
    this.#reordered = reordered;
  }

  /** Whether this report of the input is a change that calls for a new probe. */
  isChange(report: InputReport, changes: readonly string[]): boolean {
    const key = JSON.stringify(report);
    if (key === this.#tolerated) return false;
    if (!this.#probed) return true;
    this.#tolerated = key;
    this.#options.log.warn(
      { changes },
      'the camera describes its stream in another way than its packets; it is used as it is',
    );
    return false;
  }

  /** A look costs a moment of footage, and a camera whose clock stutters hints at it again and again. */
  mayDoubtOrder(): boolean {
    const nowUs = this.#options.clock.monotonicUs();
    if (nowUs < this.#orderTrustedUntilUs) return false;
    this.#orderTrustedUntilUs = nowUs + ORDER_TRUSTED_US;
    return true;
  }
}
