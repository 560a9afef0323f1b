import { randomInt } from 'node:crypto';
import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { recordedFiles, sizeOf } from '../../../e2e/support/files';
import { until } from '../../../e2e/support/wait';
import { readCodedPictures } from '../../cameras/codedFile';
import { startCodedClock } from '../../cameras/codedClock';
import { runProgram } from '../../cameras/process';
import { startPlainApp } from '../lib/plainApp';
import { rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { addCamera, ffmpegPath, launch, temporaryFolder } from '../lib/setup';
import type { Run } from '../measure';

const RUNS = 10;
const GOP_S = 1;
/** Milliseconds of recording before the kill: any moment of this span. */
const KILL_AFTER_MS = [300, 5_000] as const;
/** A file with this many bytes holds pictures: recording has begun. */
const BEGUN_BYTES = 20_000;

/** record.unreadable and record.lost_s: everything is killed while it records. */
export async function recordKill(run: Run, cleanup: Cleanup): Promise<void> {
  const dataDir = await temporaryFolder(cleanup, 'kill');
  const clock = await startCodedClock({ width: 640, height: 360, kbps: 1000 });
  cleanup.add(() => clock.stop());
  const first = await launch(cleanup, dataDir);
  await addCamera(first.vas, 'Clock', clock.url);
  await first.close();

  const runs: { after_ms: number; lost_s: number; pictures: number; empty: number; torn: number }[] = [];
  const unreadable = new Set<string>();
  for (let index = 0; index < RUNS; index++) {
    run.signal.throwIfAborted();
    const before = new Set(recordedFiles(dataDir).map(inodeOf));
    const app = startPlainApp({ dataDir });
    cleanup.add(() => app.quit());
    const fresh = () => recordedFiles(dataDir).filter((file) => !before.has(inodeOf(file)));
    await until('recording has begun', () => fresh().some((file) => sizeOf(file) > BEGUN_BYTES));
    const afterMs = randomInt(...KILL_AFTER_MS);
    await delay(afterMs);
    const killedAtMs = await app.killEverything();

    // As the crash left them. A file without one byte or one picture yet is not footage that was lost.
    const files = fresh();
    let lastMs = 0;
    let pictures = 0;
    let empty = 0;
    let torn = 0;
    for (const file of files) {
      const packets = await countPackets(file);
      if (packets === 0) empty++;
      if (packets === null) {
        if (sizeOf(file) > 0) unreadable.add(file);
        else empty++;
        continue;
      }
      const coded = packets === 0 ? [] : await codedPictures(file);
      if (coded === null) torn++;
      pictures += coded?.length ?? 0;
      lastMs = Math.max(lastMs, ...(coded ?? []).map((picture) => picture?.madeAtMs ?? 0));
    }
    const lost = rounded((killedAtMs - lastMs) / 1000);
    runs.push({ after_ms: afterMs, lost_s: lost, pictures, empty, torn });
    run.note(
      `kill ${String(index + 1)} after ${String(afterMs)} ms: lost ${String(lost)} s, ${String(files.length)} files`,
    );
  }

  // The next start heals; then every file must read, whichever run it is from.
  const healing = startPlainApp({ dataDir });
  cleanup.add(() => healing.quit());
  const seen = new Set(recordedFiles(dataDir).map(inodeOf));
  await until('recording goes on', () =>
    recordedFiles(dataDir).some((file) => !seen.has(inodeOf(file)) && sizeOf(file) > BEGUN_BYTES),
  );
  await healing.quit();
  const remaining = recordedFiles(dataDir);
  for (const file of remaining)
    if (!((await countPackets(file)) ?? 0) || !(await codedPictures(file))?.length) unreadable.add(file);
  await clock.stop();

  const killed = `${String(RUNS)} runs, SIGKILL to every process of the application at a random moment ${String(KILL_AFTER_MS[0])} to ${String(KILL_AFTER_MS[1])} ms after its first recorded pictures. `;
  run.result({
    id: 'record.unreadable',
    value: unreadable.size,
    unit: 'files',
    samples: { runs, files_after_healing: remaining.length, unreadable: [...unreadable] },
    method:
      `${killed}Every file is read by ffprobe right after the kill and again after the next start has healed. A file ` +
      'that has no picture at the kill (counted as empty) must be gone or readable after healing.',
  });
  const lost = runs.map((one) => one.lost_s);
  run.result({
    id: 'record.lost_s',
    value: rounded(Math.max(0, Math.max(...lost) - GOP_S)),
    unit: 's',
    samples: { raw: lost, ...summarise(lost) },
    method:
      `${killed}From the kill back to the time burnt into the last picture that FFmpeg decodes from the files as the ` +
      `kill left them (so the way from the camera counts as lost), largest of all runs, minus one GOP (${String(GOP_S)} s); ` +
      'raw holds the times with it.',
  });
}

/** Names a file also after healing has given it another name; null when it is gone. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}

/** The pictures that a decoder finds; null when the only one of a file was being written at the kill. */
async function codedPictures(file: string): Promise<Awaited<ReturnType<typeof readCodedPictures>> | null> {
  try {
    return await readCodedPictures(ffmpegPath(), file);
  } catch {
    return null;
  }
}

/** Video packets of a file; null when ffprobe cannot read it. */
async function countPackets(file: string): Promise<number | null> {
  try {
    const text = await runProgram('ffprobe', [
      ...['-v', 'error', '-count_packets', '-select_streams', 'v:0'],
      ...['-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0', `file:${file}`],
    ]);
    return Number(text.trim() || '0');
  } catch {
    return null;
  }
}
