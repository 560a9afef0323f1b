import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** Bundles every worker script as the build does, so that tests run the real workers. */
export default async function setup(): Promise<void> {
  const entries: string[] = [];
  for (const folder of ['main', 'models'])
    for (const name of await readdir(path.join(root, folder), { recursive: true }))
      if (name.endsWith('.worker.ts')) entries.push(path.join(root, folder, name));
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
    external: ['electron', 'mediasoup', 'better-sqlite3', 'onnxruntime-node', 'pino', '*.node'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
}
