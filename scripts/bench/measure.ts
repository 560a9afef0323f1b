import { cpus, release, totalmem } from 'node:os';
import { readRuntime } from '../bootstrap/runtime.mjs';
import { bars } from './bars.mjs';
import { short } from './svg.mjs';
import type { Result } from './lib/result';
import { eventFaults } from './suites/eventFaults';
import { events } from './suites/events';
import { gate } from './suites/gate';
import { infer } from './suites/infer';
import { ipc } from './suites/ipc';
import { live } from './suites/live';
import { memory } from './suites/memory';
import { off } from './suites/off';
import { peers } from './suites/peers';
import { peersDelay } from './suites/peersDelay';
import { peersFrames } from './suites/peersFrames';
import { peersLive } from './suites/peersLive';
import { preprocess } from './suites/preprocess';
import { record } from './suites/record';
import { kills } from './suites/recordKills';
import { ring } from './suites/ring';
import { scale } from './suites/scale';
import { startup } from './suites/startup';
import { tap } from './suites/tap';
import { wall } from './suites/wall';

/** What a suite gets and how it reports. */
export interface Run {
  readonly signal: AbortSignal;
  /** One line of progress. */
  note(text: string): void;
  /** One more figure. */
  result(result: Result): void;
}

export type Suite = (run: Run) => Promise<void>;

export interface Report {
  readonly suite: string;
  readonly machine: Record<string, unknown>;
  readonly results: Result[];
}

const suites: Record<string, Suite> = {
  live,
  record,
  kills,
  ipc,
  infer,
  ring,
  tap,
  off,
  preprocess,
  gate,
  events,
  'event-faults': eventFaults,
  memory,
  wall,
  scale,
  startup,
  peers,
  'peers-live': peersLive,
  'peers-frames': peersFrames,
  'peers-delay': peersDelay,
};

/** Runs one suite and prints its table. A suite that fails keeps what it has measured so far. */
export async function measure(
  name: string,
  options: { signal: AbortSignal; verbose: boolean },
): Promise<Report> {
  const suite = suites[name];
  if (!suite) throw new Error(`There is no suite ${name}.`);
  const results: Result[] = [];
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  console.log(`\n== ${name}`);
  try {
    await suite({
      signal: options.signal,
      note: (text) => console.log(`[${seconds().padStart(7)}] ${text}`),
      result: (result) => results.push(result),
    });
  } catch (error) {
    console.error(`\nThe suite ${name} did not finish:`, error);
  }
  console.log(`== ${name}: ${seconds()}\n`);
  printTable(name, results);
  if (options.verbose)
    for (const { id, samples, method } of results) console.log(`\n${id}: ${method}\n`, samples);
  return { suite: name, machine: machine(), results };
}

function machine(): Record<string, unknown> {
  const runtime = readRuntime();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    electron: runtime?.electron.version ?? 'unknown',
    chrome: runtime?.electron.chrome ?? 'unknown',
    ffmpeg: runtime?.ffmpeg.version ?? 'unknown',
    measured_at: new Date().toISOString(),
  };
}

function printTable(suite: string, results: readonly Result[]): void {
  const rows = [['figure', 'value', 'bar', 'verdict', 'what']];
  for (const { id, unit, atMost, atLeast, what } of bars[suite] ?? []) {
    const result = results.find((one) => one.id === id);
    const value = result ? `${short(result.value)} ${unit}` : 'missing';
    if (atMost === undefined && atLeast === undefined) {
      rows.push([id, value, '', '', what]);
      continue;
    }
    rows.push([
      id,
      value,
      atMost === undefined ? `>= ${String(atLeast)} ${unit}` : `<= ${String(atMost)} ${unit}`,
      result && result.value <= (atMost ?? Infinity) && result.value >= (atLeast ?? -Infinity)
        ? 'met'
        : 'missed',
      what,
    ]);
  }
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
