import Database from 'better-sqlite3';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import { migrations } from '../migrations';
import type { StoreOptions } from '../store';
import type { BookmarkRow, NewDevice, SegmentRow, SnapshotRow } from '../types';
import { migrate } from '../worker/migrate';

/** Version of a database that has every migration. */
export const NEWEST = Math.max(...migrations.map(({ number }) => number));

export const NOW_US = 1_800_000_000_000_000;

/** The bundle that test/globalSetup made. */
export const workerPath = path.resolve('dist/workers/store.worker.cjs');

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function optionsFor(dataDir: string): StoreOptions {
  return { dataDir, workerPath, log: silentLogger(), userName: 'alex', now: () => NOW_US };
}

/** The n-th UUID of a test. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function device(n: number, more: Partial<NewDevice> = {}): NewDevice {
  return {
    id: uuid(n),
    name: `Camera ${n}`,
    description: null,
    location: null,
    rtspUrl: `rtsp://192.0.2.1/stream${n}`,
    subRtspUrl: null,
    username: null,
    sealedPassword: null,
    transport: 'tcp',
    isActive: true,
    recording: true,
    nowUs: NOW_US + n,
    ...more,
  };
}

let segmentNumber = 0;

export function segment(cameraId: string, startUs: number, endUs: number, bytes = 1000): SegmentRow {
  const id = uuid(0x10_0000 + ++segmentNumber);
  return {
    id,
    cameraId,
    runId: uuid(9),
    folderId: DEFAULT_FOLDER_ID,
    path: `${cameraId}/${id}.mp4`,
    startUs,
    endUs,
    videoCodec: 'h264',
    audioCodec: null,
    width: 640,
    height: 360,
    bytes,
    sha256: null,
  };
}

/** Into a database of a version before storage folders. */
export function insertOldSegment(db: Database.Database, row: SegmentRow): void {
  db.prepare(
    `INSERT INTO segments VALUES (@id, @cameraId, @runId, @path, @startUs, @endUs, @videoCodec, @audioCodec,
       @width, @height, @bytes)`,
  ).run(row);
}

export function snapshot(n: number, deviceId: string, userId: string): Omit<SnapshotRow, 'deviceName'> {
  return {
    id: uuid(n),
    deviceId,
    file: `${uuid(n)}.jpg`,
    timestampUs: NOW_US,
    source: 'live',
    bytes: 12_345,
    width: 640,
    height: 360,
    userId,
    createdUs: NOW_US,
  };
}

export function bookmark(n: number, deviceId: string, userId: string): Omit<BookmarkRow, 'deviceName'> {
  return {
    id: uuid(n),
    deviceId,
    centerUs: NOW_US,
    startUs: NOW_US - 3_000_000,
    endUs: NOW_US + 3_040_000,
    videoFile: `${uuid(n)}.mp4`,
    thumbnailFile: `${uuid(n)}.jpg`,
    label: 'gate',
    source: 'historical',
    duration: 6.04,
    bytes: 1_234_567,
    userId,
    createdUs: NOW_US,
    updatedUs: NOW_US,
  };
}

/**
 * Adds a camera without the queries, which know the newest schema only; for databases of an older version.
 * @returns its id
 */
export function insertCamera(db: Database.Database, n: number, more: Partial<NewDevice> = {}): string {
  const { id, name, rtspUrl, transport, sealedPassword, nowUs } = device(n, more);
  db.prepare(
    `INSERT INTO devices (id, name, rtsp_url, transport, is_active, recording, created_us, updated_us)
     VALUES (?, ?, ?, ?, 1, 1, ?, ?)`,
  ).run(id, name, rtspUrl, transport, nowUs, nowUs);
  if (sealedPassword)
    db.prepare('INSERT INTO device_secrets VALUES (?, ?)').run(id, Buffer.from(sealedPassword));
  return id;
}

/** A database in memory at version `upTo`, foreign keys enforced. */
export function databaseAt(upTo: number = NEWEST): Database.Database {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrateTo(db, upTo);
  return db;
}

export function migrateTo(db: Database.Database, upTo: number): void {
  const steps = migrations.filter(({ number }) => number <= upTo);
  migrate(db, steps, { nowUs: NOW_US, userName: 'alex' });
}

/** Files below `folder` that this process holds open, as the kernel sees it (Linux). */
export async function openFilesBelow(folder: string): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd');
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(folder));
}
