// @ts-check
// A display where there is none, and the sandbox switch for root.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BootstrapError, log } from './log.mjs';

export const needsDisplay = () =>
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

/** Chromium refuses to run its sandbox as root. Never for an ordinary user. */
export function sandboxArguments() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  log('running as root: Electron gets --no-sandbox');
  return ['--no-sandbox'];
}

/** @typedef {{env: Record<string, string>, stop: () => void}} Display `env` leads programs to it */

const FULL_HD = { width: 1920, height: 1080 };

/**
 * Starts Xvfb on a free display where none is there.
 * @param {{width: number, height: number}} [size] pixels of that display
 * @returns {Promise<Display>}
 */
export async function openDisplay(size = FULL_HD) {
  if (!needsDisplay()) return { env: {}, stop: () => undefined };
  const { env, stop } = await startDisplay(size);
  log(`no display here: using Xvfb ${env.DISPLAY} (${size.width}x${size.height})`);
  // Tests then know that another display costs the user nothing.
  return { env: { ...env, VAS_VIRTUAL_DISPLAY: '1' }, stop };
}

/**
 * Starts Xvfb on a free display. Not through xvfb-run: on Ctrl-C that one ends the display at the same moment
 * as the application, which then cannot finish its recordings.
 * @param {{width: number, height: number}} [size] pixels
 * @returns {Promise<Display>}
 */
export async function startDisplay({ width, height } = FULL_HD) {
  const folder = mkdtempSync(join(tmpdir(), 'vas-display-'));
  const authority = join(folder, 'Xauthority');
  writeFileSync(authority, authorityEntry(), { mode: 0o600 });
  // The shell holds the server: it ends it when our end of its standard input closes, however we end.
  const script =
    'Xvfb -displayfd 3 -screen 0 "$2" -nolisten tcp -auth "$1" 3>&3 & server=$!; exec 3>&-; cat >/dev/null; kill $server; wait $server';
  const holder = spawn('sh', ['-c', script, 'sh', authority, `${width}x${height}x24`], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const number = await new Promise((resolve, reject) => {
    let text = '';
    const failed = () => reject(new BootstrapError('Xvfb did not start'));
    const patience = setTimeout(failed, 20_000);
    holder.once('error', failed);
    /** @type {import('node:stream').Readable} */ (holder.stdio[3])
      .on('data', (chunk) => {
        text += chunk;
        if (!text.includes('\n')) return;
        clearTimeout(patience);
        resolve(text.trim());
      })
      .once('end', failed);
  });
  return {
    env: { DISPLAY: `:${number}`, XAUTHORITY: authority },
    stop: () => {
      holder.stdin?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One Xauthority entry that fits any display: family "wild", no address, no number, a random cookie. */
function authorityEntry() {
  /** @param {Buffer} data */
  const counted = (data) => Buffer.concat([Buffer.from([data.length >> 8, data.length & 255]), data]);
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    counted(Buffer.alloc(0)),
    counted(Buffer.alloc(0)),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(randomBytes(16)),
  ]);
}
