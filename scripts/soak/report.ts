import type { AiJudged } from './aiSeen';
import type { Gap, HappenedFault, Overlap, TileSample } from './judge';
import type { FaultKind } from './plan';
import type { Growth, UsageSample } from './usage';

export interface SoakReport {
  readonly seed: number;
  readonly cameras: number;
  readonly minutes: number;
  readonly ai: boolean;
  readonly beganMs: number;
  readonly judgedUntilMs: number;
  readonly faults: readonly HappenedFault[];
  /** Kinds of fault that cannot be made here. */
  readonly notRun: readonly FaultKind[];
  readonly gaps: readonly Gap[];
  readonly unexplained: readonly Gap[];
  readonly overlaps: readonly Overlap[];
  readonly files: number;
  readonly unreadable: readonly string[];
  readonly frozen: readonly TileSample[];
  readonly camerasWithoutFootage: readonly number[];
  readonly leftBehind: string | null;
  /** Null with the frame export off. */
  readonly aiSeen: AiJudged | null;
  readonly usage: readonly UsageSample[];
  readonly growth: Growth;
  readonly passed: boolean;
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

/** The report as a page of text. */
export function describe(report: SoakReport): string {
  const { faults, gaps, unexplained } = report;
  const kinds = [...new Set(faults.map(({ kind }) => kind))].sort();
  const rows = kinds.map((kind) => {
    const own = gaps.filter((gap) => gap.fault?.kind === kind);
    const recoveries = own.map((gap) => gap.recoveryMs ?? 0).sort((a, b) => a - b);
    const lengths = own.map((gap) => gap.endMs - gap.startMs);
    const median = recoveries[Math.floor(recoveries.length / 2)];
    return [
      kind,
      String(faults.filter((one) => one.kind === kind).length),
      String(own.length),
      lengths.length > 0 ? seconds(Math.max(...lengths)) : '',
      median === undefined ? '' : seconds(median),
      median === undefined ? '' : seconds(recoveries.at(-1) ?? 0),
    ];
  });
  const start = report.beganMs;
  return [
    `${String(report.cameras)} cameras, ${String(report.minutes)} minutes, seed ${String(report.seed)}, ` +
      `frame export ${report.ai ? 'on' : 'off'}: ${report.passed ? 'passed' : 'NOT PASSED'}`,
    '',
    table(['fault', 'times', 'gaps', 'longest gap s', 'recovery p50 s', 'recovery max s'], rows),
    '',
    `Gaps that no fault explains: ${String(unexplained.length)}`,
    ...unexplained.map(
      (gap) =>
        `- camera ${String(gap.camera + 1)}: ${seconds(gap.startMs - start)} s to ${seconds(gap.endMs - start)} s`,
    ),
    `Recordings that overlap: ${String(report.overlaps.length)}`,
    ...report.overlaps.map(
      ({ camera, first, second }) =>
        `- camera ${String(camera + 1)}: until ${seconds(first.endMs - start)} s and from ${seconds(second.startMs - start)} s`,
    ),
    `Files read: ${String(report.files)}, unreadable: ${String(report.unreadable.length)}`,
    ...report.unreadable.map((file) => `- ${file}`),
    `Tiles that stood still for 8 s and said live: ${String(report.frozen.length)}`,
    ...report.frozen.map(
      ({ camera, atMs }) => `- camera ${String(camera + 1)} at ${seconds(atMs - start)} s`,
    ),
    `Cameras without footage: ${report.camerasWithoutFootage.map((one) => one + 1).join(', ') || 'none'}`,
    ...aiLines(report.aiSeen),
    `Left behind after quitting: ${report.leftBehind ?? 'nothing'}`,
    `Growth per hour in the longest life of the application, ${String(report.growth.lifeMinutes)} minutes: ` +
      Object.entries(report.growth.perHour)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', '),
    `Descriptors of which its last quarter had more than its second: ${
      Object.entries(report.growth.moreOf)
        .map(([kind, count]) => `${kind} ${String(count)}`)
        .join(', ') || 'none'
    }`,
    `Memory of the main process's own at its start and after each quarter: ${report.growth.mainOwnMib.join(', ')} MiB`,
    `Not run here: ${report.notRun.join(', ') || 'nothing was left out'}`,
    '',
  ].join('\n');
}

function aiLines(seen: AiJudged | null): string[] {
  if (!seen) return [];
  return [
    `Frames published: ${String(seen.frames)}; disturbed while they were read, which the reader noticed: ${String(seen.torn)}; ` +
      `gone or too old when they were read: ${String(seen.overwritten + seen.stale)}; unreadable: ${String(seen.unreadable)}`,
    `Events in the store: ${String(seen.eventsKept)}; missing of those counted as stored: ${String(seen.eventsMissing)}; ` +
      `counted as lost: ${String(seen.eventsDropped)}; without their picture: ${String(seen.mediaFailed)}`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => '---'), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
