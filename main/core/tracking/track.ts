import type { Detection } from '../detections';
import { boxOf } from './box';
import { Motion } from './motion';

/** How many sightings make a track out of a first guess. */
const CONFIRMED_AFTER = 2;

/** One object over time. */
export class Track {
  /** Null until confirmed, so that ids are not spent on flicker. */
  id: number | null = null;
  readonly motion: Motion;
  lastSeenUs: number;
  #sightings = 1;
  /** Summed confidence of each class that the model has called it. */
  readonly #votes = new Map<number, { name: string; weight: number }>();

  constructor(first: Detection, atUs: number) {
    this.motion = new Motion(boxOf(first.bbox), atUs);
    this.lastSeenUs = atUs;
    this.#vote(first);
  }

  get isConfirmed(): boolean {
    return this.#sightings >= CONFIRMED_AFTER;
  }

  /** What most sightings say, weighed by their confidence. */
  get voted(): { readonly classId: number; readonly name: string } {
    let best = { classId: -1, name: '', weight: -1 };
    for (const [classId, { name, weight }] of this.#votes)
      if (weight > best.weight) best = { classId, name, weight };
    return best;
  }

  see(detection: Detection, atUs: number): void {
    this.motion.correct(boxOf(detection.bbox));
    this.lastSeenUs = atUs;
    this.#sightings++;
    this.#vote(detection);
  }

  #vote({ class_id, class_name, confidence }: Detection): void {
    const weight = (this.#votes.get(class_id)?.weight ?? 0) + confidence;
    this.#votes.set(class_id, { name: class_name, weight });
  }
}
