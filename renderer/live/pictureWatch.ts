/** Elements that show pictures report them at once; without one the decoder's count is asked instead. */
export class PictureWatch {
  readonly #onPicture: () => void;
  #shownAt = -Infinity;
  #decoded = -1;
  #asking = false;

  constructor(onPicture: () => void) {
    this.#onPicture = onPicture;
  }

  /**
   * Reports each picture that the element presents, and keeps the element playing.
   * @returns stops that
   */
  observe(video: HTMLVideoElement): () => void {
    const next = (): number =>
      video.requestVideoFrameCallback(() => {
        this.#shownAt = performance.now();
        this.#onPicture();
        handle = next();
      });
    let handle = next();
    const play = (): void => {
      video.play().catch(() => undefined);
    };
    video.muted = true;
    video.addEventListener('pause', play);
    video.addEventListener('loadedmetadata', play);
    play();
    return () => {
      video.cancelVideoFrameCallback(handle);
      video.removeEventListener('pause', play);
      video.removeEventListener('loadedmetadata', play);
    };
  }

  /** A new view counts from zero. */
  reset(): void {
    this.#decoded = -1;
  }

  /**
   * Asks how many pictures were decoded, unless an element has just shown one: elements of hidden windows
   * show nothing, but their decoder goes on.
   * @param withinMs how fresh a shown picture must be to make asking needless
   */
  async poll(framesDecoded: () => Promise<number | null>, withinMs: number): Promise<void> {
    if (this.#asking || performance.now() - this.#shownAt < withinMs) return;
    this.#asking = true;
    try {
      const decoded = await framesDecoded();
      if (decoded === null) return;
      if (this.#decoded >= 0 && decoded > this.#decoded) this.#onPicture();
      else if (this.#decoded < 0 && decoded > 0) this.#onPicture();
      this.#decoded = decoded;
    } catch {
      // The view was closed meanwhile.
    } finally {
      this.#asking = false;
    }
  }
}
