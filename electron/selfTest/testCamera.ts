import { Skipped } from './report';

/** The camera of a self-test, and what its checks hand to each other. */
export class TestCamera {
  /** Of the first picture in the window, milliseconds since the epoch; null before. */
  liveAtMs: number | null = null;
  #id: string | null = null;
  #footage: { readonly start: string; readonly end: string } | null = null;

  constructor(private readonly given: string | null) {}

  /** @throws Skipped when none was given */
  get address(): string {
    if (this.given === null) throw new Skipped('no camera was given (--self-test-camera=rtsp://...)');
    return this.given;
  }

  /** @throws Skipped when none was given; Error when it could not be added */
  get id(): string {
    void this.address;
    if (this.#id === null) throw new Error('the camera could not be added');
    return this.#id;
  }

  set id(id: string) {
    this.#id = id;
  }

  /** What was recorded of it. @throws as `id`, and Error when nothing was */
  get footage(): { readonly start: string; readonly end: string } {
    void this.id;
    if (this.#footage === null) throw new Error('nothing was recorded');
    return this.#footage;
  }

  set footage(footage: { readonly start: string; readonly end: string }) {
    this.#footage = footage;
  }
}

const POLL_MS = 200;

export const pause = (milliseconds = POLL_MS): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
