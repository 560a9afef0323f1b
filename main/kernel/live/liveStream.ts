import type { StreamId } from '../streams';
import type { Ingress } from './ingress';
import type { HeldPorts } from './loopbackPorts';
import { arePortsFree } from './loopbackPorts';
import type { Transcoder } from './transcoder';

/** A stream that can be watched, between its first run and its release. */
export interface LiveStream {
  readonly id: StreamId;
  /** Codec and profile of a copied stream, or that it is transcoded: what the producer stands for. */
  readonly format: string;
  /** Whether its RTP time stamps are those of the ingest's media time; Motion JPEG is stamped on arrival. */
  readonly isTimed: boolean;
  /** What reports call media time 0 of the ingest's run, microseconds since the Unix epoch; null: nobody asks. */
  zeroUs: number | null;
  ingress: Ingress;
  /** Where the ingest sends for the transcoder; null for a copied stream. */
  readonly handover: HeldPorts | null;
  readonly transcoder: Transcoder | null;
  viewers: number;
  /** Between `prepare` and `ended`. */
  sourceUp: boolean;
}

/** The transcoder runs while the source does and somebody watches. */
export function followViewers({ transcoder, sourceUp, viewers }: LiveStream): void {
  transcoder?.want(sourceUp && viewers > 0);
}

/** Whether the transcoder's port is still ours to give to the next run of the ingest. */
export async function canTakeHandover({ transcoder }: LiveStream): Promise<boolean> {
  return !transcoder || transcoder.pid !== null || (await arePortsFree([transcoder.port]));
}
