import type { Detection, InferenceResponse } from '../../contract/inference/messages';
import { inferenceResponse } from '../../contract/inference/messages';
import { messageOf } from '../base/errors';
import type { Outcome } from './client';

/** timeout: not within the deadline. unavailable: no container. busy: too much in flight. frame: the frame could
 *  not be read. error: the model failed or its answer is no answer. */
export type InferenceFailure = 'timeout' | 'unavailable' | 'busy' | 'frame' | 'error';

export type InferenceResult =
  | {
      readonly ok: true;
      readonly detections: readonly Detection[];
      /** Inside the model, milliseconds; null when the container did not say. */
      readonly inferenceMs: number | null;
      /** Before its turn came inside the container, milliseconds; null when it did not say. */
      readonly waitMs: number | null;
      readonly modelVersion: string;
      /** The container's answer as it is. */
      readonly response: InferenceResponse;
    }
  | { readonly ok: false; readonly failure: InferenceFailure; readonly message: string };

/** Why a frame could not be read by a model. */
export type FrameLoss = 'overwritten' | 'torn' | 'stale' | 'other';

/** As the runtime's ring source words them (models/runtime/frames). */
const LOSSES: readonly (readonly [string, FrameLoss])[] = [
  ['overwritten while it was read', 'torn'],
  ['frame overwritten', 'overwritten'],
  ['stale frame', 'stale'],
];

export function frameLossOf(message: string): FrameLoss {
  return LOSSES.find(([words]) => message.includes(words))?.[1] ?? 'other';
}

const FRAME_PREFIX = 'Invalid frame reference';
const REFUSED = new Set<unknown>(['BUSY', 'STOPPING']);

export function interpret(outcome: Outcome, deadlineMs: number, modelVersion: string): InferenceResult {
  switch (outcome.kind) {
    case 'timeout':
      return fail('timeout', `no answer within ${Math.round(deadlineMs)} ms`);
    case 'busy':
      return fail('busy', 'too many requests are under way');
    case 'unavailable':
      return fail('unavailable', outcome.message);
    case 'answer':
      return read(outcome.body, modelVersion);
  }
}

function read(body: Uint8Array, modelVersion: string): InferenceResult {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    return fail('error', `the container's answer is not JSON: ${messageOf(error)}`);
  }
  const parsed = inferenceResponse.safeParse(value);
  if (!parsed.success) return fail('error', "the container's answer does not follow the contract");
  const response = parsed.data;
  if (response.error !== null) {
    if (REFUSED.has(response.metadata?.['exception_type'])) return fail('busy', response.error);
    return fail(response.error.startsWith(FRAME_PREFIX) ? 'frame' : 'error', response.error);
  }
  const figure = (key: string): number | null => {
    const given = response.metadata?.[key];
    return typeof given === 'number' ? given : null;
  };
  return {
    ok: true,
    detections: response.detections,
    inferenceMs: figure('inference_time_ms'),
    waitMs: figure('wait_ms'),
    modelVersion,
    response,
  };
}

function fail(failure: InferenceFailure, message: string): InferenceResult {
  return { ok: false, failure, message };
}
