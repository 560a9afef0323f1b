import type { DetectionResult } from '../../../contract';

/** Results of one model that are kept: what comes while the pictures on screen are still older. */
const PER_MODEL = 8;
const MODELS = 16;
/** A result counts for pictures up to this much newer, milliseconds (issue "Live overlay"). */
export const REMOVED_AFTER_MS = 500;

export interface BookedResult {
  readonly modelId: string;
  /** Wall clock of the frame that was looked at, milliseconds. */
  readonly wallMs: number;
  readonly detections: readonly unknown[];
}

/** The newest results of one camera, at most 8 of each of 16 models: it does not grow over hours. */
export class ResultBook {
  readonly #byModel = new Map<string, BookedResult[]>();

  /** Takes a result as it came; one that cannot be read is passed over (INV-89). */
  add(result: Pick<DetectionResult, 'model_id' | 'frame' | 'detections'>): void {
    const wallMs = Date.parse(result.frame.timestamp);
    if (Number.isNaN(wallMs) || !Array.isArray(result.detections)) return;
    const known = this.#byModel.get(result.model_id) ?? [];
    // The model that spoke last is the last of the map.
    this.#byModel.delete(result.model_id);
    this.#byModel.set(result.model_id, known);
    known.push({ modelId: result.model_id, wallMs, detections: result.detections });
    known.sort((a, b) => a.wallMs - b.wallMs);
    if (known.length > PER_MODEL) known.shift();
    const [oldest] = this.#byModel.keys();
    if (this.#byModel.size > MODELS && oldest !== undefined) this.#byModel.delete(oldest);
  }

  /**
   * For each model the result that belongs to a picture: the newest that is not newer than the picture, or the
   * earliest after it; none that is more than 500 ms away.
   */
  at(pictureMs: number): BookedResult[] {
    const found: BookedResult[] = [];
    for (const results of this.#byModel.values()) {
      const best = results.findLast(({ wallMs }) => wallMs <= pictureMs + HALF_FRAME_MS) ?? results[0];
      if (best !== undefined && Math.abs(pictureMs - best.wallMs) <= REMOVED_AFTER_MS) found.push(best);
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

/** Clocks that differ by less than this mean the same frame, milliseconds. */
const HALF_FRAME_MS = 20;
