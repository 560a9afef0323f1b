import { statfs } from 'node:fs/promises';
import { ACCEPT_OBFUSCATION } from '../../kernel/cameras/credentials';
import type { HandlerContext, HandlersFor } from './context';

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
      data_dir: context.dataDir,
      recordings_dir: kernel.recordingsDir,
      user: await store.read.localUser(),
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
      // Before the first recording its folder does not exist.
      const disk = await statfs(kernel.recordingsDir).catch(() => statfs(context.dataDir));
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
          free_bytes: disk.bavail * disk.bsize,
          total_bytes: disk.blocks * disk.bsize,
        },
      };
    },
  };
}
