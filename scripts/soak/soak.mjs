// @ts-check
// npm run soak: cameras in networks of their own, a random fault every few seconds, and what came of it.
import { writeFileSync } from 'node:fs';
import { openDisplay } from '../bootstrap/display.mjs';
import { commandLine } from '../lib/commandLine.mjs';
import { loadTs } from '../lib/loadTs.mjs';

const usage = `npm run soak -- [options]: the application with cameras, and a random fault every few seconds
  --cameras N    1 to 64 (4)
  --minutes N    how long (3)
  --seed S       decides what, where and when; the same again with the same seed
  --ai           with detection
  --faults A,B   only these kinds (docs/reliability.md)
  --json FILE    all that was counted
  --report FILE  the summary as Markdown
Exit code 0: nothing was lost that no fault explains; 1: something was; 2: wrong options.`;
const { values } = commandLine(usage, {
  options: {
    cameras: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    ai: { type: 'boolean', default: false },
    faults: { type: 'string' },
    json: { type: 'string' },
    report: { type: 'string' },
  },
});

/** @param {'cameras' | 'minutes' | 'seed'} name @param {number} low @param {number} high */
function whole(name, low, high) {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  console.error(`--${name} is a whole number from ${low} to ${high}, not '${values[name]}'`);
  process.exit(2);
}
const options = {
  cameras: whole('cameras', 1, 64),
  minutes: whole('minutes', 1, 24 * 60),
  seed: whole('seed', 0, 2 ** 31 - 1),
  ai: values.ai,
  faults: values.faults?.split(',') ?? null,
};

const display = await openDisplay();
Object.assign(process.env, display.env);
const stop = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => stop.abort(new Error(`ended by ${signal}`)));
try {
  const { soak, describe } = await loadTs('scripts/soak/soak.ts');
  const report = await soak({ ...options, signal: stop.signal });
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 1)}\n`);
  const text = describe(report);
  if (values.report) writeFileSync(values.report, text);
  console.log(`\n${text}`);
  process.exitCode = report.passed ? 0 : 1;
} finally {
  display.stop();
}
