import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installed, startAll } from './children';
import type { Peer } from './peer';

/** Pictures of the clip, pixels and a second: Motion wants to be told. */
const [WIDTH, HEIGHT, FPS] = [640, 360, 15];

/** Motion with passed-through recording all the time: it decodes every camera to look for motion, too. */
export const motion: Peer = {
  id: 'motion',
  what: 'one Motion for all cameras: recording passed through, motion detection on',
  unavailable: () =>
    Promise.resolve(installed('motion') === null ? 'not installed: apt-get install motion' : null),
  async start(urls, folder) {
    const main = path.join(folder, 'motion.conf');
    const cameras = urls.map((_url, n) => path.join(folder, `camera${String(n)}.conf`));
    await mkdir(path.join(folder, 'out'), { recursive: true });
    await writeFile(
      main,
      [
        ...['daemon off', 'setup_mode off', `log_file ${path.join(folder, 'motion.log')}`, 'log_level 4'],
        ...['webcontrol_port 0', 'stream_port 0', `target_dir ${path.join(folder, 'out')}`],
        ...[`width ${String(WIDTH)}`, `height ${String(HEIGHT)}`, `framerate ${String(FPS)}`],
        ...['movie_output on', 'movie_passthrough on', 'emulate_motion on', 'movie_max_time 60'],
        ...['picture_output off', ...cameras.map((file) => `camera ${file}`), ''],
      ].join('\n'),
    );
    await Promise.all(
      urls.map((url, n) =>
        writeFile(
          cameras[n] ?? '',
          `camera_id ${String(n + 1)}\nnetcam_url ${url}\nmovie_filename c${String(n)}-%v\n`,
        ),
      ),
    );
    return startAll([{ file: installed('motion') ?? 'motion', args: ['-n', '-c', main] }]);
  },
};
