import { randomUUID } from 'node:crypto';
import { appendFile, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../main/base/clock';
import { silentLogger } from '../../main/base/logger';
import { createMediaWorker } from '../../main/kernel/media/mediaWorker';
import { Archive } from '../../main/kernel/recording/archive';
import { StorageFolders } from '../../main/kernel/recording/folders/storageFolders';
import { archivePath } from '../../main/kernel/recording/layout';
import { makeSegment } from '../../main/kernel/recording/testing/segmentFile';
import { CAMERA, filesIn, MEDIA_WORKER, workstation } from '../../main/kernel/recording/testing/workstation';
import { checkArchiveCommand, EXIT } from './checkArchive';

const START_US = 1_800_000_000_000_000;
const SECOND_US = 1_000_000;

interface Report {
  readonly sound: boolean;
  readonly segments: number;
  readonly counts: Record<string, number>;
  readonly open: number;
  readonly findings: { kind: string; outcome: string; path: string | null; detail: string }[];
}

/** A closed workstation with `count` real segments of two seconds, registered as recording does. */
async function archive(count = 6) {
  const at = await workstation();
  const sample = await makeSegment();
  const recordings = path.join(at.folder, 'data', 'recordings');
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const parts = { store: at.store, clock: systemClock, log };
  const look = (folder: string, id: string) => worker.run('folderState', folder, id);
  const folders = new StorageFolders({ ...parts, defaultPath: recordings, look });
  const made = new Archive({ ...parts, folders, worker, hasher: worker });
  for (let index = 0; index < count; index++) {
    const file = path.join(recordings, 'incoming', CAMERA, `${randomUUID()}-00000.mp4`);
    await mkdir(path.dirname(file), { recursive: true });
    await copyFile(sample, file);
    // Every file is another one.
    await appendFile(file, box(index));
    const startUs = START_US + index * 2 * SECOND_US;
    await made.register({
      file,
      row: {
        ...{
          id: randomUUID(),
          cameraId: CAMERA,
          runId: randomUUID(),
          startUs,
          endUs: startUs + 2 * SECOND_US,
        },
        ...{ videoCodec: 'h264', audioCodec: null, width: 320, height: 180 },
      },
      truncateTo: null,
      done: () => undefined,
    });
  }
  const rows = await at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
  made.dispose();
  await worker.dispose();
  const dataDir = path.join(at.folder, 'data');
  const run = async (...args: string[]): Promise<{ code: number; report: Report; text: string }> => {
    const lines: string[] = [];
    const code = await checkArchiveCommand(['--data', dataDir, '--json', ...args], {
      workersDir: path.resolve('dist/workers'),
      print: (line) => lines.push(line),
    });
    const text = lines.join('\n');
    return { code, text, report: (text.startsWith('{') ? JSON.parse(text) : null) as Report };
  };
  const fileOf = (index: number): string => path.join(recordings, rows[index]?.path ?? '');
  const database = (change: (db: Database.Database) => void): void => {
    const db = new Database(path.join(dataDir, 'vas.db'));
    change(db);
    db.close();
  };
  return { ...at, rows, run, fileOf, database, recordings, sample, close: () => at.store.dispose() };
}

/** A box that players skip. */
function box(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(12, 0);
  bytes.write('free', 4);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}

const kinds = ({ findings }: Report) => findings.map(({ kind }) => kind).sort();

describe('a sound archive', () => {
  it('is said to be sound, with the application closed and open', async () => {
    const at = await archive();
    expect(await at.run('--hash')).toMatchObject({ code: EXIT.sound, report: { segments: 6, findings: [] } });
    expect(await at.run('--repair')).toMatchObject({ code: EXIT.inUse });
    await at.close();
    expect(await at.run('--hash')).toMatchObject({ code: EXIT.sound, report: { segments: 6, findings: [] } });
    expect(await at.run('--repair', '--hash')).toMatchObject({ code: EXIT.sound });
  });

  it('stays sound while segments are given up', async () => {
    const at = await archive();
    const ids = at.rows.slice(0, 3).map(({ id }) => id);
    await at.store.write.burySegments(ids, 'retention', 1);
    for (const index of [0, 1, 2]) await rm(at.fileOf(index));
    await at.store.write.forgetTombstones(ids);
    expect(await at.run('--hash')).toMatchObject({ code: EXIT.sound, report: { segments: 3 } });
  });
});

describe('what is wrong is found, and mended or put aside', () => {
  it('AR-7: one byte that was changed', async () => {
    const at = await archive();
    await at.close();
    const bytes = await readFile(at.fileOf(2));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await writeFile(at.fileOf(2), bytes);
    expect(await at.run()).toMatchObject({ code: EXIT.sound });
    const found = await at.run('--hash');
    expect(found).toMatchObject({ code: EXIT.wrong, report: { counts: { 'hash-differs': 1 }, open: 1 } });
    expect(found.report.findings[0]?.path).toBe(at.fileOf(2));
    expect((await at.run('--hash', '--repair')).report.findings[0]?.outcome).toBe('quarantined');
    expect(await at.run('--hash')).toMatchObject({ code: EXIT.sound, report: { segments: 5 } });
    expect((await filesIn(path.join(at.recordings, 'quarantine'))).length).toBe(1);
  });

  it('AR-7: a file that was swapped for another one', async () => {
    const at = await archive();
    await at.close();
    await copyFile(at.fileOf(1), at.fileOf(3));
    expect((await at.run('--hash')).report).toMatchObject({ counts: { 'hash-differs': 1 } });
  });

  it('AR-2: a file that is gone, one that is shorter and one that nobody knows', async () => {
    const at = await archive();
    await at.close();
    await rm(at.fileOf(0));
    await writeFile(at.fileOf(2), (await readFile(at.fileOf(2))).subarray(0, 1000));
    const unknown = archivePath(CAMERA, START_US + 100 * SECOND_US, randomUUID());
    await mkdir(path.dirname(path.join(at.recordings, unknown)), { recursive: true });
    await copyFile(at.sample, path.join(at.recordings, unknown));
    const { code, report } = await at.run();
    expect(code).toBe(EXIT.wrong);
    expect(kinds(report)).toEqual(['file-missing', 'file-unknown', 'size-differs']);
    const repaired = await at.run('--repair');
    expect(repaired).toMatchObject({ code: EXIT.sound, report: { open: 0 } });
    // Two are gone, one has come: all of it is on record.
    expect(await at.run('--hash')).toMatchObject({ code: EXIT.sound, report: { segments: 5 } });
    at.database((db) => {
      expect(db.prepare('SELECT reason FROM recording_gaps ORDER BY start_us').pluck().all()).toEqual([
        'lost',
        'lost',
      ]);
      expect(db.prepare('SELECT reason FROM segment_chain_cuts ORDER BY first_seq').pluck().all()).toEqual([
        'lost',
        'damaged',
      ]);
    });
  });

  it('AR-8: a row and its file that were taken away; no repair makes that look right', async () => {
    const at = await archive();
    await at.close();
    at.database((db) => db.prepare('DELETE FROM segments WHERE id = ?').run(at.rows[3]?.id));
    await rm(at.fileOf(3));
    const { code, report } = await at.run();
    expect(code).toBe(EXIT.wrong);
    expect(report.findings).toMatchObject([{ kind: 'chain-hole', outcome: 'open' }]);
    expect(report.findings[0]?.detail).toContain('place 4');
    expect(await at.run('--repair')).toMatchObject({ code: EXIT.wrong });
    expect(await at.run()).toMatchObject({ code: EXIT.wrong });
  });

  it('AR-7: a replaced file whose row was changed to fit', async () => {
    const at = await archive();
    await at.close();
    at.database((db) => {
      db.exec('DROP TRIGGER segments_keep_their_seal');
      db.prepare('UPDATE segments SET sha256 = zeroblob(32) WHERE id = ?').run(at.rows[1]?.id);
    });
    expect(kinds((await at.run()).report)).toEqual(['chain-broken']);
  });

  it('keeps the index when most files are gone: the disk is, not the footage', async () => {
    const at = await archive();
    await at.close();
    for (const index of [0, 1, 2, 3, 4]) await rm(at.fileOf(index));
    expect((await at.run('--repair')).report).toMatchObject({ open: 5 });
    expect((await at.run()).report.segments).toBe(6);
  });

  it('AR-4: what a crash left half done is told and finished', async () => {
    const at = await archive();
    await at.store.write.burySegments([at.rows[0]?.id ?? ''], 'retention', 1);
    await at.close();
    const left = path.join(at.recordings, 'incoming', CAMERA, `${randomUUID()}-00000.mp4`);
    await copyFile(at.sample, left);
    const before = await at.run();
    expect(before.code).toBe(EXIT.sound);
    expect(kinds(before.report)).toEqual(['deletion-unfinished', 'not-registered']);
    expect((await at.run('--repair')).report.findings.map(({ outcome }) => outcome)).toEqual([
      'repaired',
      'repaired',
    ]);
    expect((await at.run('--hash')).report).toMatchObject({ segments: 6, findings: [] });
  });
});

it('says what it needs when it cannot check', async () => {
  const lines: string[] = [];
  const environment = { workersDir: path.resolve('dist/workers'), print: (line: string) => lines.push(line) };
  expect(await checkArchiveCommand(['--data', '/nowhere'], environment)).toBe(EXIT.cannot);
  expect(await checkArchiveCommand(['--wrong'], environment)).toBe(EXIT.cannot);
  expect(lines.join(' ')).toContain('There is no archive in /nowhere');
});
