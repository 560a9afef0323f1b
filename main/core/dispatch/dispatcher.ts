import type { Clock } from '../../base/clock';
import type { StreamAgent } from '../agents/streamAgent';
import type { DropReason, Subscription } from '../agents/subscription';
import type { InferenceAnswer, InferenceClient, InferenceFailure, InferenceRequest } from '../detections';
import type { FrameReference } from '../frames';
import { rateOf } from '../gate/fpsGate';

/** What a model said about one frame. */
export interface FrameResult {
  readonly subscription: Subscription;
  readonly frame: FrameReference;
  readonly answer: InferenceAnswer;
  /** From the request to its answer, microseconds. */
  readonly latencyUs: number;
}

export interface DispatcherOptions {
  readonly containers: InferenceClient;
  readonly clock: Clock;
  readonly onResult: (result: FrameResult) => void;
}

/** The longest that an answer is waited for, milliseconds (architecture: min(1 s, 2 / fps)). */
const LONGEST_DEADLINE_MS = 1_000;

const DROPS: Readonly<Record<InferenceFailure, DropReason>> = {
  timeout: 'timeout',
  unavailable: 'unavailable',
  busy: 'container_busy',
  frame: 'frame',
  error: 'error',
};

export function deadlineMs(desiredFps: number | null): number {
  const rate = rateOf(desiredFps);
  return rate === null || rate <= 0 ? LONGEST_DEADLINE_MS : Math.min(LONGEST_DEADLINE_MS, 2_000_000 / rate);
}

/**
 * Sends frames to the models: at most one request in flight per subscription, a frame that comes meanwhile is
 * dropped, nothing is queued or repeated (INV-42, INV-48). A failure concerns its subscription alone (INV-47).
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Offers the newest frame of a camera to each of its subscriptions, the most important first (INV-43). */
  offer(agent: StreamAgent, frame: FrameReference): void {
    if (agent.state !== 'running') return;
    for (const subscription of agent.subscriptions()) {
      // The gate is asked first: a frame that is not due is no loss that a slow model could be blamed for.
      if (!subscription.shouldDispatch(frame)) continue;
      if (subscription.inFlight) subscription.drop('busy');
      else void this.#dispatch(subscription, frame);
    }
  }

  async #dispatch(subscription: Subscription, frame: FrameReference): Promise<void> {
    const { containers, clock, onResult } = this.#options;
    subscription.recordDispatch(frame);
    const sentUs = clock.monotonicUs();
    const answer = await containers.infer(
      subscription.modelId,
      requestOf(subscription, frame, clock),
      deadlineMs(subscription.config.desired_fps),
    );
    if (!answer.ok) {
      subscription.recordFailure(DROPS[answer.failure]);
      return;
    }
    subscription.recordAnswer();
    // Unsubscribed meanwhile: nobody wants it (INV-40).
    if (subscription.active)
      onResult({ subscription, frame, answer, latencyUs: clock.monotonicUs() - sentUs });
  }
}

function requestOf(subscription: Subscription, frame: FrameReference, clock: Clock): InferenceRequest {
  const { parameters } = subscription.config;
  return {
    frame_reference: frame.path,
    frame_metadata: {
      frame_id: frame.frameId,
      width: frame.width,
      height: frame.height,
      format: 'NV12',
      timestamp: frame.wallUs / 1e6,
      pts: frame.ptsUs,
    },
    camera_id: subscription.cameraId,
    model_id: subscription.modelId,
    timestamp: clock.wallUs() / 1e6,
    config: Object.keys(parameters).length === 0 ? null : parameters,
  };
}
