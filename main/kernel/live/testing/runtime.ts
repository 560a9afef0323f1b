import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Runtime {
  readonly workerBin: string;
  readonly ffmpegPath: string;
  readonly electron: string;
}

/** The programs that the bootstrap found or built. @throws Error that says how to get them */
export function runtime(): Runtime {
  const file = path.resolve('node_modules/.vas-runtime.json');
  if (!existsSync(file)) throw new Error('The runtime is not installed. Run "npm run doctor" once.');
  const found = JSON.parse(readFileSync(file, 'utf8')) as {
    electron: { executable: string };
    mediasoupWorker: { path: string };
    ffmpeg: { path: string };
  };
  return {
    workerBin: found.mediasoupWorker.path,
    ffmpegPath: found.ffmpeg.path,
    electron: found.electron.executable,
  };
}
