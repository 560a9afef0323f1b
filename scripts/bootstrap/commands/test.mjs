// @ts-check
// npm test: static checks, unit tests, end-to-end tests, a short soak, and only on demand the package's; stops at the first step that fails.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { readJson } from '../cache.mjs';
import { foreground } from '../foreground.mjs';
import { BootstrapError, seconds } from '../log.mjs';
import { inRoot } from '../paths.mjs';

/** @typedef {{passed: number, failed: number, skipped: number, unsteady?: string[]}} Counts `unsteady` passed at their second attempt */
/**
 * @typedef {object} Step
 * @property {string} name
 * @property {'lint' | 'unit' | 'e2e' | 'soak' | 'package'} part
 * @property {string} program file below node_modules
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 * @property {() => Counts} [count]
 */

/** @param {string} reports @returns {Step[]} */
const steps = (reports) => [
  { name: 'eslint', part: 'lint', program: 'eslint/bin/eslint.js', args: ['.'] },
  { name: 'prettier', part: 'lint', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
  { name: 'tsc', part: 'lint', program: 'typescript/bin/tsc', args: ['-p', '.', '--noEmit'] },
  {
    name: 'unit tests',
    part: 'unit',
    program: 'vitest/vitest.mjs',
    args: [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'vitest.json')}`,
    ],
    count: () => countVitest(readJson(join(reports, 'vitest.json'))),
  },
  // Three applications at a time, and then those that nothing may run beside (e2e/alone.ts).
  endToEnd(reports, 'end-to-end tests', 'beside'),
  endToEnd(reports, 'end to end, alone', 'alone'),
  {
    // The same faults each time: a failure can be looked into.
    name: 'soak',
    part: 'soak',
    program: '../scripts/soak/soak.mjs',
    args: ['--cameras', '3', '--minutes', '3', '--seed', '1', '--ai'],
  },
  {
    // Builds the application: only when asked for.
    name: 'package tests',
    part: 'package',
    program: 'vitest/vitest.mjs',
    args: [
      'run',
      '--config=test/package/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(reports, 'package.json')}`,
    ],
    count: () => countVitest(readJson(join(reports, 'package.json'))),
  },
];

/** @param {string} reports @param {string} name @param {string} project @returns {Step} */
function endToEnd(reports, name, project) {
  const report = join(reports, `${project}.json`);
  return {
    ...{ name, part: 'e2e', program: '@playwright/test/cli.js' },
    // A chosen spec is in one of the projects only.
    args: [
      ...['test', '--reporter=list,json', `--project=${project}`, '--pass-with-no-tests'],
      // Playwright empties its folder first: the one after the other would take its pictures away.
      `--output=test-results/${project}`,
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count: () => countPlaywright(readJson(report)),
  };
}

/** @param {import('./index.mjs').Context} context */
export async function test({ env, args }) {
  /** @param {string} name */
  const given = (name) => args.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const only = given('--only');
  const kept = given('--reports');
  const rest = args.filter((argument) => !/^--(only|reports)=/.test(argument));
  if (only && !['lint', 'unit', 'e2e', 'soak', 'package'].includes(only))
    throw new BootstrapError(`--only is lint, unit, e2e, soak or package, not '${only}'`);
  if (rest.length > 0 && (!only || only === 'lint'))
    throw new BootstrapError(
      `'${rest.join(' ')}' needs --only=unit, --only=e2e or --only=soak: the runners take different arguments`,
    );

  const reports = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'vas-test-'));
  mkdirSync(reports, { recursive: true });
  try {
    const chosen = steps(reports).filter(({ part }) => (only ? part === only : part !== 'package'));
    return await runAll(chosen, rest, env);
  } finally {
    if (!kept) rmSync(reports, { recursive: true, force: true });
  }
}

/** @param {Step[]} chosen @param {string[]} extra @param {NodeJS.ProcessEnv} env */
async function runAll(chosen, extra, env) {
  /** @type {[string, string, string][]} */
  const table = [];
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const unsteady = [];
  let exitCode = 0;
  for (const group of groups(chosen)) {
    if (exitCode !== 0) {
      for (const { name } of group) table.push([name, '', 'not run']);
      continue;
    }
    const results = await Promise.all(group.map((step) => runStep(step, extra, env, group.length > 1)));
    for (const { step, code, time, state } of results) {
      const counts = step.count?.() ?? { passed: 0, failed: 0, skipped: 0 };
      unsteady.push(...(counts.unsteady ?? []));
      // A step that fails without a failed test (lint, a crash before any test) must not end in "0 failed".
      if (code !== 0 && counts.failed === 0) counts.failed = 1;
      for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key];
      exitCode ||= code;
      table.push([step.name, time, state]);
    }
  }
  if (
    extra.length > 0 &&
    exitCode === 0 &&
    total.passed + total.skipped === 0 &&
    chosen.some(({ count }) => count)
  ) {
    console.error(`\nno test fits '${extra.join(' ')}'`);
    exitCode = 1;
  }
  console.log('');
  for (const [name, time, state] of table) console.log(`${name.padEnd(18)}${time.padStart(9)}  ${state}`);
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  // Never hidden: each of them is a race in the application or in its test.
  for (const title of unsteady) console.log(`passed only at the second attempt: ${title}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return exitCode;
}

/** The static checks run at the same time, everything else alone. @param {Step[]} chosen @returns {Step[][]} */
function groups(chosen) {
  const checks = chosen.filter(({ part }) => part === 'lint');
  const others = chosen.filter(({ part }) => part !== 'lint');
  return [...(checks.length > 0 ? [checks] : []), ...others.map((step) => [step])];
}

/**
 * @param {Step} step @param {string[]} extra @param {NodeJS.ProcessEnv} env
 * @param {boolean} whole what it prints is shown in one piece when it has ended
 */
async function runStep(step, extra, env, whole) {
  /** @type {Buffer[]} */
  const printed = [];
  if (!whole) console.log(`\n== ${step.name}`);
  const start = performance.now();
  const code = await foreground(
    process.execPath,
    [inRoot('node_modules', step.program), ...step.args, ...extra],
    { ...env, ...step.env },
    whole ? (chunk) => printed.push(chunk) : undefined,
  );
  const time = seconds(performance.now() - start);
  const state = code === 0 ? 'ok' : `failed (exit code ${code})`;
  if (whole) process.stdout.write(Buffer.concat([Buffer.from(`\n== ${step.name}\n`), ...printed]));
  console.log(`== ${step.name}: ${state}, ${time}`);
  return { step, code, time, state };
}

/** @param {any} report @returns {Counts} */
export function countVitest(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0, unsteady: [] };
  // A file that does not even load has no tests to fail.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ each) => each.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
    unsteady: report.testResults.flatMap(unsteadyIn),
  };
}

/**
 * A test that passed although an attempt failed, with the first line of that failure: Vitest shows neither.
 * @param {any} file @returns {string[]}
 */
function unsteadyIn({ name, assertionResults }) {
  return assertionResults
    .filter((/** @type {any} */ each) => each.status === 'passed' && (each.failureMessages ?? []).length > 0)
    .map((/** @type {any} */ each) => {
      const [reason] = each.failureMessages[0].split('\n');
      return `${[relative(inRoot(), name), ...each.ancestorTitles.filter(Boolean), each.title].join(' > ')} (${reason})`;
    });
}

/** @param {any} report @returns {Counts} */
export function countPlaywright(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return {
    ...{ passed: expected + flaky, failed: unexpected + report.errors.length, skipped },
    unsteady: report.suites.flatMap((/** @type {any} */ suite) => unsteadyOf(suite, [])),
  };
}

/** @param {any} suite @param {string[]} above @returns {string[]} */
function unsteadyOf({ title, specs = [], suites = [] }, above) {
  const path = [...above, title];
  return [
    ...specs
      .filter((/** @type {any} */ { tests }) =>
        tests.some((/** @type {any} */ { status }) => status === 'flaky'),
      )
      .map((/** @type {any} */ spec) => [...path, spec.title].join(' > ')),
    ...suites.flatMap((/** @type {any} */ inner) => unsteadyOf(inner, path)),
  ];
}
