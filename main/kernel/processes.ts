import type { FrameExport } from './frames/frameExport';
import type { Ingest } from './ingest/ingest';
import type { Live } from './live/live';
import type { ChildRegistry } from './process/registry';
import { streamIdOf } from './streams';

/** A process that the kernel owns, for health. */
export interface KernelProcess {
  /** ingest, transcoder, sfu, snapshot, ... */
  readonly kind: string;
  readonly pid: number;
  readonly stream: string | null;
}

export function listProcesses(
  ingest: Ingest,
  live: Live,
  frames: FrameExport | null,
  registry: ChildRegistry,
): KernelProcess[] {
  const streamOf = new Map<number, string>();
  for (const status of ingest.statuses()) if (status.pid !== null) streamOf.set(status.pid, status.streamId);
  for (const transcoder of live.stats().transcoders) streamOf.set(transcoder.pid, transcoder.streamId);
  for (const { cameraId, stream, decoderPid } of frames?.statuses() ?? [])
    if (decoderPid !== null) streamOf.set(decoderPid, streamIdOf(cameraId, stream));
  return registry
    .running()
    .map(({ pid, label }) => ({ kind: label, pid, stream: streamOf.get(pid) ?? null }));
}
