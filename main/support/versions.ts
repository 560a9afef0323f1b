import os from 'node:os';
import type { Kernel } from '../kernel/kernel';
import type { Store } from '../store/types';

export interface ShellVersions {
  readonly app: string;
  readonly electron: string;
  readonly chrome: string;
}

/** What runs here and in which version. */
export async function componentVersions(
  kernel: Pick<Kernel, 'ffmpegVersion' | 'mediasoupVersion'>,
  store: Pick<Store, 'read'>,
  { app, electron, chrome }: ShellVersions,
): Promise<Record<string, string>> {
  return {
    ...{ application: app, electron, chrome },
    node: process.versions.node,
    v8: process.versions.v8,
    ffmpeg: await kernel.ffmpegVersion(),
    mediasoup: kernel.mediasoupVersion,
    sqlite: await store.read.sqliteVersion(),
    system: `${os.type()} ${os.release()} ${process.arch}`,
  };
}
