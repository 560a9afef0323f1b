import type { FileFacts } from '../media/fmp4/facts';
import type { MediaWorker } from '../media/mediaWorker';

/** The file FFmpeg is writing: how far it can be read. Each look reads only what was added. */
export class GrowingFile {
  readonly file: string;
  readonly #worker: MediaWorker;
  #readUntil = 0;
  #timescale = 0;
  #firstPts: number | null = null;
  #completePts = 0;
  #codec: string | null = null;
  #looking: Promise<void> | null = null;

  constructor(file: string, worker: MediaWorker) {
    this.file = file;
    this.#worker = worker;
  }

  /** FFmpeg's codec name of the video; null before the first fragment. */
  get codec(): string | null {
    return this.#codec;
  }

  /** Presentation time of the first picture on the file's own time line, seconds; null before there is one. */
  get firstSeconds(): number | null {
    return this.#firstPts === null ? null : this.#firstPts / this.#timescale;
  }

  /** Footage that can be read, seconds since the first picture. */
  get readableSeconds(): number {
    if (this.#firstPts === null) return 0;
    return Math.max(0, (this.#completePts - this.#firstPts) / this.#timescale);
  }

  /** Looks at what was added. A file that is not there yet, or no longer, adds nothing. */
  look(): Promise<void> {
    this.#looking ??= this.#worker
      .run('examine', this.file, this.#readUntil)
      .then(
        (facts) => this.#take(facts),
        () => undefined,
      )
      .finally(() => {
        this.#looking = null;
      });
    return this.#looking;
  }

  #take({ video, wholeEnd }: FileFacts): void {
    this.#readUntil = wholeEnd;
    if (!video) return;
    this.#codec = video.codec;
    this.#timescale = video.timescale;
    this.#firstPts ??= video.firstPts;
    this.#completePts = Math.max(this.#completePts, video.completePts);
  }
}
