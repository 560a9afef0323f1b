// @ts-check
// docs/invariants.md: its rows are made of the list and of the titles of the tests; results come from reports of runs
// and stay until a test of the row changes.

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} statement with its remark
 * @property {string} tests files, each once
 * @property {string} result
 */

const HEAD = ['id', 'what must hold', 'tests', 'result'];
/** What stands where no report of a run was read since the tests of an invariant changed. */
export const NOT_RUN = 'not run yet';

/**
 * What follows from list and titles alone; the result of those that apply is still to come.
 * @param {readonly import('./list.mjs').Invariant[]} invariants
 * @param {ReadonlyMap<string, ReadonlySet<string>>} titles id to files
 * @returns {Row[]}
 */
export function rowsOf(invariants, titles) {
  return invariants.map(({ id, statement, status, reason }) => ({
    id,
    statement: cell(reason === undefined ? statement : `${statement} _${reason}_`),
    tests: [...(titles.get(id) ?? [])]
      .sort()
      .map((file) => `\`${file}\``)
      .join(', '),
    result: status === 'applies' ? NOT_RUN : status,
  }));
}

/**
 * @param {Row} row
 * @param {readonly import('./titles.mjs').Proof[]} proofs of one run
 * @param {string} day of the run, YYYY-MM-DD
 * @returns {Row} with what the run says of it; as it was when the run says nothing
 */
export function withProofs(row, proofs, day) {
  const ours = proofs.filter(({ ids, outcome }) => ids.includes(row.id) && outcome !== 'skipped');
  if (ours.length === 0 || row.result === 'replaced' || row.result === 'not applicable') return row;
  const failed = ours.filter(({ outcome }) => outcome === 'failed').length;
  const files = new Set(ours.map(({ file }) => file)).size;
  const counted = `${ours.length} ${ours.length === 1 ? 'test' : 'tests'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  return { ...row, result: failed > 0 ? `failed: ${failed} of ${counted}` : `passed: ${counted}, ${day}` };
}

/** @param {Row} row @param {readonly Row[]} before rows of the document as it was @returns {Row} */
export function withResultBefore(row, before) {
  const known = before.find(({ id }) => id === row.id);
  return known !== undefined && known.tests === row.tests && row.result === NOT_RUN
    ? { ...row, result: known.result }
    : row;
}

/** @param {readonly Row[]} rows @returns {string} Markdown, still to be formatted */
export function textOf(rows) {
  const count = (/** @type {RegExp} */ result) => rows.filter((row) => result.test(row.result)).length;
  const [replaced, foreign] = [count(/^replaced$/), count(/^not applicable$/)];
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [
    '# Invariants',
    '',
    'What the reference promises, in our words, and the tests that prove it: a test that proves an invariant carries its id in its title. ' +
      'Made by `npm run invariants` from `scripts/invariants/list.mjs`, the titles and the reports of runs; never edited by hand. ' +
      `${rows.length - replaced - foreign} apply, ${replaced} are replaced by something of ours (docs/deviations.md), ${foreign} does not apply; ` +
      'the reason stands with each. A result is of the day that it names, and stays until the tests of its row change.',
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...rows.map(({ id, statement, tests, result }) => line([id, statement, tests, result])),
    '',
  ].join('\n');
}

/** @param {string} text of the document @returns {Row[]} */
export function rowsIn(text) {
  return text
    .split('\n')
    .filter((line) => /^\| INV-\d\d /.test(line))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).slice(1, -1);
      const [id = '', statement = '', tests = '', result = ''] = cells.map((one) => one.trim());
      return { id, statement, tests, result };
    });
}

/** @param {string} value */
const cell = (value) => value.replaceAll('|', '\\|');
