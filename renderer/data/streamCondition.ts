import type { StreamState } from '../../contract';
import type { TimedStreamState } from './StreamStore';

export type Fault = NonNullable<StreamState['fault']>;
export type FaultCode = Fault['code'];

/** A stream that failed and is tried again, except where `retryAt` and `attempt` say otherwise. */
export interface Failure {
  readonly fault: Fault;
  readonly attempt: number;
  /** Milliseconds since the epoch; null while an attempt runs. */
  readonly retryAt: number | null;
}

/** What the main process says about a stream, in the terms in which it is shown. */
export type StreamCondition =
  | { readonly kind: 'stopped' }
  /** The first attempt, or nothing is known yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'running' }
  /** The connection stands, but nothing comes; `since` in milliseconds since the epoch. */
  | { readonly kind: 'silent'; readonly since: number }
  /** It ran a moment ago and is being fetched again. */
  | ({ readonly kind: 'reconnecting' } & Failure)
  /** It cannot be had. */
  | ({ readonly kind: 'offline' } & Failure);

/** A lost camera counts as reconnecting for this many failed attempts (about 10 s), then as offline. */
const PATIENT_ATTEMPTS = 3;

/** Faults that time may mend; the others need a person. */
const PASSING: ReadonlySet<FaultCode> = new Set([
  'unreachable',
  'no_answer',
  'connection_lost',
  'stalled',
  'internal',
]);

/** Somebody is there, but sends nothing: restarting the camera helps, looking for its cable does not. */
const SILENT: ReadonlySet<FaultCode> = new Set(['stalled', 'no_answer']);

export const isSilent = ({ code }: Fault): boolean => SILENT.has(code);

/** `wanted`: the operator wants the stream to run (`is_active`). */
export function conditionOf(timed: TimedStreamState | null, wanted: boolean): StreamCondition {
  if (timed === null) return wanted ? { kind: 'connecting' } : { kind: 'stopped' };
  const { state } = timed;
  switch (state.phase) {
    case 'stopped':
      return state.fault === null ? { kind: 'stopped' } : failure(timed, state.fault, null);
    case 'running':
      return { kind: 'running' };
    case 'stalled':
      return { kind: 'silent', since: Date.parse(state.since) };
    case 'starting':
      return state.fault === null ? { kind: 'connecting' } : failure(timed, state.fault, null);
    case 'backing-off': {
      const fault = state.fault ?? { code: 'internal', detail: '' };
      const retryAt = state.retry_in_ms === null ? null : timed.receivedAt + state.retry_in_ms;
      return failure(timed, fault, retryAt);
    }
  }
}

function failure({ state }: TimedStreamState, fault: Fault, retryAt: number | null): StreamCondition {
  const common = { fault, attempt: Math.max(1, state.attempts), retryAt };
  const ranBefore =
    state.reconnects > 0 || state.info !== null || ['connection_lost', 'stalled'].includes(fault.code);
  const patient =
    state.phase !== 'stopped' && ranBefore && PASSING.has(fault.code) && state.attempts <= PATIENT_ATTEMPTS;
  return { kind: patient ? 'reconnecting' : 'offline', ...common };
}

/**
 * The condition of the stream that a tile shows. A sub-stream runs only while it is watched, so a stopped
 * one of a camera that runs is on its way; what is wrong with the camera itself shows in its main stream.
 */
export function conditionOfWatched(
  role: 'main' | 'sub',
  main: TimedStreamState | null,
  sub: TimedStreamState | null,
  wanted: boolean,
): StreamCondition {
  const ofMain = conditionOf(main, wanted);
  if (role === 'main' || ofMain.kind === 'stopped') return ofMain;
  const ofSub = conditionOf(sub, true);
  if (ofSub.kind !== 'stopped') return ofSub;
  return ofMain.kind === 'running' || ofMain.kind === 'silent' ? { kind: 'connecting' } : ofMain;
}
