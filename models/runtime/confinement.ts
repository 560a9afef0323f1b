import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContainerConfig } from '../../contract/inference/control';
import { confine } from '../../native';

/** What onnxruntime and the C library read of the system. */
const SYSTEM = [
  ...['/usr', '/lib', '/lib64', '/opt', '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d'],
  ...['/proc/self', '/proc/cpuinfo', '/proc/meminfo', '/proc/stat', '/proc/driver/nvidia'],
  ...['/sys/devices', '/sys/fs/cgroup', '/sys/module', '/sys/class', '/sys/bus'],
];
const DEVICES = ['null', 'zero', 'urandom', 'random', 'dri', 'kfd'];

/**
 * Leaves a container its model, the runtime, frames to read and a place for its socket; the data folder, the user's
 * files, other programs' sockets and the network are out of its reach (INV-69). To be called before anything of the model runs.
 * @returns what the system granted
 */
export function confineTo(config: ContainerConfig): { readonly files: boolean; readonly network: boolean } {
  // Packages lie side by side: onnxruntime's own and what it needs.
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { landlock, network } = confine({
    readable: [
      ...SYSTEM,
      ...[
        path.dirname(path.dirname(runtime)),
        path.dirname(fileURLToPath(import.meta.url)),
        path.dirname(process.execPath),
      ],
      // Of a packaged application.
      ...(process.resourcesPath === undefined ? [] : [process.resourcesPath]),
      ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => path.isAbsolute(folder)),
      ...[config.model, ...config.companions].map(({ folder }) => folder),
      config.exportDir,
    ],
    sockets: [path.dirname(config.socketPath)],
    devices: devices(),
  });
  return { files: landlock > 0, network };
}

/** Cards are reached through device files whose names depend on the driver. */
function devices(): string[] {
  try {
    return readdirSync('/dev')
      .filter((name) => DEVICES.includes(name) || name.startsWith('nvidia'))
      .map((name) => `/dev/${name}`);
  } catch {
    return [];
  }
}
