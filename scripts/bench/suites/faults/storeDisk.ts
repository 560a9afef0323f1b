import { execFile } from 'node:child_process';
import { readdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Cleanup } from '../../lib/setup';
import { temporaryFolder } from '../../lib/setup';

const run = promisify(execFile);
const SIZE = '48m';

/** Where the event store lies: a small disk of its own where this machine lets us mount one, otherwise a folder. */
export class StoreDisk {
  private constructor(
    readonly folder: string,
    readonly isOwn: boolean,
  ) {}

  static async mount(cleanup: Cleanup): Promise<StoreDisk> {
    const folder = await temporaryFolder(cleanup, 'store');
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]);
    } catch {
      return new StoreDisk(folder, false);
    }
    cleanup.add(() => run('umount', ['--lazy', folder]));
    return new StoreDisk(folder, true);
  }

  get database(): string {
    return path.join(this.folder, 'events.db');
  }

  async fill(): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder);
    // To the last page: what does not fit any more is cut off.
    await writeFile(path.join(this.folder, 'ballast'), Buffer.alloc(bavail * bsize)).catch(() => undefined);
  }

  free(): Promise<void> {
    return rm(path.join(this.folder, 'ballast'), { force: true });
  }

  async remount(mode: 'ro' | 'rw'): Promise<void> {
    await run('mount', ['-o', `remount,${mode}`, this.folder]);
  }

  /** Old stores that were moved aside. */
  async kept(): Promise<string[]> {
    return (await readdir(this.folder)).filter((name) => name.startsWith('events-'));
  }
}
