// @ts-check
// Finds the tests that prove an invariant: their title, or that of a group around them, carries its id.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { listFiles } from '../bootstrap/cache.mjs';
import { inRoot, root } from '../bootstrap/paths.mjs';

/** @typedef {'passed' | 'failed' | 'skipped'} Outcome */
/** @typedef {{ids: string[], title: string, file: string, outcome: Outcome}} Proof */

const IDS = /INV-\d\d\b/g;

/** @param {string} text @returns {string[]} */
const idsIn = (text) => [...new Set(text.match(IDS) ?? [])];

/** @param {any} report vitest's JSON @returns {Proof[]} */
export function fromVitest(report) {
  return (report?.testResults ?? []).flatMap((/** @type {any} */ file) =>
    file.assertionResults.map((/** @type {any} */ one) => ({
      ids: idsIn([...one.ancestorTitles, one.title].join(' ')),
      title: one.title,
      file: relative(root, file.name),
      outcome: one.status === 'passed' || one.status === 'failed' ? one.status : 'skipped',
    })),
  );
}

/** @param {any} report Playwright's JSON @returns {Proof[]} */
export function fromPlaywright(report) {
  /** @param {any} suite @param {string} above @returns {Proof[]} */
  const walk = (suite, above) => {
    const title = `${above} ${suite.title ?? ''}`;
    return [
      ...(suite.suites ?? []).flatMap((/** @type {any} */ one) => walk(one, title)),
      ...(suite.specs ?? []).map((/** @type {any} */ spec) => ({
        ids: idsIn(`${title} ${spec.title}`),
        title: spec.title,
        file: join('e2e', spec.file),
        outcome: outcomeOf(spec),
      })),
    ];
  };
  return (report?.suites ?? []).flatMap((/** @type {any} */ suite) => walk(suite, ''));
}

/** @param {any} spec @returns {Outcome} */
function outcomeOf(spec) {
  if (spec.tests.every((/** @type {any} */ one) => one.status === 'skipped')) return 'skipped';
  return spec.ok ? 'passed' : 'failed';
}

const FOLDERS = ['contract', 'main', 'electron', 'renderer', 'native', 'models', 'scripts', 'test', 'e2e'];
/** The first argument of a test or a group of tests, and the names in a table of tests. */
const TITLE =
  /(?:\b(?:it|test|describe)\b[^'"`]{0,40}\(|^\s*\[?\s*)\s*(['"`])((?:\\.|(?!\1).)*?INV-\d\d(?:\\.|(?!\1).)*)\1/gm;

/** Titles in the sources that carry an id, without running anything. @returns {Map<string, Set<string>>} id to files */
export function titlesInSources() {
  const found = new Map();
  const files = listFiles(FOLDERS.map((folder) => inRoot(folder))).filter((path) =>
    /\.(test\.tsx?|spec\.ts)$/.test(path),
  );
  for (const path of files)
    for (const [, , title = ''] of readFileSync(path, 'utf8').matchAll(TITLE))
      for (const id of idsIn(title)) found.set(id, (found.get(id) ?? new Set()).add(relative(root, path)));
  return found;
}
