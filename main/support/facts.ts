import { execFile } from 'node:child_process';
import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../base/errors';

const run = promisify(execFile);

/** Variables that change how the application runs. No others are looked at: what they hold may be secret. */
const VARIABLES = [
  ...['AI_FRAME_EXPORT_ENABLED', 'AI_FRAME_BUFFER_CAPACITY', 'VAS_LOG_LEVEL', 'VAS_FFMPEG'],
  ...['VAS_MEDIASOUP_WORKER', 'LANG', 'TZ', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_SESSION_TYPE'],
  ...['XDG_CURRENT_DESKTOP', 'XDG_RUNTIME_DIR'],
] as const;

export interface FactSources {
  readonly dataDir: string;
  readonly programs: { readonly ffmpeg: string; readonly ffprobe: string; readonly mediasoupWorker: string };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What `npm run doctor` asks of a check-out, asked of the workstation that runs: is each part there and usable? */
export async function doctorFacts({ dataDir, programs, environment }: FactSources) {
  const [ffmpeg, ffprobe, mediasoupWorker, data, sharedMemory, distribution] = await Promise.all([
    programFacts(programs.ffmpeg, ['-hide_banner', '-version']),
    programFacts(programs.ffprobe, ['-hide_banner', '-version']),
    // It runs already, and without its arguments it only complains.
    fileFacts(programs.mediasoupWorker),
    folderFacts(dataDir),
    folderFacts('/dev/shm'),
    distributionName(),
  ]);
  return {
    programs: { ffmpeg, ffprobe, 'mediasoup-worker': mediasoupWorker },
    folders: { data: data, '/dev/shm': sharedMemory },
    system: {
      platform: process.platform,
      architecture: process.arch,
      kernel: os.release(),
      distribution,
      processors: os.cpus().length,
      processor: os.cpus()[0]?.model ?? null,
      memory_bytes: os.totalmem(),
      free_memory_bytes: os.freemem(),
      load: os.loadavg(),
      computer_up_s: Math.round(os.uptime()),
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    environment: Object.fromEntries(
      VARIABLES.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
    ) as Record<string, string>,
  };
}

async function programFacts(file: string, args: readonly string[]) {
  try {
    const { stdout } = await run(file, [...args], { timeout: 5_000, maxBuffer: 64 * 1024 });
    return { file, works: true, says: stdout.split('\n')[0] ?? '' };
  } catch (error) {
    return { file, works: false, says: messageOf(error) };
  }
}

async function fileFacts(file: string) {
  if (!path.isAbsolute(file)) return { file, works: null, says: 'looked for in PATH' };
  try {
    await access(file, constants.X_OK);
    return { file, works: true, says: '' };
  } catch (error) {
    return { file, works: false, says: messageOf(error) };
  }
}

async function folderFacts(folder: string) {
  try {
    const [{ mode, uid }, room] = await Promise.all([stat(folder), statfs(folder)]);
    const writable = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    return {
      ...{ folder, mode: (mode & 0o7777).toString(8), is_ours: uid === process.getuid?.(), writable },
      file_system: room.type.toString(16),
      free_bytes: room.bavail * room.bsize,
      total_bytes: room.blocks * room.bsize,
      free_files: room.ffree,
    };
  } catch (error) {
    return { folder, failed: messageOf(error) };
  }
}

async function distributionName(): Promise<string | null> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(text)?.[1] ?? null;
}
