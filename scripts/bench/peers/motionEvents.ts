import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installed, startAll } from './children';
import type { RunningPeer } from './peer';

/** Motion that only detects: when it says that an event begins. */
export interface MotionEvents extends RunningPeer {
  /** System wall clock of each begin of an event so far, milliseconds. */
  begins(): Promise<number[]>;
}

/**
 * Motion with its own threshold, one picture being enough. Events end after a second without motion, so that each visit
 * is one; that is the least it takes.
 */
export async function startMotionEvents(
  url: string,
  folder: string,
  { width, height, fps }: { width: number; height: number; fps: number },
): Promise<MotionEvents> {
  const [main, begun, note] = ['motion.conf', 'begun', 'note.sh'].map((name) => path.join(folder, name));
  if (main === undefined || begun === undefined || note === undefined) throw new Error('no files');
  await writeFile(begun, '');
  // A program of its own: Motion would replace the signs of a format itself.
  await writeFile(note, `#!/bin/sh\ndate +%s%3N >> '${begun}'\n`, { mode: 0o700 });
  await writeFile(
    main,
    [
      ...['daemon off', 'setup_mode off', `log_file ${path.join(folder, 'motion.log')}`, 'log_level 4'],
      ...[
        'webcontrol_port 0',
        'stream_port 0',
        `target_dir ${folder}`,
        'movie_output off',
        'picture_output off',
      ],
      ...[`width ${String(width)}`, `height ${String(height)}`, `framerate ${String(fps)}`, 'event_gap 1'],
      ...[`netcam_url ${url}`, 'minimum_motion_frames 1', `on_event_start ${note}`, ''],
    ].join('\n'),
  );
  const running = startAll([{ file: installed('motion') ?? 'motion', args: ['-n', '-c', main] }]);
  return {
    ...running,
    begins: async () => (await readFile(begun, 'utf8')).split('\n').filter(Boolean).map(Number),
  };
}
