import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { recordedFiles, sizeOf } from '../../../e2e/support/files';
import { until } from '../../../e2e/support/wait';
import { checkArchiveCommand } from '../../archive/checkArchive';
import { inRoot } from '../../bootstrap/paths.mjs';
import type { CodedClock } from '../../cameras/codedClock';
import { startCodedClock } from '../../cameras/codedClock';
import { readCodedPictures } from '../../cameras/codedFile';
import { startPlainApp } from '../lib/plainApp';
import { rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { addCamera, ffmpegPath, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const CAMERAS = 4;
const GOP_S = 1;
/** Milliseconds of recording before the kill: any moment of this span. */
const KILL_AFTER_MS = [200, 12_000] as const;
/** A file with this many bytes holds pictures: recording has begun. */
const BEGUN_BYTES = 8_000;

interface Killed {
  readonly again_s: number;
  readonly after_ms: number;
  readonly lost_s: number;
  readonly open_findings: number;
}

/** How often, unless --kills says so. */
const RUNS = 10;

/** Many random kills, and whether the archive holds what it promises after each. */
export function kills(run: Run): Promise<void> {
  const count = Number(process.env['VAS_BENCH_KILLS'] ?? RUNS);
  return withCleanup(run.signal, (cleanup) => recordKills(run, cleanup, count));
}

/** Many random kills of the whole application while four cameras record, the archive checked after each. */
async function recordKills(run: Run, cleanup: Cleanup, count: number): Promise<void> {
  const dataDir = await temporaryFolder(cleanup, 'kills');
  const clocks: CodedClock[] = [];
  for (let index = 0; index < CAMERAS; index++) {
    const clock = await startCodedClock({ width: 320, height: 180, kbps: 300 });
    cleanup.add(() => clock.stop());
    clocks.push(clock);
  }
  const first = await launch(cleanup, dataDir);
  for (const [index, clock] of clocks.entries()) await addCamera(first.vas, `Clock ${index + 1}`, clock.url);
  await first.close();

  const runs: Killed[] = [];
  const unreadable = new Set<string>();
  const wrong: unknown[] = [];
  for (let index = 0; index < count; index++) {
    run.signal.throwIfAborted();
    const before = new Set(filesOf(dataDir).map(identityOf));
    const startedAt = performance.now();
    const app = startPlainApp({ dataDir });
    cleanup.add(() => app.quit());
    const fresh = () => filesOf(dataDir).filter((file) => !before.has(identityOf(file)));
    const recording = () =>
      new Set(fresh().flatMap((file) => (sizeOf(file) > BEGUN_BYTES ? [cameraOf(file)] : [])));
    await until('every camera is recorded', () => recording().size === CAMERAS, { timeoutMs: 120_000 });
    const againS = rounded((performance.now() - startedAt) / 1000);
    const afterMs = randomInt(...KILL_AFTER_MS);
    await delay(afterMs);
    const killedAtMs = await app.killEverything();

    let lostS = 0;
    for (const camera of recording()) {
      let lastMs = 0;
      for (const file of fresh().filter((one) => cameraOf(one) === camera)) {
        const pictures = await readCodedPictures(ffmpegPath(), file).catch(() => []);
        if (pictures.length === 0 && sizeOf(file) > BEGUN_BYTES) unreadable.add(file);
        lastMs = Math.max(lastMs, ...pictures.map((picture) => picture?.madeAtMs ?? 0));
      }
      lostS = Math.max(lostS, (killedAtMs - lastMs) / 1000);
    }
    const lines: string[] = [];
    await checkArchiveCommand(['--data', dataDir, '--hash', '--json'], {
      workersDir: inRoot('dist/workers'),
      print: (line) => lines.push(line),
    });
    const text = lines.join('\n');
    const report = text.startsWith('{') ? (JSON.parse(text) as { open: number }) : { open: 1 };
    if (report.open > 0) wrong.push({ kill: index + 1, report: text.slice(0, 4000) });
    runs.push({ again_s: againS, after_ms: afterMs, lost_s: rounded(lostS), open_findings: report.open });
    run.note(
      `kill ${index + 1} of ${count}: recorded again after ${againS} s, killed after ${afterMs} ms, ` +
        `lost at most ${rounded(lostS)} s, ${report.open} findings open`,
    );
  }
  const lost = runs.map((one) => one.lost_s);
  const again = runs.map((one) => one.again_s);
  const method = `${count} runs, ${CAMERAS} cameras, SIGKILL to every process at a random moment ${KILL_AFTER_MS.join(' to ')} ms after all were recorded. `;
  run.result({
    id: 'record.kills_unreadable',
    value: unreadable.size,
    unit: 'files',
    samples: { runs, unreadable: [...unreadable] },
    method: `${method}Files that hold pictures of which none can be decoded as the kill left them.`,
  });
  run.result({
    id: 'record.kills_lost_s',
    value: rounded(Math.max(0, Math.max(...lost) - GOP_S)),
    unit: 's',
    samples: { raw: lost, ...summarise(lost) },
    method: `${method}From the kill back to the time burnt into the last picture of the camera that lost most, largest of all runs, minus one GOP.`,
  });
  run.result({
    id: 'record.kills_wrong',
    value: runs.reduce((sum, one) => sum + one.open_findings, 0),
    unit: 'findings',
    samples: { wrong },
    method: `${method}check-archive with hashes after each kill, before the next start: violations of docs/archive.md.`,
  });
  run.result({
    id: 'record.kills_again_s',
    value: Math.max(...again),
    unit: 's',
    samples: { raw: again, ...summarise(again) },
    method: `${method}From the start of the process until every camera is recorded, longest.`,
  });
}

/**
 * Names a file also after healing has given it another name; null when it is gone. A number alone is given again
 * once its file is removed.
 */
function identityOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.birthtimeMs}` : null;
}

/** Recorded files; none when healing takes a folder away while they are listed: whoever waits asks again. */
function filesOf(dataDir: string): string[] {
  try {
    return recordedFiles(dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return [];
  }
}

/** In `incoming` as well as in the archive the camera is a folder of the path. */
function cameraOf(file: string): string {
  return file.split(path.sep).findLast((part) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(part)) ?? '';
}
