import type { Sample } from '../fmp4/fragment';
import type { Track } from '../fmp4/init';
import type { Cut } from './plan';
import { sameFormat } from './plan';

/** A sample on the clip's time line, and where its bytes are. */
export interface Placed {
  readonly cut: number;
  readonly sample: Sample;
  /** Ticks since the track's start. */
  readonly dts: number;
  /** Composition offset, ticks. */
  readonly offset: number;
}

export interface ClipTrack {
  readonly track: Track;
  readonly samples: readonly Placed[];
  /** Decoding time after the last sample, ticks. */
  readonly endDts: number;
  /** The presentation begins at this media time, ticks... */
  readonly editStart: number;
  /** ...after an empty edit of this length, ticks. */
  readonly emptyBefore: number;
  /** How long the clip shows the track, ticks. */
  readonly editDuration: number;
}

export interface Timeline {
  readonly video: ClipTrack;
  readonly audio: ClipTrack | null;
}

/** Footage that follows within this time is the same recording, microseconds. */
const CONTINUES_US = 500_000;

/** Puts cuts of one format behind each other; gaps between them are closed up. Needs at least one cut. */
export function joinCuts(cuts: readonly [Cut, ...Cut[]]): Timeline {
  const samples: Placed[] = [];
  let endDts = 0;
  /** Where on the clip's time line the picture shown last ends. */
  let shownUntil = 0;
  let editStart = 0;
  /** Of each cut: what is added to its file's presentation times, ticks. */
  const shifts: number[] = [];
  cuts.forEach((cut, index) => {
    const gapUs = cut.fromUs - (cuts[index - 1]?.toUs ?? Number.NEGATIVE_INFINITY);
    const continues = gapUs <= CONTINUES_US;
    const kept = continues ? cut.videoSamples : cut.videoSamples.filter((sample) => !cut.leading.has(sample));
    const first = kept[0];
    if (!first) return;
    const gap = continues ? Math.round((Math.max(0, gapUs) * cut.video.timescale) / 1e6) : 0;
    const base = index === 0 ? 0 : Math.max(endDts, shownUntil + gap - (cut.fromPts - first.dts));
    const shift = base - first.dts;
    kept.forEach((sample, at) => {
      const dts = sample.dts + shift;
      samples.push({ cut: index, sample, dts, offset: sample.pts - sample.dts });
      endDts = dts + Math.max(1, (kept[at + 1]?.dts ?? sample.dts + sample.duration) - sample.dts);
    });
    if (index === 0) editStart = cut.fromPts + shift;
    shownUntil = cut.toPts + shift;
    shifts.push(shift);
  });
  const video: ClipTrack = {
    track: cuts[0].video,
    samples,
    endDts,
    editStart,
    emptyBefore: 0,
    editDuration: shownUntil - editStart,
  };
  return { video, audio: joinAudio(cuts, shifts, video) };
}

/** Audio that is not of one format throughout is left out: audio never breaks video. */
function joinAudio(
  cuts: readonly [Cut, ...Cut[]],
  shifts: readonly number[],
  video: ClipTrack,
): ClipTrack | null {
  const track = cuts[0].audio;
  if (!track || cuts.some((cut) => !sameFormat(cut.audio, track))) return null;
  const scale = track.timescale / video.track.timescale;
  const samples: Placed[] = [];
  let endDts = 0;
  let origin: number | null = null;
  cuts.forEach((cut, index) => {
    const shift = Math.round((shifts[index] ?? 0) * scale);
    let placedFirst = false;
    for (const sample of cut.audioSamples) {
      const wanted = sample.dts + shift;
      origin ??= wanted;
      const dts = placedFirst ? endDts : Math.max(endDts, wanted - origin);
      placedFirst = true;
      samples.push({ cut: index, sample, dts, offset: 0 });
      endDts = dts + Math.max(1, sample.duration);
    }
  });
  if (origin === null) return null;
  const start = Math.round(video.editStart * scale) - origin;
  const emptyBefore = Math.max(0, -start);
  const shown = Math.round(video.editDuration * scale) - emptyBefore;
  const editStart = Math.max(0, start);
  const editDuration = Math.min(shown, endDts - editStart);
  return editDuration > 0 ? { track, samples, endDts, editStart, emptyBefore, editDuration } : null;
}
