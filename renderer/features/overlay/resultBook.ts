/**
 * Results of one model that are kept for pictures that are still to come: 4 s at 30 a second, which a picture that is
 * converted on a busy machine may be behind.
 */
const PER_MODEL = 120;
/** What came longer ago belongs to no picture any more, also when the stream's time has begun anew, milliseconds. */
const KEPT_MS = 5_000;
const MODELS = 16;
/** Without news of a model its boxes go after this, milliseconds (issue "Live overlay"). */
export const REMOVED_AFTER_MS = 500;
/** No box is moved on for longer: where it would be then is a guess, milliseconds. */
export const MOVED_AT_MOST_MS = 1_000;
/** Clocks that differ by less than this mean the same frame, milliseconds. */
const HALF_FRAME_MS = 20;

export interface BookedResult {
  readonly modelId: string;
  /** Picture time of the frame that was looked at (PictureClock), milliseconds. */
  readonly frameMs: number;
  /** When it came, `performance.now()`. */
  readonly takenMs: number;
  readonly detections: readonly unknown[];
}

/** A result with the time that its boxes are to be moved on to fit a picture, milliseconds; may be negative. */
export interface PlacedResult {
  readonly result: BookedResult;
  readonly moveMs: number;
}

/** The newest results of one camera, at most 120 of each of 16 models: it does not grow over hours. */
export class ResultBook {
  readonly #byModel = new Map<string, BookedResult[]>();

  /** Takes a result as it came; one that cannot be read is passed over (INV-89). */
  add(result: BookedResult): void {
    if (!Number.isFinite(result.frameMs) || !Array.isArray(result.detections)) return;
    const known = (this.#byModel.get(result.modelId) ?? []).filter(
      ({ takenMs }) => result.takenMs - takenMs <= KEPT_MS,
    );
    // The model that spoke last is the last of the map.
    this.#byModel.delete(result.modelId);
    this.#byModel.set(result.modelId, known);
    if (known.length >= PER_MODEL) known.splice(oldestOf(known), 1);
    known.push(result);
    known.sort((a, b) => a.frameMs - b.frameMs);
    const [oldest] = this.#byModel.keys();
    if (this.#byModel.size > MODELS && oldest !== undefined) this.#byModel.delete(oldest);
  }

  /**
   * For each model the result that belongs to a picture: the newest that is not newer than the picture, or the
   * earliest after it.
   * @param pictureMs picture time of the picture on screen, milliseconds
   * @param nowMs `performance.now()`
   */
  at(pictureMs: number, nowMs: number): PlacedResult[] {
    const found: PlacedResult[] = [];
    for (const results of this.#byModel.values()) {
      const newest = Math.max(...results.map(({ takenMs }) => takenMs));
      if (nowMs - newest > REMOVED_AFTER_MS) continue;
      const place = results.findLastIndex(({ frameMs }) => frameMs <= pictureMs + HALF_FRAME_MS);
      // What lies before it belongs to pictures that have passed.
      if (place > 0) results.splice(0, place);
      const [result] = results;
      if (result === undefined) continue;
      const moveMs = pictureMs - result.frameMs;
      if (Math.abs(moveMs) > MOVED_AT_MOST_MS) continue;
      found.push({ result, moveMs: Math.abs(moveMs) < HALF_FRAME_MS ? 0 : moveMs });
    }
    return found;
  }

  clear(): void {
    this.#byModel.clear();
  }

  /** Results that are kept now. */
  get size(): number {
    return [...this.#byModel.values()].reduce((sum, results) => sum + results.length, 0);
  }
}

/** Index of the result that came first. */
function oldestOf(results: readonly BookedResult[]): number {
  return results.reduce(
    (oldest, { takenMs }, index) => (takenMs < (results[oldest]?.takenMs ?? Infinity) ? index : oldest),
    0,
  );
}
