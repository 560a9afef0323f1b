import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** Bundles every worker script as the build does, so that tests run the real workers. */
export default async function setup(): Promise<void> {
  const entries = (await readdir(path.join(root, 'main'), { recursive: true }))
    .filter((name) => name.endsWith('.worker.ts'))
    .map((name) => path.join(root, 'main', name));
  if (entries.length === 0) return;
  await build({
    entryPoints: Object.fromEntries(entries.map((file) => [path.basename(file, '.ts'), file])),
    outdir: path.join(root, 'dist/workers'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    external: ['electron', 'mediasoup', 'better-sqlite3', 'pino', '*.node'],
    logLevel: 'warning',
  });
}
