import type { Clock, Timer } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/emitter';
import type { Logger } from '../../../base/logger';
import type { RecordingSwitch } from '../../cameras/ports';
import type { Recording } from '../recording';
import type { SlotOf } from './localTime';
import { systemSlot } from './localTime';
import { Outlook, QUARTER_MS } from './outlook';

/** The system clock is looked at this often at least, so that a step of it is noticed; milliseconds. */
const LOOK_MS = 20_000;
/**
 * Recording begins this long after a scheduled half hour does. By then the segment from before is closed, and
 * the open one, which began with the half hour, counts whole: nothing is missed and nothing earlier is kept.
 */
const SETTLE_MS = 5_000;

/** What a camera's schedule says now. */
export interface ScheduleState {
  /** It keeps recording off, whatever the switch says. */
  readonly off: boolean;
  /** When that changes, milliseconds since the epoch; null: never. */
  readonly untilMs: number | null;
}

type Switched = Pick<Recording, 'setRecording' | 'dropBuffer'>;

interface Entry {
  /** The operator's switch. Off beats the schedule. */
  wanted: boolean;
  week: string | null;
  state: ScheduleState | null;
}

/** Switches recording by the weekly schedules of the cameras. Never restarts an ingest. */
export class RecordingSchedule implements RecordingSwitch, Disposable {
  readonly #recording: Switched;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #slotOf: SlotOf;
  readonly #outlook: Outlook;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Emitter<void>();
  #timer: Timer | null = null;

  constructor(options: { recording: Switched; clock: Clock; log: Logger; slotOf?: SlotOf }) {
    this.#recording = options.recording;
    this.#clock = options.clock;
    this.#log = options.log.child({ part: 'schedule' });
    this.#slotOf = options.slotOf ?? systemSlot;
    this.#outlook = new Outlook(this.#slotOf);
  }

  /** What a schedule says has changed. */
  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Null: the camera has no schedule. */
  stateOf(cameraId: string): ScheduleState | null {
    return this.#entries.get(cameraId)?.state ?? null;
  }

  /** Both take effect at once. @param week as in the contract; null: always */
  setRecording(cameraId: string, on: boolean, week: string | null): void {
    const entry: Entry = { wanted: on, week, state: null };
    this.#entries.set(cameraId, entry);
    this.#apply(cameraId, entry);
    this.#arm();
  }

  dropBuffer(cameraId: string): Promise<void> {
    return this.#recording.dropBuffer(cameraId);
  }

  forget(cameraId: string): void {
    this.#entries.delete(cameraId);
    this.#arm();
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#entries.clear();
  }

  #nowMs(): number {
    return Math.floor(this.#clock.wallUs() / 1000);
  }

  #apply(cameraId: string, entry: Entry): void {
    entry.state = entry.week === null ? null : this.#stateAt(entry.week, this.#nowMs());
    const scheduledOff = entry.state?.off === true;
    const why = entry.wanted && scheduledOff ? 'schedule' : 'off';
    this.#recording.setRecording(cameraId, entry.wanted && !scheduledOff, why);
  }

  #stateAt(week: string, nowMs: number): ScheduleState {
    const isOn = (ms: number) => week[this.#slotOf(ms)] === '1';
    const on = isOn(nowMs);
    const settling = on && !isOn(nowMs - SETTLE_MS);
    // While it settles, what follows is that it is on.
    const untilMs = settling
      ? Math.ceil((nowMs - SETTLE_MS) / QUARTER_MS) * QUARTER_MS
      : this.#outlook.nextChange(week, nowMs);
    return { off: !on || settling, untilMs };
  }

  #arm(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (![...this.#entries.values()].some(({ week }) => week !== null)) return;
    const nowMs = this.#clock.wallUs() / 1000;
    const intoQuarter = nowMs % QUARTER_MS;
    const toNext = intoQuarter < SETTLE_MS ? SETTLE_MS - intoQuarter : QUARTER_MS - intoQuarter;
    this.#timer = this.#clock.after(Math.ceil(Math.min(LOOK_MS, toNext)), () => this.#look());
  }

  #look(): void {
    const nowMs = this.#nowMs();
    let changed = false;
    for (const [cameraId, entry] of this.#entries) {
      if (entry.week === null) continue;
      const next = this.#stateAt(entry.week, nowMs);
      if (next.off === entry.state?.off && next.untilMs === entry.state.untilMs) continue;
      changed = true;
      const switched = next.off !== entry.state?.off;
      entry.state = next;
      if (!switched || !entry.wanted) continue;
      this.#log.info({ camera: cameraId, recording: !next.off }, 'recording was switched by schedule');
      this.#recording.setRecording(cameraId, !next.off, 'schedule');
    }
    this.#arm();
    if (changed) this.#changed.emit();
  }
}
