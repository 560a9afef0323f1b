import type { AssignmentRules } from '../../contract/assignments';
import type { CoreResult } from '../core/core';
import type { JudgedDetection } from '../core/rules/rules';

/** A moment that shall become an event. */
export interface Moment {
  readonly result: CoreResult;
  /** Those of the result that the event is about. */
  readonly detections: readonly JudgedDetection[];
}

export type PersistRule = AssignmentRules['persist'];

/** A track that was not seen for this long is over, microseconds. */
const GONE_US = 2_000_000;
/** The best moment of an object that stays is told after this long, microseconds. */
const LONGEST_WAIT_US = 10_000_000;
/** Tracks that are remembered as told; far more than a scene has. */
const MOST_TOLD = 1_000;

interface Watched {
  best: Moment;
  confidence: number;
  firstUs: number;
  lastUs: number;
}

/**
 * Chooses from the results of one camera and one model those that are worth an event. Depends on the results and
 * their times only, which are those of the monotonic clock: the time of a stream may differ from the system's by any
 * amount after that was set.
 */
export class EventPolicy {
  readonly #told = new Set<number>();
  readonly #watched = new Map<number, Watched>();
  #lastEventUs = Number.NEGATIVE_INFINITY;

  /** Objects are watched whose moment is still to be told. */
  get isWaiting(): boolean {
    return this.#watched.size > 0;
  }

  choose(result: CoreResult, rule: PersistRule): Moment[] {
    // Several objects of one frame are one moment: the interval does not stand between them.
    const atUs = result.frame.monotonicUs;
    const chosen = this.#candidates(result, rule);
    if (chosen.length === 0 || atUs - this.#lastEventUs < rule.min_interval_ms * 1000) return [];
    this.#lastEventUs = atUs;
    return chosen;
  }

  /**
   * Objects whose track ended without another result, e.g. because the camera stopped.
   * @param nowUs of the monotonic clock
   */
  flush(nowUs: number): Moment[] {
    const over: Moment[] = [];
    for (const [id, watched] of this.#watched) {
      if (nowUs - watched.lastUs < GONE_US) continue;
      this.#watched.delete(id);
      this.#isNew(id);
      over.push(watched.best);
    }
    return over;
  }

  #candidates(result: CoreResult, rule: PersistRule): Moment[] {
    const { detections } = result;
    switch (rule.when) {
      case 'never':
        return [];
      case 'every':
        return [{ result, detections }];
      case 'interval':
        return detections.length === 0 ? [] : [{ result, detections }];
      case 'track':
        return detections
          .filter((one) => one.track_id !== null && this.#isNew(one.track_id))
          .map((one) => ({ result, detections: [one] }));
      case 'best':
        return this.#best(result);
    }
  }

  #best(result: CoreResult): Moment[] {
    const atUs = result.frame.monotonicUs;
    const ready = this.flush(atUs);
    for (const detection of result.detections) {
      const id = detection.track_id;
      if (id === null || this.#told.has(id)) continue;
      const known = this.#watched.get(id);
      const moment: Moment = { result, detections: [detection] };
      if (known === undefined) {
        this.#watched.set(id, {
          best: moment,
          confidence: detection.confidence,
          firstUs: atUs,
          lastUs: atUs,
        });
        continue;
      }
      known.lastUs = atUs;
      if (detection.confidence > known.confidence) {
        known.best = moment;
        known.confidence = detection.confidence;
      }
      if (atUs - known.firstUs < LONGEST_WAIT_US) continue;
      this.#watched.delete(id);
      this.#isNew(id);
      ready.push(known.best);
    }
    return ready;
  }

  /** Remembers the track; false when it was told before. */
  #isNew(id: number): boolean {
    if (this.#told.has(id)) return false;
    this.#told.add(id);
    const [oldest] = this.#told;
    if (this.#told.size > MOST_TOLD && oldest !== undefined) this.#told.delete(oldest);
    return true;
  }
}
