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
  /** Of all processes together, shared pages counted once for each. */
  readonly totalMib: number;
}

const PAGE_BYTES = 4096;

export function sampleUsage(mainPid: number, others: readonly number[]): UsageSample | null {
  const main = usageOf(mainPid);
  if (!main) return null;
  const rest = others.map(usageOf).filter((one) => one !== null);
  const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
  return {
    atMs: Date.now(),
    mainPid,
    processes: rest.length + 1,
    mainDescriptors: main.descriptors,
    mainThreads: main.threads,
    mainMib: mib(main.bytes),
    totalMib: mib(main.bytes + rest.reduce((sum, one) => sum + one.bytes, 0)),
  };
}

function usageOf(pid: number): { descriptors: number; threads: number; bytes: number } | null {
  const folder = `/proc/${String(pid)}`;
  try {
    return {
      descriptors: readdirSync(`${folder}/fd`).length,
      threads: readdirSync(`${folder}/task`).length,
      bytes: Number(readFileSync(`${folder}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES,
    };
  } catch {
    return null; // ended meanwhile
  }
}

/** Growth by the hour in the longest life of the application, after its first quarter, in which everything fills. */
export function growth(samples: readonly UsageSample[]): Record<string, number> {
  const lives = [...new Set(samples.map((one) => one.mainPid))].map((pid) =>
    samples.filter((one) => one.mainPid === pid),
  );
  const life = lives.sort((a, b) => b.length - a.length)[0] ?? [];
  const settled = life.slice(Math.floor(life.length / 4));
  const of = (value: (one: UsageSample) => number) =>
    Math.round(slopePerHour(settled.map((one) => ({ atMs: one.atMs, value: value(one) }))) * 10) / 10;
  return {
    main_descriptors: of((one) => one.mainDescriptors),
    main_threads: of((one) => one.mainThreads),
    main_mib: of((one) => one.mainMib),
    total_mib: of((one) => one.totalMib),
  };
}
