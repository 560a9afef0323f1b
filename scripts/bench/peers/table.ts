import { setTimeout as delay } from 'node:timers/promises';
import type { CpuSample } from '../lib/processCpu';
import { total, usedBetween } from '../lib/processCpu';
import { rounded } from '../lib/result';
import type { Run } from '../measure';
import { memoryOf, slope } from './usage';

/** How long after its start a program is left alone, and how long it is counted, milliseconds. */
export const SETTLE_MS = 4000;
export const HOLD_MS = 8000;

/** What a number of cameras costs a program. */
export interface Row {
  readonly cameras: number;
  readonly cpu_s_per_camera_minute: number;
  /** Of all cameras together, cores. */
  readonly cores: number;
  readonly pss_mib: number;
  /** More of it, by name. */
  readonly [more: string]: number;
}

export interface NotRun {
  readonly peer: string;
  readonly reason: string;
}

/** What was counted while programs were held. */
export interface Held {
  readonly first: CpuSample;
  readonly last: CpuSample;
  readonly minutes: number;
}

/** Lets it settle, then counts. */
export async function hold(sample: () => CpuSample, signal: AbortSignal): Promise<Held> {
  await delay(SETTLE_MS, undefined, { signal });
  const [first, from] = [sample(), performance.now()];
  await delay(HOLD_MS, undefined, { signal });
  const last = sample();
  return { first, last, minutes: (performance.now() - from) / 60_000 };
}

/** Some of the processes that were held, such as those of one kind. */
export function only(held: Held, which: (kind: string, pid: number) => boolean): Held {
  const of = (sample: CpuSample): CpuSample =>
    new Map([...sample].filter(([key, { kind }]) => which(kind, Number.parseInt(key, 10))));
  return { ...held, first: of(held.first), last: of(held.last) };
}

/** CPU that was used meanwhile, cores. */
export const coresOf = ({ first, last, minutes }: Held): number =>
  rounded(total(usedBetween(first, last)) / minutes / 60);

/** @param held of all cameras together */
export function rowOf(cameras: number, held: Held): Row {
  const cores = coresOf(held);
  return {
    ...{ cameras, cores, pss_mib: rounded(memoryOf(held.last)) },
    cpu_s_per_camera_minute: rounded((cores * 60) / cameras),
  };
}

/** One figure of CPU and one of memory for each program, with a row for each number of cameras, and who could not run. */
export function reportRows(
  run: Run,
  suite: string,
  rows: ReadonlyMap<string, readonly Row[]>,
  notRun: readonly NotRun[],
  method: string,
): void {
  const plain = [...rows].find(([name]) => name !== 'ours')?.[1] ?? [];
  for (const [peer, own] of rows) {
    const last = own.at(-1);
    if (last === undefined) continue;
    const by = (of: (one: Row) => number) => slope(own.map((one) => ({ x: one.cameras, y: of(one) })));
    const same = plain.find(({ cameras }) => cameras === last.cameras);
    const samples = {
      ...{ rows: own, cores_per_camera: by(({ cores }) => cores), mib_per_camera: by((one) => one.pss_mib) },
      ratio_to_first_peer: same === undefined ? null : rounded(last.cores / same.cores),
    };
    run.result({
      id: `${suite}.${peer}_cpu_s`,
      ...{ value: last.cpu_s_per_camera_minute, unit: 's/camera-min', samples, method },
    });
    run.result({
      id: `${suite}.${peer}_pss_mib`,
      ...{ value: last.pss_mib, unit: 'MiB', samples: own, method },
    });
  }
  reportNotRun(run, suite, notRun);
}

export function reportNotRun(run: Run, suite: string, notRun: readonly NotRun[]): void {
  run.result({
    id: `${suite}.not_run`,
    ...{ value: notRun.length, unit: 'programs', samples: notRun },
    method: 'Programs that could not be run here, each with the reason.',
  });
}

/** What all tables say about how they were made. */
export const COUNTED =
  `The same 640x360 cameras (15 pictures a second, 500 kb/s, RTSP over TCP, one replayed clip; their source is not counted) ` +
  `for each program alone, one after the other in the same run; after ${String(SETTLE_MS / 1000)} s counted for ${String(HOLD_MS / 1000)} s: ` +
  'user and system time of its processes, and PSS. Value: with the most cameras. ';
