import type { FrameReference } from '../frames';

/** The time a frame carries, as far as the gate needs it. */
export type FrameTime = Pick<FrameReference, 'epoch' | 'ptsUs' | 'monotonicUs' | 'frameDurationUs'>;

/**
 * When the next frame is due, exact: `dueUs` plus `rest` / `fpsMilli` microseconds. Integers only, so that
 * thousands of periods do not drift.
 */
export interface GateState {
  readonly epoch: number;
  readonly dueUs: number;
  readonly rest: number;
  readonly fpsMilli: number;
  /** Of the frame that was dispatched last, microseconds. */
  readonly lastMonotonicUs: number;
}

const MILLI_US_PER_S = 1_000_000_000;

/**
 * Desired rate in thousandths of a frame per second: null when there is no limit, 0 when the value is not a
 * rate, which closes the gate (INV-44).
 */
export function rateOf(desiredFps: unknown): number | null {
  if (desiredFps === null || desiredFps === undefined) return null;
  if (typeof desiredFps !== 'number' || !Number.isFinite(desiredFps) || desiredFps <= 0) return 0;
  return Math.max(1, Math.round(desiredFps * 1000));
}

/**
 * Whether a frame may be dispatched. Depends on nothing but the subscription's state and the frame's time:
 * no timer, no queue, no credit for missed frames (INV-42). A frame up to half a source frame early counts
 * as on time; otherwise a source of 12.5 frames a second could never give 5.
 */
export function mayDispatch(state: GateState | null, fpsMilli: number | null, frame: FrameTime): boolean {
  if (fpsMilli === null) return true;
  if (fpsMilli <= 0) return false;
  if (state === null || state.fpsMilli !== fpsMilli) return true;
  const timeUs = frame.ptsUs + toleranceUs(fpsMilli, frame);
  const due = dueIn(state, frame);
  return timeUs > due.us || (timeUs === due.us && due.rest === 0);
}

/**
 * The state after a dispatch. Frames on time keep the schedule, so that the rate holds on average; a late one
 * starts it anew, so that nothing is caught up.
 */
export function afterDispatch(state: GateState | null, fpsMilli: number, frame: FrameTime): GateState {
  const tolerance = toleranceUs(fpsMilli, frame);
  const due = state === null || state.fpsMilli !== fpsMilli ? null : dueIn(state, frame);
  const onTime = due !== null && Math.abs(frame.ptsUs - due.us) <= tolerance;
  const from = onTime ? due : { us: frame.ptsUs, rest: 0 };
  const rest = from.rest + (MILLI_US_PER_S % fpsMilli);
  return {
    epoch: frame.epoch,
    dueUs: from.us + Math.floor(MILLI_US_PER_S / fpsMilli) + Math.floor(rest / fpsMilli),
    rest: rest % fpsMilli,
    fpsMilli,
    lastMonotonicUs: frame.monotonicUs,
  };
}

/** Half a source frame, less than half a period: two dispatches never share one period (INV-41). */
function toleranceUs(fpsMilli: number, { frameDurationUs }: FrameTime): number {
  if (frameDurationUs === null || frameDurationUs <= 0) return 0;
  // One more than half: both time stamps and frame duration were rounded to microseconds.
  const half = Math.ceil(frameDurationUs / 2) + 1;
  return Math.max(0, Math.min(half, Math.ceil(MILLI_US_PER_S / fpsMilli / 2) - 1));
}

/** A new epoch has new time stamps: what is left to wait is then carried over by the monotonic clock. */
function dueIn(state: GateState, frame: FrameTime): { us: number; rest: number } {
  if (state.epoch === frame.epoch) return { us: state.dueUs, rest: state.rest };
  const period = Math.ceil(MILLI_US_PER_S / state.fpsMilli);
  const waited = Math.max(0, frame.monotonicUs - state.lastMonotonicUs);
  return { us: frame.ptsUs + Math.max(0, period - waited), rest: 0 };
}
