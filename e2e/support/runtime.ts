import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

interface RuntimeFile {
  readonly electron: { readonly dist: string; readonly executable?: string };
}

/**
 * The Electron program that the bootstrap found or fetched.
 * @throws Error when the bootstrap or the build has not run
 */
export function electronExecutable(): string {
  const file = path.join(repositoryRoot, 'node_modules/.vas-runtime.json');
  if (!existsSync(file)) throw new Error('The runtime is not set up: run `npm run doctor`, then `npm test`.');
  const runtime = JSON.parse(readFileSync(file, 'utf8')) as RuntimeFile;
  const executable = runtime.electron.executable ?? path.join(runtime.electron.dist, 'electron');
  if (!existsSync(executable))
    throw new Error(`Electron is missing at ${executable}: run \`npm start\` once.`);
  if (!existsSync(path.join(repositoryRoot, 'dist/main/main.cjs')))
    throw new Error('The application is not bundled: run `npm test` or `node scripts/bootstrap/build.mjs`.');
  return executable;
}

/** Chromium refuses to run its sandbox as root; an ordinary user never gets this switch. */
export function sandboxArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
