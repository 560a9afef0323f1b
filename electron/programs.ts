import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Programs } from '../main/composition/options';

/** Facts that the bootstrap wrote down when the application runs from sources. */
interface RuntimeFacts {
  mediasoupWorker?: { path?: string };
  ffmpeg?: { path?: string };
}

/** Finds FFmpeg and mediasoup-worker: environment, then the package's resources, then the bootstrap's facts. */
export function locatePrograms(root: string): Programs {
  const facts = readFacts(path.join(root, 'node_modules/.vas-runtime.json'));
  const bundled = path.join(process.resourcesPath, 'mediasoup-worker');
  const ffmpeg = process.env['VAS_FFMPEG'] ?? facts.ffmpeg?.path ?? '/usr/bin/ffmpeg';
  return {
    ffmpeg,
    ffprobe: path.join(path.dirname(ffmpeg), 'ffprobe'),
    mediasoupWorker:
      process.env['VAS_MEDIASOUP_WORKER'] ??
      (existsSync(bundled) ? bundled : undefined) ??
      facts.mediasoupWorker?.path ??
      'mediasoup-worker',
  };
}

function readFacts(file: string): RuntimeFacts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RuntimeFacts;
  } catch {
    return {};
  }
}
