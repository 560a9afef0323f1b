import path from 'node:path';
import type { DestinationStream } from 'pino';
import buildRollingFile from 'pino-roll';

/** The log of the application: a new file each day or every 20 MB, the last fourteen are kept. */
export async function openLogFile(folder: string): Promise<DestinationStream> {
  return buildRollingFile({
    file: path.join(folder, 'vas'),
    extension: '.log',
    frequency: 'daily',
    size: '20m',
    mkdir: true,
    limit: { count: 14 },
  });
}
