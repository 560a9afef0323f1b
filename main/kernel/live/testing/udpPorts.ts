import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Local UDP ports that a process has bound; Linux. */
export function udpPortsOf(pid: number): number[] {
  const inodes = new Set(
    readdirSync(`/proc/${String(pid)}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${String(pid)}/fd/${fd}`))?.[1] ?? [];
      } catch {
        // Closed meanwhile.
        return [];
      }
    }),
  );
  return readFileSync(`/proc/${String(pid)}/net/udp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => inodes.has(fields[9] ?? ''))
    .map((fields) => parseInt(fields[1]?.split(':')[1] ?? '', 16));
}
