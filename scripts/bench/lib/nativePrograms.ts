import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Native from '../../../native';
import { compileProgram, optimised, runProgram } from '../../../native/test/compile';
import { rounded } from './result';

/** The addon as this Node loads it; in a bundle it cannot be imported. */
export function nativeAddon(): typeof Native {
  return createRequire(path.resolve('package.json'))('./native/index.cjs') as typeof Native;
}

/** Compiles a program of native/test/cpp as the addon is compiled, and runs it. @returns its line of JSON */
export async function measured<T>(program: string, ...args: (string | number)[]): Promise<T> {
  const file = await compileProgram({ program, flags: optimised });
  return JSON.parse(await runProgram(file, args.map(String), 170_000)) as T;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Median by median. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return rounded(median(ours) / median(theirs));
}
