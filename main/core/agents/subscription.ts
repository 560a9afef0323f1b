import type { FrameReference } from '../frames';
import type { GateState } from '../gate/fpsGate';
import { afterDispatch, mayDispatch, rateOf } from '../gate/fpsGate';
import { MotionGate, type MotionGateConfig } from '../gate/motionGate';

/** What an agent runs for one model: the part of an assignment that the core acts on (reference 3.2). */
export interface SubscriptionConfig {
  /** A ceiling, frames per second; null: every frame. Anything else that is not a rate closes the gate. */
  readonly desired_fps: number | null;
  /** 0 to 100, higher goes first; null counts as 0. */
  readonly priority: number | null;
  /** For the model, as its config schema says. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Only while something moves; null or absent: always. */
  readonly motion?: MotionGateConfig | null;
}

/** Why a frame was not dispatched, or its result not used. */
export type DropReason =
  'gate' | 'motion' | 'busy' | 'timeout' | 'unavailable' | 'container_busy' | 'frame' | 'error';

export interface SubscriptionMetrics {
  readonly model_id: string;
  readonly camera_id: string;
  readonly active: boolean;
  readonly dispatch_count: number;
  readonly drop_count: number;
  readonly drops: Readonly<Partial<Record<DropReason, number>>>;
  readonly result_count: number;
  /** ISO 8601 UTC; null before the first. */
  readonly last_dispatch_time: string | null;
  readonly last_dispatched_frame_id: number | null;
}

/** One model on one camera. State only (INV-36); holds ids and times of frames, never frames (INV-38). */
export class Subscription {
  readonly cameraId: string;
  readonly modelId: string;
  #config: SubscriptionConfig;
  #active = true;
  #gate: GateState | null = null;
  readonly #motion = new MotionGate();
  #inFlight = false;
  #dispatched = 0;
  #results = 0;
  #lastFrameId: number | null = null;
  #lastDispatchUs: number | null = null;
  readonly #drops = new Map<DropReason, number>();

  constructor(cameraId: string, modelId: string, config: SubscriptionConfig) {
    this.cameraId = cameraId;
    this.modelId = modelId;
    this.#config = config;
  }

  get config(): SubscriptionConfig {
    return this.#config;
  }

  /** Counters and schedule stay; a changed rate starts the schedule anew (INV-51). */
  configure(config: SubscriptionConfig): void {
    this.#config = config;
  }

  get active(): boolean {
    return this.#active;
  }

  setActive(active: boolean): void {
    this.#active = active;
  }

  /** A request is on its way; there is never a second one (architecture, dispatcher). */
  get inFlight(): boolean {
    return this.#inFlight;
  }

  /** Whether the gate lets the frame pass; a refusal is counted. Changes nothing of the schedule. */
  shouldDispatch(frame: FrameReference): boolean {
    const { desired_fps, motion } = this.#config;
    // Motion is seen in every frame, whether or not this one is due.
    const moves = !motion || this.#motion.sees(frame, motion);
    const due = this.#active && mayDispatch(this.#gate, rateOf(desired_fps), frame);
    if (due && moves) return true;
    this.drop(due ? 'motion' : 'gate');
    return false;
  }

  /** To be called when the request is sent. */
  recordDispatch(frame: FrameReference): void {
    if (!this.#active) return;
    const rate = rateOf(this.#config.desired_fps);
    this.#gate = rate === null ? null : afterDispatch(this.#gate, rate, frame);
    this.#motion.passed(frame);
    this.#inFlight = true;
    this.#dispatched++;
    this.#lastFrameId = frame.frameId;
    this.#lastDispatchUs = frame.wallUs;
  }

  recordAnswer(): void {
    this.#inFlight = false;
    this.#results++;
  }

  /** The request failed; it is not repeated (INV-48). */
  recordFailure(reason: DropReason): void {
    this.#inFlight = false;
    this.drop(reason);
  }

  drop(reason: DropReason): void {
    this.#drops.set(reason, (this.#drops.get(reason) ?? 0) + 1);
  }

  metrics(): SubscriptionMetrics {
    return {
      model_id: this.modelId,
      camera_id: this.cameraId,
      active: this.#active,
      dispatch_count: this.#dispatched,
      drop_count: [...this.#drops.values()].reduce((sum, count) => sum + count, 0),
      drops: Object.fromEntries(this.#drops),
      result_count: this.#results,
      last_dispatch_time:
        this.#lastDispatchUs === null ? null : new Date(this.#lastDispatchUs / 1000).toISOString(),
      last_dispatched_frame_id: this.#lastFrameId,
    };
  }
}
