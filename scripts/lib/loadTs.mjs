// @ts-check
// Lets a plain Node program import a TypeScript module of this repository: bundled with esbuild, packages left out.
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { inRoot, nodeModules } from '../bootstrap/paths.mjs';

/**
 * Inside a bundle `import.meta` would name the bundle; modules that look for files beside themselves need their own.
 * @type {import('esbuild').Plugin}
 */
const ownPlace = {
  name: 'own-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      const contents = (await readFile(path, 'utf8'))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(path)))
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/**
 * @param {string} path relative to the repository
 * @returns {Promise<any>} the module's exports
 */
export async function loadTs(path) {
  // Below node_modules, so that the bundle finds the packages.
  const folder = join(nodeModules, '.cache', 'vas-scripts');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(path, '.ts')}-${process.pid}.mjs`);
  try {
    await build({
      entryPoints: [inRoot(path)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'warning',
      plugins: [ownPlace],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}
