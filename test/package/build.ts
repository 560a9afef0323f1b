import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/package/build.mjs';
import { readRuntime } from '../../scripts/bootstrap/runtime.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built application and of its twin. */
    readonly release: string;
  }
}

/** Builds the unpacked application and its twin once for all tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  const runtime = readRuntime();
  if (!runtime) throw new Error('The runtime is not set up: start these tests with `npm run test:package`.');
  const output = mkdtempSync(path.join(tmpdir(), 'vas-release-'));
  const options = { runtime, env: process.env, version: undefined, folderOnly: true, twin: true };
  const code = await build({ ...options, output, more: [] });
  if (code !== 0) throw new Error(`the build failed (exit code ${String(code)})`);
  project.provide('release', output);
  return () => rmSync(output, { recursive: true, force: true });
}
