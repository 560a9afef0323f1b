import { messageOf } from '../../main/base/errors';
import { redactText } from '../../main/base/redact';

export interface CheckResult {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly elapsed_ms: number;
  /** What was found, or why it failed; never credentials. */
  readonly detail: unknown;
}

/** One part of the self-test. */
export interface Check {
  readonly name: string;
  /** After so long it has failed, milliseconds. */
  readonly limitMs: number;
  /** @returns what was found @throws Skipped, or Error with what is wrong */
  readonly run: () => Promise<unknown>;
}

/** What `--self-test` prints as one JSON document. */
export interface SelfTestReport {
  readonly ok: boolean;
  readonly application: { readonly name: string; readonly version: string; readonly packaged: boolean };
  readonly runtime: { readonly electron: string; readonly chrome: string; readonly node: string };
  readonly platform: string;
  readonly checks: readonly CheckResult[];
}

/** Thrown by a check that has nothing to test here. */
export class Skipped extends Error {}

/** Runs checks one after the other; after a failure the rest still runs, so that the report is complete. */
export async function runChecks(
  checks: readonly Check[],
  now: () => number = () => performance.now(),
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, limitMs, run } of checks) {
    const start = now();
    const result = (state: CheckResult['state'], detail: unknown) =>
      results.push({ name, state, elapsed_ms: Math.round(now() - start), detail });
    try {
      result('passed', await within(limitMs, run()));
    } catch (error) {
      if (error instanceof Skipped) result('skipped', error.message);
      else result('failed', redactText(messageOf(error)));
    }
  }
  return results;
}

export const succeeded = (results: readonly CheckResult[]): boolean =>
  results.every(({ state }) => state !== 'failed');

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no result within ${String(limitMs / 1000)} s`)), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
