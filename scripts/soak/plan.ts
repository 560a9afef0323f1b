import type { Random } from './random';
import { seeded } from './random';

/** Faults of one camera, by what happens to it. */
export const CAMERA_FAULTS = [
  'loss', // a part of its packets is lost
  'stall', // it holds its connection and sends nothing
  'cable', // everything between is lost, nothing is closed: half-open connections
  'cut', // its connections are closed
  'reboot', // it is gone, and comes back with another resolution
  'time-stamps', // its time stamps jump
  'ingest-killed', // SIGKILL to its FFmpeg
  'ingest-stopped', // SIGSTOP to its FFmpeg, SIGCONT later
] as const;
/** Faults of the whole workstation. */
export const WORKSTATION_FAULTS = [
  'sfu-killed',
  'page-killed',
  'container-killed',
  'disk-full',
  'application-killed',
] as const;
export type CameraFault = (typeof CAMERA_FAULTS)[number];
export type WorkstationFault = (typeof WORKSTATION_FAULTS)[number];
export type FaultKind = CameraFault | WorkstationFault;

export interface PlannedFault {
  /** Milliseconds since the soak began. */
  readonly atMs: number;
  /** Milliseconds that the cause lasts; 0 for what happens at once. */
  readonly lastsMs: number;
  readonly kind: FaultKind;
  /** Number of the camera, from 0; null for the whole workstation. */
  readonly camera: number | null;
  /** From 0 to below 1: how bad, where the kind has degrees. */
  readonly severity: number;
}

/** Every other camera stands behind a relay, which can move its time stamps; the others are reached directly. */
export const isRelayed = (camera: number): boolean => camera % 2 === 1;

export interface PlanOptions {
  readonly seed: number;
  readonly cameras: number;
  readonly minutes: number;
  /** Kinds that can be made here; the others are left out. */
  readonly possible: ReadonlySet<FaultKind>;
}

/** Quiet time at both ends: the cameras start, and the last fault is over when the soak is judged. */
const QUIET_START_MS = 10_000;
const QUIET_END_MS = 30_000;
/** The application is killed in the first part alone: what it uses over a long life shows in the rest. */
const KILLED_BEFORE = 0.5;
/** How long a camera is left alone after a fault is over, so that its recovery can be told. */
const CALM_MS = 15_000;
/** And everything, before and after a fault of the workstation. */
const WORKSTATION_CALM_MS = 20_000;

const LASTS_MS: Partial<Record<FaultKind, readonly [number, number]>> = {
  loss: [4_000, 10_000],
  stall: [3_000, 12_000],
  cable: [3_000, 15_000],
  reboot: [3_000, 10_000],
  'ingest-stopped': [2_000, 8_000],
  'disk-full': [5_000, 10_000],
};

/**
 * What happens when, from the seed alone: every few seconds a fault, at most one at a time for each camera, and
 * nothing else while one of the workstation is being recovered from. Every possible kind comes about equally often;
 * the application is killed in the first half only.
 */
export function planFaults(options: PlanOptions): PlannedFault[] {
  const random = seeded(options.seed);
  const endMs = options.minutes * 60_000 - QUIET_END_MS;
  const freeFrom = Array.from({ length: options.cameras }, () => QUIET_START_MS);
  const ofCamera = new Deck(
    CAMERA_FAULTS.filter((kind) => options.possible.has(kind)),
    random,
  );
  const kinds = WORKSTATION_FAULTS.filter((kind) => options.possible.has(kind));
  const early = new Deck(kinds, random);
  const late = new Deck(
    kinds.filter((kind) => kind !== 'application-killed'),
    random,
  );
  const faults: PlannedFault[] = [];
  let atMs = QUIET_START_MS;
  let nextWorkstationMs = QUIET_START_MS + random.int(20_000, 35_000);
  while (atMs < endMs) {
    const beginMs = Math.max(atMs, ...freeFrom);
    const ofWorkstation = beginMs < endMs * KILLED_BEFORE ? early : late;
    if (atMs >= nextWorkstationMs && !ofWorkstation.empty) {
      const fault = make(ofWorkstation.draw(), null, beginMs, random);
      if (beginMs + fault.lastsMs >= endMs) break;
      faults.push(fault);
      atMs = beginMs + fault.lastsMs + WORKSTATION_CALM_MS;
      freeFrom.fill(atMs);
      nextWorkstationMs = atMs + random.int(20_000, 35_000);
      continue;
    }
    const kind = ofCamera.empty ? null : ofCamera.draw();
    const idle = freeFrom.flatMap((from, camera) =>
      from <= atMs && (kind !== 'time-stamps' || isRelayed(camera)) ? [camera] : [],
    );
    if (kind !== null && idle.length > 0) {
      const camera = random.pick(idle);
      const fault = make(kind, camera, atMs, random);
      if (atMs + fault.lastsMs < endMs) {
        faults.push(fault);
        freeFrom[camera] = atMs + fault.lastsMs + CALM_MS;
      }
    }
    atMs += random.int(2_000, 6_000);
  }
  return faults;
}

function make(kind: FaultKind, camera: number | null, atMs: number, random: Random): PlannedFault {
  const [least, most] = LASTS_MS[kind] ?? [0, 0];
  return { atMs, kind, camera, lastsMs: random.int(least, most), severity: random.next() };
}

/** Draws each card once before any comes again. */
class Deck<T> {
  #left: T[] = [];

  constructor(
    private readonly cards: readonly T[],
    private readonly random: Random,
  ) {}

  get empty(): boolean {
    return this.cards.length === 0;
  }

  draw(): T {
    if (this.#left.length === 0) this.#left = [...this.cards];
    const card = this.random.pick(this.#left);
    this.#left.splice(this.#left.indexOf(card), 1);
    return card;
  }
}
