// @ts-check
// npm run invariants: runs the tests that carry an invariant's id and writes docs/invariants.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readJson } from '../bootstrap/cache.mjs';
import { foreground } from '../bootstrap/foreground.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { commandLine } from '../lib/commandLine.mjs';
import { rowsIn, rowsOf, textOf, withProofs, withResultBefore } from './document.mjs';
import { invariants } from './list.mjs';
import { fromPlaywright, fromVitest, titlesInSources } from './titles.mjs';

const DOCUMENT = inRoot('docs/invariants.md');
const usage = `npm run invariants -- [--titles | --reports=DIR]: writes docs/invariants.md
  --titles       runs nothing: files are named anew, results stay where the tests of a row are the same
  --reports=DIR  takes the results that npm test -- --reports=DIR has left there instead of running tests
Exit code 1: an invariant that applies is not proven.`;
const { values } = commandLine(usage, {
  options: { reports: { type: 'string' }, titles: { type: 'boolean' } },
});
const folder = values.reports ?? mkdtempSync(join(tmpdir(), 'vas-invariants-'));
const unit = join(folder, 'vitest.json');
// The first as it is written here, the others by npm test.
const ends = ['playwright.json', 'beside.json', 'alone.json'].map((name) => join(folder, name));
try {
  if (values.reports === undefined && values.titles !== true) await runTests();
  const before = existsSync(DOCUMENT) ? rowsIn(readFileSync(DOCUMENT, 'utf8')) : [];
  const proofs = [...fromVitest(readJson(unit)), ...ends.flatMap((file) => fromPlaywright(readJson(file)))];
  const day = [unit, ...ends]
    .filter((file) => existsSync(file))
    .map((file) => statSync(file).mtime.toISOString());
  const rows = rowsOf(invariants, titlesInSources())
    .map((row) => withProofs(row, proofs, (day.sort().at(-1) ?? '').slice(0, 10)))
    .map((row) => withResultBefore(row, before));
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(textOf(rows), { ...options, filepath: DOCUMENT }));
  const open = rows.filter(({ result }) => !/^(passed|replaced|not applicable)/.test(result));
  console.log(`docs/invariants.md: ${rows.length} invariants, ${open.length} not proven`);
  for (const { id, result } of open) console.log(`  ${id}: ${result}`);
  process.exitCode = open.length === 0 ? 0 : 1;
} finally {
  if (values.reports === undefined) rmSync(folder, { recursive: true, force: true });
}

async function runTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unit}`];
  await run(['vitest/vitest.mjs', 'run', '-t', 'INV-', ...reporters]);
  await run(['@playwright/test/cli.js', 'test', '-g', 'INV-', '--workers=1', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: ends[0] ?? '',
  });
}

/** @param {string[]} command @param {Record<string, string>} [env] */
function run([program = '', ...args], env = {}) {
  return foreground(process.execPath, [inRoot('node_modules', program), ...args], { ...process.env, ...env });
}
