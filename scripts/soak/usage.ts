import { readdirSync, readFileSync } from 'node:fs';
import { countOf, descriptorsOf } from '../bench/lib/descriptors';
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
  /** Of its descriptors, how many are of which kind. */
  readonly mainKinds: Readonly<Record<string, number>>;
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
    mainDescriptors: countOf(main.kinds),
    mainKinds: main.kinds,
    mainThreads: main.threads,
    mainMib: mib(main.bytes),
    mainOwnMib: mib(main.ownBytes),
    totalMib: mib(main.bytes + rest.reduce((sum, one) => sum + one.bytes, 0)),
  };
}

interface ProcessUsage {
  readonly kinds: Readonly<Record<string, number>>;
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
      kinds: descriptorsOf(pid),
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
  /** Kinds of descriptors of which the main process has more in the last quarter than in the second: least of each. */
  readonly moreOf: Readonly<Record<string, number>>;
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
    moreOf: moreKinds(
      life.slice(Math.floor(life.length / 4), Math.floor(life.length / 2)),
      life.slice(Math.floor((life.length * 3) / 4)),
    ),
  };
}

/** Of each kind the least of each stretch is held against that of the other: what comes and goes does not count. */
function moreKinds(early: readonly UsageSample[], late: readonly UsageSample[]): Record<string, number> {
  const least = (samples: readonly UsageSample[], kind: string) =>
    samples.length === 0 ? 0 : Math.min(...samples.map(({ mainKinds }) => mainKinds[kind] ?? 0));
  const kinds = new Set([...early, ...late].flatMap(({ mainKinds }) => Object.keys(mainKinds)));
  const more = [...kinds].map((kind) => [kind, least(late, kind) - least(early, kind)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
