/** One piece of recorded footage in time order: a finished segment, a buffered one or the one being written. */
export interface FootagePiece {
  /** Absolute path of a fragmented MP4 file whose media time starts at 0. */
  readonly file: string;
  /** Wall clock of the file's first picture, microseconds. */
  readonly startUs: number;
  /** Wall clock at which its footage ends (so far), microseconds. */
  readonly endUs: number;
  /** True while FFmpeg still writes it: only whole fragments can be read. */
  readonly open: boolean;
  /** FFmpeg's codec name of the video. */
  readonly videoCodec: string;
}

/** Finds footage of a camera. Implemented by kernel/recording; used by snapshots and bookmarks. */
export interface FootageSource {
  /** Pieces that overlap [fromUs, toUs), oldest first, without overlap. Empty when nothing was recorded. */
  locate(cameraId: string, fromUs: number, toUs: number): Promise<FootagePiece[]>;
  /**
   * Footage that stays but is in no index yet, oldest first: closed segments on their way into the archive, and the
   * one being written as far as it can be read. Empty while recording is off.
   */
  unregistered(cameraId: string): Promise<FootagePiece[]>;
  /**
   * Resolves when footage up to `untilUs` is readable, or `timeoutMs` has passed (false), or at once (false)
   * when the camera does not run.
   */
  waitUntilReadable(cameraId: string, untilUs: number, timeoutMs: number): Promise<boolean>;
  /** Wall clock of the newest readable footage of a running camera, microseconds; null when there is none. */
  newestUs(cameraId: string): number | null;
  /**
   * The present on the time line of a running camera's footage, microseconds; null when it does not run.
   * The wall clock, except after the system clock was set: footage goes on in the stream's own time.
   */
  nowUs(cameraId: string): number | null;
  /** Keeps these files from retention while a job reads them; dispose to let go. */
  hold(pieces: readonly FootagePiece[]): { dispose(): void };
}
