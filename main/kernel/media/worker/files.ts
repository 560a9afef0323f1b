import * as nodeFs from 'node:fs';

/** What the recording's file operations need of the file system. */
export type Files = Pick<
  typeof nodeFs,
  | 'closeSync'
  | 'existsSync'
  | 'fchmodSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'futimesSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'realpathSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'statSync'
  | 'statfsSync'
  | 'unlinkSync'
  | 'writeSync'
>;

/** The file system in use: the real one, except inside `usingFiles`. */
export let disk: Files = nodeFs;

/** Runs synchronous work on another file system, for tests that let disks fail. */
export function usingFiles<T>(other: Files, work: () => T): T {
  const before = disk;
  disk = other;
  try {
    return work();
  } finally {
    disk = before;
  }
}
