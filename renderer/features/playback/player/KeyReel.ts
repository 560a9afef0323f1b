import type { KeyPicture } from './decodeKeys';
import { decodeKeys } from './decodeKeys';
import { readKeyPack } from './keyPack';

/** Pictures a second that are worth showing; more cost without helping. */
const PER_SECOND = 8;
/** Pictures that are kept ready. */
const MOST = 40;

/** Key frames of one camera around a moving position, fetched ahead in the direction of play. */
export class KeyReel {
  readonly #address: string;
  #pictures: KeyPicture[] = [];
  #fetching = false;
  #spacing = 0;
  /** Up to here pictures were asked for in this direction, milliseconds. */
  #edge: number | null = null;
  #isClosed = false;

  constructor(address: string) {
    this.#address = address;
  }

  /**
   * The picture to show at a position: the latest at or before it; null when there is none yet.
   * @param rate of the clock; 0 while a hand moves it
   */
  at(position: number, rate: number, width: number): KeyPicture | null {
    const spacing = rate === 0 ? 0 : (Math.abs(rate) * 1000) / PER_SECOND;
    if (spacing !== this.#spacing) {
      this.#spacing = spacing;
      this.#edge = null;
    }
    this.#want(position, rate, width);
    let best: KeyPicture | null = null;
    for (const picture of this.#pictures)
      if (picture.at <= position + 1 && (best === null || picture.at > best.at)) best = picture;
    return best;
  }

  /** An answer is under way. */
  get isBusy(): boolean {
    return this.#fetching;
  }

  close(): void {
    this.#isClosed = true;
    for (const { picture } of this.#pictures) picture.close();
    this.#pictures = [];
  }

  #want(position: number, rate: number, width: number): void {
    if (this.#fetching) return;
    if (rate === 0) {
      if (this.#edge === position) return;
      this.#edge = position;
      void this.#fetch(position, position, 0, width);
      return;
    }
    // Ahead by two seconds of playing.
    const ahead = Math.abs(rate) * 2000;
    const edge = this.#edge ?? position;
    const left = rate > 0 ? edge - position : position - edge;
    if (this.#edge !== null && (left > ahead / 2 || left < -ahead)) {
      if (left < -ahead) this.#edge = null;
      return;
    }
    const to = rate > 0 ? edge + ahead : edge - ahead;
    this.#edge = to;
    void this.#fetch(edge, to, this.#spacing, width);
  }

  async #fetch(from: number, to: number, spacing: number, width: number): Promise<void> {
    this.#fetching = true;
    try {
      const us = (ms: number): string => String(Math.max(0, Math.round(ms * 1000)));
      const reply = await fetch(`${this.#address}/${us(from)}/${us(to)}/${us(spacing)}`);
      if (!reply.ok) return;
      const pack = readKeyPack(await reply.arrayBuffer());
      const pictures = await decodeKeys(pack, width);
      const last = to >= from ? pack.frames.at(-1) : pack.frames[0];
      // An answer is bounded: what it did not reach is asked for next.
      if (this.#edge === to && last !== undefined && pack.frames.length >= 16) this.#edge = last.at;
      this.#take(pictures, from);
    } catch {
      // The next position asks again.
    } finally {
      this.#fetching = false;
    }
  }

  #take(pictures: readonly KeyPicture[], position: number): void {
    if (this.#isClosed) {
      for (const { picture } of pictures) picture.close();
      return;
    }
    const known = new Set(this.#pictures.map(({ at }) => at));
    for (const one of pictures)
      if (known.has(one.at)) one.picture.close();
      else this.#pictures.push(one);
    this.#pictures.sort((a, b) => Math.abs(a.at - position) - Math.abs(b.at - position));
    for (const { picture } of this.#pictures.splice(MOST)) picture.close();
  }
}
