// @ts-check
// npm run bench -- [suite] [--json FILE] [--kills N]: measures through the product's own path and prints each figure beside
// its bar. Exit code 0 when every figure of the suite was measured, whether it reaches its bar or not.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDisplay } from '../bootstrap/display.mjs';
import { loadTs } from '../lib/loadTs.mjs';
import { bars } from './bars.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    kills: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
// How often the suite kills does it.
if (values.kills !== undefined) process.env['VAS_BENCH_KILLS'] = values.kills;
const unknown = positionals.filter((name) => !Object.hasOwn(bars, name));
if (unknown.length > 0) {
  console.error(`Unknown suite ${unknown.join(', ')}. Known: ${Object.keys(bars).join(', ')}`);
  process.exit(2);
}

// Normally there is one already; this is for starting the file by hand.
const display = await openDisplay();
Object.assign(process.env, display.env);
const stop = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => stop.abort(new Error(`ended by ${signal}`)));
try {
  process.exitCode = await run();
} finally {
  display.stop();
}

async function run() {
  const { measure } = await loadTs('scripts/bench/measure.ts');
  const reports = [];
  for (const suite of positionals.length > 0 ? positionals : Object.keys(bars))
    reports.push(await measure(suite, { signal: stop.signal, verbose: values.verbose }));
  if (values.json) {
    const [only] = reports;
    const content = reports.length === 1 ? only : reports;
    writeFileSync(values.json, `${JSON.stringify(content, null, 1)}\n`);
  }
  const missing = reports.flatMap((/** @type {any} */ report) =>
    (bars[report.suite] ?? []).filter(
      ({ id }) => !report.results.some((/** @type {any} */ one) => one.id === id),
    ),
  );
  if (missing.length > 0) console.error(`\nNot measured: ${missing.map(({ id }) => id).join(', ')}`);
  return missing.length === 0 ? 0 : 1;
}
