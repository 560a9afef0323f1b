import type { Sample } from './fragment';
import type { Track } from './init';
import type { Scan } from './scan';

/** What the fragments of a scan hold of the video track. Times in ticks of `timescale`. */
export interface VideoFacts {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Ticks per second. */
  readonly timescale: number;
  readonly samples: number;
  readonly keyFrames: number;
  /** Presentation time of the first key frame; null when there is none among them. */
  readonly firstPts: number | null;
  /** Decoding time of the first sample. */
  readonly firstDts: number;
  /** Where the picture that is shown last ends. */
  readonly endPts: number;
  /** Up to here no picture is missing although the file may still grow; at most `endPts`. */
  readonly completePts: number;
  /** Pictures are stored in another order than they are shown, or with a delay. */
  readonly compositionOffsets: boolean;
}

export interface AudioFacts {
  readonly codec: string;
  readonly timescale: number;
  readonly samples: number;
  /** Decoding time of the first sample, ticks. */
  readonly firstDts: number;
}

export interface FileFacts {
  /** Null when there is no video. */
  readonly video: VideoFacts | null;
  readonly audio: AudioFacts | null;
  /** Length of the file when it was read, bytes. */
  readonly bytes: number;
  /** Up to here the file consists of whole fragments, bytes. */
  readonly wholeEnd: number;
  /** Why the rest cannot be used; null when there is no rest. */
  readonly tail: string | null;
}

export function videoTrack(scan: Scan): Track | null {
  return scan.init?.tracks.find((track) => track.kind === 'video') ?? null;
}

export function audioTrack(scan: Scan): Track | null {
  return scan.init?.tracks.find((track) => track.kind === 'audio') ?? null;
}

/** A track's samples of all fragments, in decoding order. */
export function samplesOf(scan: Scan, track: Track): Sample[] {
  return scan.fragments.flatMap((fragment) =>
    fragment.samples.filter((sample) => sample.trackId === track.id),
  );
}

export function fileFacts(scan: Scan, bytes: number): FileFacts {
  const audio = audioTrack(scan);
  const audioSamples = audio ? samplesOf(scan, audio) : [];
  const firstAudio = audioSamples[0];
  return {
    video: videoFacts(scan),
    audio:
      audio && firstAudio
        ? {
            codec: audio.codec,
            timescale: audio.timescale,
            samples: audioSamples.length,
            firstDts: firstAudio.dts,
          }
        : null,
    bytes,
    wholeEnd: scan.wholeEnd,
    tail: scan.tail,
  };
}

function videoFacts(scan: Scan): VideoFacts | null {
  const track = videoTrack(scan);
  if (!track) return null;
  const samples = samplesOf(scan, track);
  const first = samples[0];
  if (!first) return null;
  return {
    codec: track.codec,
    width: track.width,
    height: track.height,
    timescale: track.timescale,
    samples: samples.length,
    keyFrames: samples.filter((sample) => sample.sync).length,
    firstPts: samples.find((sample) => sample.sync)?.pts ?? null,
    firstDts: first.dts,
    ...endsOf(samples),
    compositionOffsets: samples.some((sample) => sample.pts !== sample.dts),
  };
}

/**
 * A picture that is not there yet is decoded at or after the last one's end, so it is shown no earlier
 * than that plus the smallest offset seen: everything before is complete.
 */
function endsOf(samples: readonly Sample[]): { endPts: number; completePts: number } {
  let endPts = 0;
  let smallestOffset = Number.POSITIVE_INFINITY;
  let decodedUntil = 0;
  for (const sample of samples) {
    endPts = Math.max(endPts, sample.pts + sample.duration);
    smallestOffset = Math.min(smallestOffset, sample.pts - sample.dts);
    decodedUntil = sample.dts + sample.duration;
  }
  return { endPts, completePts: Math.min(endPts, decodedUntil + smallestOffset) };
}
