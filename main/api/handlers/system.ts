import { statfs } from 'node:fs/promises';
import { ACCEPT_OBFUSCATION } from '../../kernel/cameras/credentials';
import type { Kernel } from '../../kernel/kernel';
import type { FolderReport } from '../../kernel/recording/folders/recordingFolders';
import type { HandlerContext, HandlersFor } from './context';

/** The folder that recordings go to. */
async function currentFolder(kernel: Kernel): Promise<FolderReport | undefined> {
  return (await kernel.recording.folders.list()).find(({ isCurrent }) => isCurrent);
}

/** Nothing is free on a disk that is missing. */
async function recordingDisk({ kernel, dataDir }: HandlerContext): Promise<{ free: number; total: number }> {
  const folder = await currentFolder(kernel);
  if (folder?.space) return folder.space;
  if (folder?.isDefault !== true) return { free: 0, total: 0 };
  // Before the first recording its folder does not exist.
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** Event-loop delay above which the workstation counts as degraded, milliseconds (bars: 20). */
const SLOW_LOOP_MS = 50;

export function systemHandlers(context: HandlerContext): HandlersFor<'system' | 'secrets' | 'health'> {
  const { kernel, store, versions } = context;
  return {
    'system.info': async () => ({
      name: 'VAS Workstation',
      version: versions.app,
      electron: versions.electron,
      chrome: versions.chrome,
      node: process.versions.node,
      ffmpeg: await kernel.ffmpegVersion(),
      mediasoup: kernel.mediasoupVersion,
      sqlite: await store.read.sqliteVersion(),
      data_dir: context.dataDir,
      recordings_dir: (await currentFolder(kernel))?.path ?? kernel.recordingsDir,
      user: context.session.operator ?? (await store.read.localUser()),
    }),
    'secrets.status': async () => ({
      backend: kernel.vault.backend(),
      protection: kernel.vault.protection(),
      accepted: (await store.read.getSetting(ACCEPT_OBFUSCATION)) === '1',
    }),
    'secrets.accept-obfuscation': async () => {
      await store.write.setSetting(ACCEPT_OBFUSCATION, '1', kernel.clock.wallUs());
      return {};
    },
    'health.get': async () => {
      const delay = context.eventLoop.p99Ms();
      const disk = await recordingDisk(context);
      const sfu = kernel.live.stats();
      const faulty = kernel.ingest.statuses().some((status) => status.fault !== null);
      return {
        service: 'VAS Workstation' as const,
        status: faulty || delay > SLOW_LOOP_MS ? ('degraded' as const) : ('healthy' as const),
        event_loop_delay_p99_ms: delay,
        processes: kernel.processes(),
        sfu: {
          workers: sfu.workers.length,
          producers: sfu.producers,
          consumers: sfu.consumers,
          transports: sfu.transports,
        },
        storage: {
          recordings_bytes: await store.read.recordedBytes(),
          free_bytes: disk.free,
          total_bytes: disk.total,
        },
      };
    },
  };
}
