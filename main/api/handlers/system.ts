import { ACCEPT_OBFUSCATION } from '../../kernel/cameras/credentials';
import type { Kernel } from '../../kernel/kernel';
import type { FolderReport } from '../../kernel/recording/folders/recordingFolders';
import type { HandlerContext, HandlersFor } from './context';

/** The folder that recordings go to. */
async function currentFolder(kernel: Kernel): Promise<FolderReport | undefined> {
  return (await kernel.recording.folders.list()).find(({ isCurrent }) => isCurrent);
}

export function systemHandlers(context: HandlerContext): HandlersFor<'system' | 'secrets'> {
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
  };
}
