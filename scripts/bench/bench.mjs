// @ts-check
// npm run bench: measures through the product's own path and prints each figure beside its bar; makes the report of the history.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { openDisplay } from '../bootstrap/display.mjs';
import { commandLine } from '../lib/commandLine.mjs';
import { loadTs } from '../lib/loadTs.mjs';
import { bars } from './bars.mjs';
import { keep } from './history.mjs';
import { unpackPeers } from './peers/unpack.mjs';
import { writeReport } from './report.mjs';

const PEER_PACKAGES = [
  'motion',
  'gstreamer1.0-tools',
  'gstreamer1.0-plugins-good',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-libav',
  'python3-gi',
];

const usage = `npm run bench -- [SUITE...] [options]: measures; all suites where none is named
  --json FILE       results with raw samples
  --keep            adds them to bench/history.jsonl
  --kills N         how often the suite kills does it
  --cameras 1,4,16  how many cameras the suites peers compare with
  --verbose         samples and method of each result as well
npm run bench -- --import FILE...  adds results to the history
npm run bench -- --report          makes docs/performance.md from it
npm run bench -- --install-peers   installs the programs of the suites peers that Debian has, and unpacks into the cache folder
                                   those whose installation would start services; nothing else does
Suites: ${Object.keys(bars).join(', ')}
Exit code 0: every figure was measured, whether it reaches its bar or not; 1: not all; 2: wrong options.`;
const { positionals, values } = commandLine(usage, {
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    kills: { type: 'string' },
    cameras: { type: 'string' },
    keep: { type: 'boolean', default: false },
    import: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    'install-peers': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
if (values.import) {
  for (const file of positionals) {
    const content = JSON.parse(readFileSync(file, 'utf8'));
    for (const report of Array.isArray(content) ? content : [content])
      console.log(`${report.suite}: ${keep(report) ? 'added to the history' : 'known already, or empty'}`);
  }
}
if (values.report) {
  const { met, missed, missing } = await writeReport();
  console.log(`docs/performance.md: ${met} bars met, ${missed} missed, ${missing} not measured.`);
}
if (values['install-peers']) {
  const root = process.getuid?.() === 0 ? [] : ['sudo'];
  const [file = 'apt-get', ...args] = [
    ...root,
    'apt-get',
    'install',
    '-y',
    '--no-install-recommends',
    ...PEER_PACKAGES,
  ];
  process.exitCode = spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
  unpackPeers();
}
if (!values.import && !values.report && !values['install-peers']) await main();

async function main() {
  // How often the suite kills does it, and with how many cameras the suite peers compares.
  if (values.kills !== undefined) process.env['VAS_BENCH_KILLS'] = values.kills;
  if (values.cameras !== undefined) process.env['VAS_BENCH_CAMERAS'] = values.cameras;
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
    process.exitCode = await run(stop.signal);
  } finally {
    display.stop();
  }
}

/** @param {AbortSignal} signal */
async function run(signal) {
  const { measure } = await loadTs('scripts/bench/measure.ts');
  const reports = [];
  for (const suite of positionals.length > 0 ? positionals : Object.keys(bars))
    reports.push(await measure(suite, { signal, verbose: values.verbose }));
  if (values.keep) for (const report of reports) keep(report);
  if (values.json) {
    const [only] = reports;
    const content = reports.length === 1 ? only : reports;
    writeFileSync(values.json, `${JSON.stringify(content, null, 1)}\n`);
  }
  const missing = reports.flatMap((/** @type {any} */ report) =>
    (bars[report.suite] ?? []).filter(
      ({ id, atMost, atLeast }) =>
        (atMost !== undefined || atLeast !== undefined) &&
        !report.results.some((/** @type {any} */ one) => one.id === id),
    ),
  );
  if (missing.length > 0) console.error(`\nNot measured: ${missing.map(({ id }) => id).join(', ')}`);
  return missing.length === 0 ? 0 : 1;
}
