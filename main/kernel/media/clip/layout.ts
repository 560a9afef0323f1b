import type { Placed, Timeline } from './timeline';

/** Samples of one track that lie next to each other in source and clip. */
export interface Chunk {
  readonly track: 'video' | 'audio';
  readonly cut: number;
  readonly sourceOffset: number;
  readonly size: number;
  readonly samples: number;
  /** Position in the clip's `mdat` content, bytes. */
  readonly at: number;
}

type Growing = { -readonly [K in keyof Chunk]: Chunk[K] };

/** The bytes of a clip in the order of the sources, so that they are copied in long runs. */
export function layOut(timeline: Timeline): Chunk[] {
  const all = [
    ...timeline.video.samples.map((placed) => ({ placed, track: 'video' as const })),
    ...(timeline.audio?.samples ?? []).map((placed) => ({ placed, track: 'audio' as const })),
  ];
  all.sort((a, b) => a.placed.cut - b.placed.cut || a.placed.sample.offset - b.placed.sample.offset);
  const chunks: Growing[] = [];
  let at = 0;
  for (const { placed, track } of all) {
    const { offset, size } = placed.sample;
    const open = chunks.at(-1);
    if (open?.track === track && open.cut === placed.cut && open.sourceOffset + open.size === offset) {
      open.size += size;
      open.samples++;
    } else {
      chunks.push({ track, cut: placed.cut, sourceOffset: offset, size, samples: 1, at });
    }
    at += size;
  }
  return chunks;
}

/** How long each sample lasts on the clip's time line, ticks. */
export function durations(samples: readonly Placed[], endDts: number): number[] {
  return samples.map((placed, index) => (samples[index + 1]?.dts ?? endDts) - placed.dts);
}
