// @ts-check
// How long ago the user gave the command: the bootstrap before us is part of what they waited for.
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Seconds since the oldest of our ancestors that belongs to `npm run` was started; else since we were. */
export function secondsSinceCommand() {
  const own = performance.now() / 1000;
  try {
    const uptime = Number(readFileSync('/proc/uptime', 'latin1').split(' ')[0]);
    let oldest = uptime - own;
    for (let pid = process.ppid; pid > 1;) {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      if (!/^npm |scripts\/run\.mjs/.test(line)) break;
      oldest = Number(fields[19]) / TICKS_PER_SECOND;
      pid = Number(fields[1]);
    }
    return uptime - oldest;
  } catch {
    return own; // no /proc on this platform
  }
}
