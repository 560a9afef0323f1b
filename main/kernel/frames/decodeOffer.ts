import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../../base/logger';
import type { DecodeOffer } from './acceleration';
import { listMethods } from './acceleration';

async function devicesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const found: string[] = [];
  for (const name of names) {
    if (!pattern.test(name)) continue;
    const file = path.join(folder, name);
    const usable = await access(file, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    if (usable) found.push(file);
  }
  return found;
}

/** What this machine offers for decoding in hardware. */
export async function readDecodeOffer(ffmpegPath: string, log: Logger): Promise<DecodeOffer> {
  const [methods, render, nvidia] = await Promise.all([
    listMethods(ffmpegPath, log),
    devicesIn('/dev/dri', /^renderD\d+$/),
    devicesIn('/dev', /^nvidia\d+$/),
  ]);
  return { platform: process.platform, methods, devices: [...render, ...nvidia] };
}
