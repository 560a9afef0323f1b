import type { Logger } from '../../base/logger';
import { spawnChild } from './child';

const known = new Map<string, Promise<string>>();
const LIMIT_MS = 5_000;

/** What an FFmpeg program calls its version, e.g. `5.1.9-0+deb12u1`; `missing` when it cannot be started. */
export function programVersion(file: string, log: Logger): Promise<string> {
  const asked = known.get(file) ?? ask(file, log);
  known.set(file, asked);
  return asked;
}

async function ask(file: string, log: Logger): Promise<string> {
  const child = spawnChild({ file, args: ['-version'], label: 'version', log, stdout: 'pipe' });
  const limit = setTimeout(() => void child.stop(0), LIMIT_MS);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await child.exited;
  clearTimeout(limit);
  return /version (\S+)/.exec(text)?.[1] ?? 'missing';
}
