import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { familyOf } from '../../../e2e/support/processes';
import { until } from '../../../e2e/support/wait';
import { startCameraServer } from '../../cameras/camera';
import { h264 } from '../../cameras/launches';
import { runProgram } from '../../cameras/process';
import { startPlainApp } from '../lib/plainApp';
import type { Cleanup } from '../lib/setup';
import { temporaryFolder, withCleanup } from '../lib/setup';
import { VISITABLE } from '../lib/visit';
import type { Run } from '../measure';

/** What of the frame export can be seen from outside of a running application with one camera. */
interface Seen {
  /** Of the ingest, numbers and folders made equal. */
  readonly ingest: string[];
  readonly shm: string[];
  readonly threads: string[];
  readonly descriptors: string[];
  readonly containers: string[];
  readonly addon: string[];
}

/** With the flag off nothing of the frame export exists; with it on the same look finds it. */
export function off(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const server = await startCameraServer();
    cleanup.add(() => server.stop());
    await server.mount({ path: '/camera', launch: h264({ width: 640, height: 360 }), protocols: ['tcp'] });
    const url = server.url('/camera');
    const without = await look(cleanup, url, 'false');
    const withFlag = await look(cleanup, url, 'true');
    run.note(`flag on: ${JSON.stringify({ ...withFlag, ingest: withFlag.ingest.length })}`);
    // The look must be able to find something, or finding nothing would say nothing.
    if (
      !withFlag.ingest.some((word) => word.startsWith('udp://')) ||
      !withFlag.ingest.includes(PICTURE_TIMES) ||
      withFlag.addon.length === 0 ||
      withFlag.descriptors.length === 0
    )
      throw new Error('with the flag on the frame export was not seen; this measurement finds nothing');
    // The frame export only adds words: without them both commands are the same, word for word.
    const differing = notFoundInOrder(without.ingest, withFlag.ingest);
    const isAi = without.ingest.filter((word) => isOfFrameExport(word)).length;
    const figures: [string, number, string, unknown][] = [
      [
        'arguments',
        differing + isAi,
        'arguments of the ingest FFmpeg that differ from those without a frame export',
        without.ingest,
      ],
      ['shm', without.shm.length, 'files of frame rings in shared memory', without.shm],
      ['threads', without.threads.length, 'threads of taps', without.threads],
      [
        'descriptors',
        without.descriptors.length,
        'UDP sockets and rings that the main process has open',
        without.descriptors,
      ],
      ['containers', without.containers.length, 'processes of model containers', without.containers],
      ['addon', without.addon.length, 'processes that have the native addon mapped', without.addon],
    ];
    for (const [name, value, what, samples] of figures)
      run.result({
        id: `off.${name}`,
        value,
        unit: name,
        samples: { off: samples, on: withFlag[name === 'arguments' ? 'ingest' : (name as keyof Seen)] },
        method:
          `The real application with one recording camera and AI_FRAME_EXPORT_ENABLED=false, looked at through /proc: ${what}. ` +
          'Started again with the flag on, the same look finds the hand-over, its socket and the addon (in the samples).',
      });
  });
}

/** Names media time 0 in RTCP reports, so that a box finds its picture. */
const PICTURE_TIMES = '-start_time_realtime';

function isOfFrameExport(word: string): boolean {
  return word === 'mpegts' || word === PICTURE_TIMES || word.startsWith('udp://');
}

/** Words of a command that a longer one does not have in the same order. */
function notFoundInOrder(words: readonly string[], longer: readonly string[]): number {
  let at = 0;
  let missing = 0;
  for (const word of words) {
    const found = longer.indexOf(word, at);
    if (found < 0) missing += 1;
    else at = found + 1;
  }
  return missing;
}

async function look(cleanup: Cleanup, url: string, flag: string): Promise<Seen> {
  const dataDir = await temporaryFolder(cleanup, 'off');
  const app = startPlainApp({ dataDir, args: VISITABLE, env: { AI_FRAME_EXPORT_ENABLED: flag } });
  cleanup.add(() => app.quit());
  await runProgram(process.execPath, [path.join(import.meta.dirname, '../visitor.mjs'), dataDir, url]);
  const family = () => [{ pid: app.pid, commandLine: '' }, ...familyOf(app.pid, dataDir)];
  const ingest = await until('the ingest runs', () =>
    family().find(({ commandLine }) => commandLine.includes('ffmpeg') && commandLine.includes('-copytb')),
  );
  await delay(2000);
  const seen: Seen = {
    ingest: read(`/proc/${String(ingest.pid)}/cmdline`)
      .split('\0')
      .slice(0, -1)
      .map((word) =>
        word
          .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
          .replaceAll(dataDir, 'DATA')
          .replaceAll(/\d+/g, '0'),
      ),
    shm: list('/dev/shm').filter((name) => name.startsWith('vas_frames_')),
    threads: list(`/proc/${String(app.pid)}/task`)
      .map((task) => read(`/proc/${String(app.pid)}/task/${task}/comm`).trim())
      .filter((name) => name === 'vas-tap'),
    descriptors: descriptorsOf(app.pid),
    containers: family()
      .map(({ commandLine }) => commandLine)
      .filter((line) => line.includes('node.mojom.NodeService')),
    addon: family()
      .filter(({ pid }) => read(`/proc/${String(pid)}/maps`).includes('vas_native'))
      .map(({ pid }) => (pid === app.pid ? 'main' : String(pid))),
  };
  await app.quit();
  return seen;
}

/** UDP sockets and frame rings that a process has open. */
function descriptorsOf(pid: number): string[] {
  const udp = new Set(
    ['udp', 'udp6'].flatMap((table) =>
      read(`/proc/net/${table}`)
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/)[9] ?? ''),
    ),
  );
  return list(`/proc/${String(pid)}/fd`)
    .map((fd) => {
      try {
        return readlinkSync(`/proc/${String(pid)}/fd/${fd}`);
      } catch {
        return '';
      }
    })
    .filter(
      (target) => udp.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? 'none') || target.includes('vas_frames_'),
    );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // ended meanwhile
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
