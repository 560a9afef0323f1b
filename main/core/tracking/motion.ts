import type { Box } from './box';

/** Position and speed of one coordinate with their covariance: a Kalman filter of constant velocity. */
interface Axis {
  x: number;
  /** Per second. */
  v: number;
  pxx: number;
  pxv: number;
  pvv: number;
}

/** Standard deviations as shares of the box's height: of a measured edge, and of the speed's change a second. */
const MEASURED = 0.06;
const ACCELERATION = 0.9;
/** Of the speed of an object that was just seen for the first time. */
const FIRST_SPEED = 2;

/** Where a box is and how it moves. */
export class Motion {
  readonly #axes: Readonly<Record<'cx' | 'cy' | 'w' | 'h', Axis>>;
  #atUs: number;

  constructor(box: Box, atUs: number) {
    const axis = (x: number): Axis => ({
      x,
      v: 0,
      pxx: (MEASURED * box.h) ** 2,
      pxv: 0,
      pvv: (FIRST_SPEED * box.h) ** 2,
    });
    this.#axes = { cx: axis(box.cx), cy: axis(box.cy), w: axis(box.w), h: axis(box.h) };
    this.#atUs = atUs;
  }

  /** Shares of the frame per second. */
  get velocity(): readonly [number, number] {
    return [this.#axes.cx.v, this.#axes.cy.v];
  }

  box(): Box {
    const { cx, cy, w, h } = this.#axes;
    return { cx: cx.x, cy: cy.x, w: Math.max(w.x, 1e-4), h: Math.max(h.x, 1e-4) };
  }

  /** Moves the estimate to a time; a time before the estimate's own changes nothing. */
  predict(atUs: number): void {
    const dt = (atUs - this.#atUs) / 1e6;
    if (dt <= 0) return;
    this.#atUs = atUs;
    const q = (ACCELERATION * this.box().h) ** 2;
    for (const axis of Object.values(this.#axes)) {
      axis.x += axis.v * dt;
      axis.pxx += dt * (2 * axis.pxv + dt * axis.pvv) + (q * dt ** 4) / 4;
      axis.pxv += dt * axis.pvv + (q * dt ** 3) / 2;
      axis.pvv += q * dt * dt;
    }
  }

  correct(box: Box): void {
    const noise = (MEASURED * box.h) ** 2;
    for (const key of ['cx', 'cy', 'w', 'h'] as const) {
      const axis = this.#axes[key];
      const gain = axis.pxx / (axis.pxx + noise);
      const speedGain = axis.pxv / (axis.pxx + noise);
      const miss = box[key] - axis.x;
      axis.x += gain * miss;
      axis.v += speedGain * miss;
      axis.pvv -= speedGain * axis.pxv;
      axis.pxv *= 1 - gain;
      axis.pxx *= 1 - gain;
    }
  }
}
