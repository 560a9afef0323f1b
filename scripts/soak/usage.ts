import { readdirSync, readFileSync } from 'node:fs';
import { slopePerHour } from './judge';

/** What the application uses at one moment. */
export interface UsageSample {
  readonly atMs: number;
  /** The main process, which is another one after it was killed. */
  readonly mainPid: number;
  readonly processes: number;
  /** Of the main process alone: children come and go with their cameras. */
  readonly mainDescriptors: number;
  readonly mainThreads: number;
  /** Resident memory, MiB. */
  readonly mainMib: number;
  /** Of the main process, what is its own and backed by no file, MiB. */
  readonly mainOwnMib: number;
  /** Of all processes together, shared pages counted once for each. */
  readonly totalMib: number;
}

const PAGE_BYTES = 4096;

export function sampleUsage(mainPid: number, others: readonly number[]): UsageSample | null {
  const main = usageOf(mainPid);
  if (!main) return null;
  const rest = others.map(usageOf).filter((one) => one !== null);
  const mib = (bytes: number) => Math.round((bytes / 2 ** 20) * 10) / 10;
  return {
    atMs: Date.now(),
    mainPid,
    processes: rest.length + 1,
    mainDescriptors: main.descriptors,
    mainThreads: main.threads,
    mainMib: mib(main.bytes),
    mainOwnMib: mib(main.ownBytes),
    totalMib: mib(main.bytes + rest.reduce((sum, one) => sum + one.bytes, 0)),
  };
}

interface ProcessUsage {
  readonly descriptors: number;
  readonly threads: number;
  /** Resident memory. */
  readonly bytes: number;
  /** Of it, what no file backs. */
  readonly ownBytes: number;
}

function usageOf(pid: number): ProcessUsage | null {
  const folder = `/proc/${String(pid)}`;
  try {
    const [, resident, shared] = readFileSync(`${folder}/statm`, 'latin1').split(' ').map(Number);
    const bytes = Number(resident) * PAGE_BYTES;
    return {
      descriptors: readdirSync(`${folder}/fd`).length,
      threads: readdirSync(`${folder}/task`).length,
      bytes,
      ownBytes: bytes - Number(shared) * PAGE_BYTES,
    };
  } catch {
    return null; // ended meanwhile
  }
}

/** What the longest life of the application grew by. */
export interface Growth {
  readonly lifeMinutes: number;
  /** Slopes after the first quarter of it, in which everything fills. */
  readonly perHour: Readonly<
    Record<'main_descriptors' | 'main_threads' | 'main_own_mib' | 'total_mib', number>
  >;
  /** Memory of the main process's own at the start, after each quarter, MiB: tells whether it flattens. */
  readonly mainOwnMib: readonly number[];
}

export function growth(samples: readonly UsageSample[]): Growth {
  const lives = [...new Set(samples.map((one) => one.mainPid))].map((pid) =>
    samples.filter((one) => one.mainPid === pid),
  );
  const life = lives.sort((a, b) => b.length - a.length)[0] ?? [];
  const settled = life.slice(Math.floor(life.length / 4));
  const of = (value: (one: UsageSample) => number) =>
    Math.round(slopePerHour(settled.map((one) => ({ atMs: one.atMs, value: value(one) }))) * 10) / 10;
  const lastsMs = (life.at(-1)?.atMs ?? 0) - (life[0]?.atMs ?? 0);
  const at = (part: number) => life[Math.round((life.length - 1) * part)]?.mainOwnMib ?? NaN;
  return {
    lifeMinutes: Math.round(lastsMs / 6_000) / 10,
    perHour: {
      main_descriptors: of((one) => one.mainDescriptors),
      main_threads: of((one) => one.mainThreads),
      main_own_mib: of((one) => one.mainOwnMib),
      total_mib: of((one) => one.totalMib),
    },
    mainOwnMib: [0, 0.25, 0.5, 0.75, 1].map(at),
  };
}
