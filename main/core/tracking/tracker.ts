import type { Detection } from '../detections';
import { boxOf, overlap } from './box';
import { leastCost } from './matching';
import { Track } from './track';

export interface TrackedDetection extends Detection {
  /** Shares of the frame per second; zero without a track. For the overlay between two results. */
  readonly velocity: readonly [number, number];
}

export interface TrackerOptions {
  /** Detections from here on start tracks; weaker ones only continue them (ByteTrack's two stages). */
  readonly strongConfidence: number;
  /** How long a track without a sighting is remembered, microseconds. */
  readonly rememberUs: number;
}

const DEFAULT_TRACKER: TrackerOptions = { strongConfidence: 0.45, rememberUs: 2_000_000 };

/** Share of its own size by which a box may miss its prediction and still meet it. */
const MARGIN = 0.25;
const LEAST_OVERLAP_STRONG = 0.15;
const LEAST_OVERLAP_WEAK = 0.4;
/** What another class costs: models confuse car and truck, so it is no bar, but the same class goes first. */
const OTHER_CLASS = 0.2;

/**
 * Follows objects from frame to frame, for one camera and one model (the containers are stateless, INV-56). Strong
 * detections are matched first, weak ones then only to tracks that are left; so an object half hidden keeps its id
 * and noise gets none.
 */
export class Tracker {
  readonly #options: TrackerOptions;
  readonly #newId: () => number;
  #tracks: Track[] = [];
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @param newId gives a number that no track of this camera and model had */
  constructor(newId: () => number, options: TrackerOptions = DEFAULT_TRACKER) {
    this.#newId = newId;
    this.#options = options;
  }

  /** Tracks that are remembered now. */
  get size(): number {
    return this.#tracks.length;
  }

  /**
   * @param atUs time of the frame, microseconds; a result that is older than the last gets no tracks
   * @returns the detections in their order, with id, voted class and speed where there is a confirmed track
   */
  update(detections: readonly Detection[], atUs: number): TrackedDetection[] {
    if (atUs <= this.#lastUs) return detections.map((one) => ({ ...one, track_id: null, velocity: [0, 0] }));
    this.#lastUs = atUs;
    this.#tracks = this.#tracks.filter((track) => atUs - track.lastSeenUs <= this.#options.rememberUs);
    for (const track of this.#tracks) track.motion.predict(atUs);

    const trackOf = new Map<Detection, Track>();
    const strong = detections.filter((one) => one.confidence >= this.#options.strongConfidence);
    const weak = detections.filter((one) => one.confidence < this.#options.strongConfidence);
    // Tracks that are sure take first, so that a passing guess cannot take their object.
    const [sure, unsure] = [
      this.#tracks.filter((track) => track.isConfirmed),
      this.#tracks.filter((track) => !track.isConfirmed),
    ];
    const left = match(sure, strong, LEAST_OVERLAP_STRONG, trackOf);
    match(left, weak, LEAST_OVERLAP_WEAK, trackOf);
    const free = strong.filter((one) => !trackOf.has(one));
    match(unsure, free, LEAST_OVERLAP_STRONG, trackOf);
    for (const [detection, track] of trackOf) track.see(detection, atUs);
    for (const detection of strong) {
      if (trackOf.has(detection)) continue;
      const track = new Track(detection, atUs);
      this.#tracks.push(track);
      trackOf.set(detection, track);
    }
    return detections.map((detection) => this.#describe(detection, trackOf.get(detection)));
  }

  #describe(detection: Detection, track: Track | undefined): TrackedDetection {
    if (!track?.isConfirmed) return { ...detection, track_id: null, velocity: [0, 0] };
    track.id ??= this.#newId();
    const { classId, name } = track.voted;
    return {
      ...detection,
      class_id: classId,
      class_name: name,
      track_id: track.id,
      velocity: track.motion.velocity,
    };
  }
}

/** Pairs tracks and detections that overlap enough. @returns the tracks that found none */
function match(
  tracks: readonly Track[],
  detections: readonly Detection[],
  leastOverlap: number,
  into: Map<Detection, Track>,
): Track[] {
  if (tracks.length === 0 || detections.length === 0) return [...tracks];
  const boxes = detections.map((one) => boxOf(one.bbox));
  const overlaps = tracks.map((track) => {
    const predicted = track.motion.box();
    return boxes.map((box) => overlap(predicted, box, MARGIN));
  });
  const costs = overlaps.map((row, index) => {
    const { classId } = (tracks[index] as Track).voted;
    return row.map((share, at) =>
      share < leastOverlap ? 10 : 1 - share + (detections[at]?.class_id === classId ? 0 : OTHER_CLASS),
    );
  });
  const left: Track[] = [];
  leastCost(costs).forEach((column, row) => {
    const track = tracks[row] as Track;
    const detection = detections[column];
    if (detection === undefined || (overlaps[row]?.[column] ?? 0) < leastOverlap) left.push(track);
    else into.set(detection, track);
  });
  return left;
}
