import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { repositoryRoot } from '../../../../e2e/support/runtime';
import type { EventLoad } from './eventLoad';
import type { StoreDisk } from './storeDisk';

export interface Fault {
  readonly name: string;
  /** It is one of the disk, not of the file. */
  readonly needsDisk: boolean;
  begin(): Promise<void>;
  /** Ends it as a person would, or as it ends by itself. */
  end(): Promise<void>;
}

const PAGE = 4096;

export function faults(disk: StoreDisk, load: EventLoad): Fault[] {
  let holder: ChildProcess | null = null;
  let killing: Promise<void> = Promise.resolve();
  const inFile = (name: string, begin: () => Promise<void>): Fault => ({
    ...{ name, needsDisk: false, begin },
    end: () => load.startNewStore(),
  });
  return [
    {
      ...{ name: 'locked by another process', needsDisk: false },
      async begin() {
        holder = spawn(
          process.execPath,
          ['-e', HOLD, path.join(repositoryRoot, 'node_modules/better-sqlite3'), disk.database],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        );
        if (holder.stdout !== null) await once(holder.stdout, 'data');
      },
      async end() {
        const ended = holder === null ? null : once(holder, 'exit');
        holder?.kill('SIGKILL');
        await ended;
      },
    },
    {
      ...{ name: 'writer killed every 500 ms', needsDisk: false },
      begin() {
        const end = Date.now() + 5_000;
        killing = (async () => {
          while (Date.now() < end) {
            await load.killWriter();
            await delay(500);
          }
        })();
        return Promise.resolve();
      },
      end: () => killing,
    },
    { name: 'disk full', needsDisk: true, begin: () => disk.fill(), end: () => disk.free() },
    inFile('pages of the middle damaged', async () => {
      await damage(disk.database, ({ pages }) =>
        Array.from({ length: Math.floor(pages / 3) }, (_, n) => n + Math.floor(pages / 3)),
      );
      await load.read();
    }),
    inFile('an index damaged', () => damage(disk.database, ({ rootOf }) => [rootOf('event_rows_camera')])),
    inFile('header damaged, writer killed', async () => {
      await damage(disk.database, () => [1]);
      await load.killWriter();
    }),
    inFile('header damaged at the start', async () => {
      await load.stop();
      await damage(disk.database, () => [1]);
      load.start();
    }),
    {
      ...{ name: 'disk read-only at the start', needsDisk: true },
      async begin() {
        await load.stop();
        await disk.remount('ro');
        load.start();
      },
      end: () => disk.remount('rw'),
    },
  ];
}

const HOLD = `
  const [library, file] = process.argv.slice(1);
  const db = new (require(library))(file);
  db.exec('BEGIN IMMEDIATE');
  console.log('held');
  setInterval(() => {}, 1000);`;

interface Layout {
  /** How many pages the file has. */
  readonly pages: number;
  readonly rootOf: (name: string) => number;
}

/** Overwrites pages (from 1) of a database behind SQLite's back, after its log was moved into it. */
async function damage(file: string, choose: (layout: Layout) => readonly number[]): Promise<void> {
  const db = new Database(file);
  let pages: readonly number[];
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck();
    pages = choose({
      pages: Number(db.pragma('page_count', { simple: true })),
      rootOf: (name) => root.get(name) ?? 2,
    });
  } finally {
    db.close();
  }
  const target = await open(file, 'r+');
  try {
    for (const page of pages) await target.write(Buffer.alloc(PAGE, 0xa5), 0, PAGE, (page - 1) * PAGE);
  } finally {
    await target.close();
  }
}
