// @ts-check
// The application's bundles: main, preload and workers with esbuild, the renderer with vite.
// Skipped when no input changed. Also a program of its own: node scripts/bootstrap/build.mjs
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { externals } from '../package/externals.mjs';
import { hashFiles, listFiles, withLock, writeAtomic } from './cache.mjs';
import { collectLicences, withoutText } from '../licences/collect.mjs';
import { BootstrapError, timed } from './log.mjs';
import { inRoot, root } from './paths.mjs';

const dist = inRoot('dist');
const nodeStamp = join(dist, '.vas-node-hash');
const rendererStamp = join(dist, '.vas-renderer-hash');
const configuration = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/bootstrap/build.mjs',
  'scripts/package/externals.mjs',
];

/** @param {string[]} paths relative to the root */
function hashOf(paths) {
  const isInput = (/** @type {string} */ path) =>
    !/(\.test\.tsx?|\.onnx|\.mp4|\.ts\.map)$|[\\/]node_modules$/.test(path);
  return hashFiles(
    root,
    listFiles(
      [...paths, ...configuration].map((path) => inRoot(path)),
      isInput,
    ),
  );
}
const nodeHash = () =>
  hashOf(['electron', 'main', 'contract', 'models', 'native/index.cjs', 'scripts/licences']);
const rendererHash = () => hashOf(['renderer', 'contract', 'assets']);

/** @param {string} stamp @param {string} hash */
const current = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash;

export const bundlesCurrent = () => current(nodeStamp, nodeHash()) && current(rendererStamp, rendererHash());

/** Everything that runs in Node, and the preload. */
const bundleNode = () =>
  unlessCurrent(nodeStamp, nodeHash(), 'bundling main, preload and workers', bundleWithEsbuild);

const bundleRenderer = () =>
  unlessCurrent(rendererStamp, rendererHash(), 'bundling the renderer', bundleWithVite);

export async function buildAll() {
  await bundleNode();
  await bundleRenderer();
}

/** @param {string} stamp @param {string} hash @param {string} what @param {() => Promise<unknown>} work */
async function unlessCurrent(stamp, hash, what, work) {
  if (current(stamp, hash)) return;
  await withLock('bundle', async () => {
    if (current(stamp, hash)) return; // the one that we waited for made it
    try {
      await timed(what, work);
    } catch (error) {
      throw new BootstrapError(`${what} failed: ${/** @type {Error} */ (error).message}`);
    }
    writeAtomic(stamp, `${hash}\n`);
  });
}

async function bundleWithEsbuild() {
  const { build } = await import('esbuild');
  /** @type {import('esbuild').BuildOptions} */
  const common = { absWorkingDir: root, bundle: true, format: 'cjs', sourcemap: true, logLevel: 'silent' };
  /** @type {import('esbuild').BuildOptions} */
  const node = {
    ...common,
    platform: 'node',
    target: 'node20',
    external: ['electron', ...externals, '*.node'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  };
  const workers = listFiles([inRoot('main'), inRoot('models')]).filter((path) => path.endsWith('.worker.ts'));
  await Promise.all([
    build({ ...node, entryPoints: ['electron/main.ts'], outfile: 'dist/main/main.cjs' }),
    // A sandboxed preload has no Node modules, and `require` gives it only electron.
    build({
      ...common,
      platform: 'browser',
      target: 'chrome130',
      external: ['electron'],
      entryPoints: ['electron/preload.ts'],
      outfile: 'dist/preload/preload.cjs',
    }),
    ...workers.map((entry) =>
      build({ ...node, entryPoints: [entry], outfile: `dist/workers/${basename(entry, '.ts')}.cjs` }),
    ),
  ]);
  const components = collectLicences(root);
  const bare = withoutText(components);
  if (bare.length > 0) throw new Error(`no licence text for ${bare.join(', ')} (scripts/licences)`);
  writeAtomic(join(dist, 'licences.json'), JSON.stringify(components));
}

async function bundleWithVite() {
  const { build } = await import('vite');
  await build({ root: inRoot('renderer'), configFile: inRoot('vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildAll().catch((error) => {
    console.error(error instanceof BootstrapError ? error.message : error);
    process.exitCode = 1;
  });
}
