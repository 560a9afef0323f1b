import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { modelId } from '../../contract/inference/manifest';
import { VasError } from '../base/errors';

/** Longest path of a Unix socket, bytes (sun_path less its end). */
export const MAX_SOCKET_PATH_BYTES = 107;
/** Longest file name that a model can get. */
const LONGEST_NAME = `vas_model_${'x'.repeat(48)}.sock`;

/**
 * The folder of the containers' sockets: in $XDG_RUNTIME_DIR/vas, one for each data folder so that two instances
 * never answer for each other; where that is missing or too long in the data folder, and where that is too long, too,
 * in the system's folder for temporary files. Made with mode 0700, and refused when somebody else made it.
 * @throws VasError unavailable when no folder is short enough or it belongs to somebody else
 */
export async function openSocketFolder(
  dataDir: string,
  runtimeDir: string | undefined = process.env['XDG_RUNTIME_DIR'],
  temporaryDir = tmpdir(),
): Promise<string> {
  const instance = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 8);
  const candidates = [
    ...(runtimeDir !== undefined && path.isAbsolute(runtimeDir)
      ? [path.join(runtimeDir, 'vas', instance)]
      : []),
    path.join(dataDir, 'run', 'models'),
    path.join(temporaryDir, `vas-${String(process.getuid?.() ?? 0)}-${instance}`),
  ];
  let why = '';
  for (const folder of candidates) {
    if (Buffer.byteLength(path.join(folder, LONGEST_NAME)) > MAX_SOCKET_PATH_BYTES) {
      why = `${folder} is too long for sockets (${MAX_SOCKET_PATH_BYTES} bytes in all)`;
      continue;
    }
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const facts = await lstat(folder);
      if (!facts.isDirectory() || (process.getuid && facts.uid !== process.getuid())) {
        why = `${folder} belongs to somebody else`;
        continue;
      }
      await chmod(folder, 0o700);
      return folder;
    } catch (error) {
      why = `${folder} cannot be made: ${(error as Error).message}`;
    }
  }
  throw new VasError(
    'unavailable',
    `AI models cannot run: there is no place for their sockets. ${why}. Choose a data folder with a shorter path.`,
  );
}

/** @throws VasError invalid for an id that is none (W-50) */
export function socketPath(folder: string, id: string): string {
  if (!modelId.safeParse(id).success) throw new VasError('invalid', `${id} is not the id of a model.`);
  return path.join(folder, `vas_model_${id}.sock`);
}
