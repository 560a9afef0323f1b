// @ts-check
// npm run invariants [-- --reports=DIR]: runs the tests that carry an invariant's id (or reads vitest.json and
// playwright.json in DIR) and writes docs/invariants.md. Exit code 1 when an invariant that applies is not proven.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { readJson } from '../bootstrap/cache.mjs';
import { foreground } from '../bootstrap/foreground.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { invariants } from './list.mjs';
import { fromPlaywright, fromVitest } from './titles.mjs';

const { values } = parseArgs({ options: { reports: { type: 'string' } } });
const folder = values.reports ?? mkdtempSync(join(tmpdir(), 'vas-invariants-'));
const [unit, e2e] = [join(folder, 'vitest.json'), join(folder, 'playwright.json')];
try {
  if (values.reports === undefined) {
    await run([
      'vitest/vitest.mjs',
      'run',
      '-t',
      'INV-',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unit}`,
    ]);
    await run(['@playwright/test/cli.js', 'test', '-g', 'INV-', '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_NAME: e2e,
    });
  }
  const proofs = [...fromVitest(readJson(unit)), ...fromPlaywright(readJson(e2e))];
  const rows = invariants.map((one) => ({
    ...one,
    // A file's other tests are left out by the filter and say nothing.
    proofs: proofs.filter(({ ids, outcome }) => ids.includes(one.id) && outcome !== 'skipped'),
  }));
  writeFileSync(
    inRoot('docs/invariants.md'),
    await format(text(rows), { parser: 'markdown', printWidth: 110 }),
  );
  const open = rows.filter(({ status, proofs: all }) => status === 'applies' && resultOf(all) !== 'passed');
  console.log(`docs/invariants.md: ${rows.length} invariants, ${open.length} not proven`);
  for (const { id, proofs: all } of open) console.log(`  ${id}: ${resultOf(all)}`);
  process.exitCode = open.length === 0 ? 0 : 1;
} finally {
  if (values.reports === undefined) rmSync(folder, { recursive: true, force: true });
}

/** @param {string[]} command @param {Record<string, string>} [env] */
function run([program = '', ...args], env = {}) {
  return foreground(process.execPath, [inRoot('node_modules', program), ...args], { ...process.env, ...env });
}

/** @param {import('./titles.mjs').Proof[]} proofs */
function resultOf(proofs) {
  if (proofs.length === 0) return 'no test ran';
  return proofs.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'passed';
}

/** @param {(import('./list.mjs').Invariant & {proofs: import('./titles.mjs').Proof[]})[]} rows */
function text(rows) {
  const count = (/** @type {string} */ status) => rows.filter((row) => row.status === status).length;
  const cell = (/** @type {string} */ value) => value.replaceAll('|', '\\|');
  const lines = rows.map(({ id, statement, status, reason, proofs }) => {
    const files = [...new Set(proofs.map(({ file }) => `\`${file}\``))].join(', ');
    const result = status === 'applies' ? `${resultOf(proofs)} (${proofs.length})` : status;
    const remark = reason === undefined ? '' : ` _${reason}_`;
    return `| ${id} | ${cell(statement)}${cell(remark)} | ${files} | ${result} |`;
  });
  return [
    '# Invariants',
    '',
    `Made by \`npm run invariants\` on ${new Date().toISOString().slice(0, 10)} from \`scripts/invariants/list.mjs\` and the reports of the tests whose titles carry an id; never edited by hand. ${count('applies')} apply, ${count('replaced')} are replaced by something of ours, ${count('not applicable')} do not apply; the reason stands with each. The result counts the tests that ran.`,
    '',
    '| id | what must hold | tests | result |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
