import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Titles of the windows on the display, dialogs of the platform included. */
export async function windowTitles(): Promise<string[]> {
  const { stdout } = await run('/usr/bin/python3', [path.join(import.meta.dirname, 'window_titles.py')]);
  return stdout.split('\n').filter((line) => line !== '');
}
