// @ts-check
// npm run bench -- --report: docs/performance.md and its plots from bench/history.jsonl, bars.mjs and reasons.mjs. Nothing in it
// is written by hand.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { inRoot } from '../bootstrap/paths.mjs';
import { bars } from './bars.mjs';
import { readHistory } from './history.mjs';
import { peersPart } from './reportPeers.mjs';
import { reasons } from './reasons.mjs';
import { barsPlot, historyPlot, short } from './svg.mjs';

/** @typedef {import('./bars.mjs').Bar} Bar */

const FOLDER = 'docs/performance';

export async function writeReport() {
  const history = readHistory();
  rmSync(inRoot(FOLDER), { recursive: true, force: true });
  mkdirSync(inRoot(FOLDER), { recursive: true });
  const all = Object.entries(bars).flatMap(([suite, list]) =>
    list.filter(hasLimit).map((bar) => ({ suite, bar, last: lastOf(history, suite, bar.id) })),
  );
  const measured = all.flatMap(({ suite, bar, last }) => (last === null ? [] : [{ suite, bar, ...last }]));
  const missed = measured.filter(({ bar, value }) => !isMet(bar, value));
  const missing = all.filter(({ last }) => last === null);
  const plot = (/** @type {string} */ name, /** @type {string} */ svg) => {
    writeFileSync(inRoot(FOLDER, `${name}.svg`), svg);
    return `![${name}](performance/${name}.svg)`;
  };
  const machine = history.at(-1)?.machine ?? {};
  const text = [
    '# Performance',
    '',
    'Status: made by `npm run bench -- --report` from `bench/history.jsonl`; do not edit. A run is added to the history by `npm run bench -- <suite> --keep`, or later from its file by `npm run bench -- --import FILE`. The bars stand in `scripts/bench/bars.mjs`, the reasons for misses in `scripts/bench/reasons.mjs`, how each figure is measured in the `method` of its JSON.',
    '',
    `Machine of the newest run: ${Object.entries(machine)
      .map(([key, value]) => `${key.replace(/_/g, ' ')} ${String(value)}`)
      .join(
        ', ',
      )}. It is a shared virtual machine: the figures of a run differ from those of the next by some percent, and by more where two cores are all in use.`,
    '',
    `${measured.length - missed.length} of ${all.length} bars met, ${missed.length} missed, ${missing.length} not measured.`,
    '',
    ...(measured.length > 0 ? [plot('bars', barsPlot(measured)), ''] : []),
    '| figure | what | bar | value | verdict | measured |',
    '| --- | --- | --- | --- | --- | --- |',
    ...all.map(
      ({ bar, last }) =>
        `| \`${bar.id}\` | ${bar.what} | ${limitOf(bar)} | ${last === null ? '' : `${short(last.value)} ${bar.unit}`} | ${last === null ? 'not measured' : isMet(bar, last.value) ? 'met' : '**missed**'} | ${last?.at.slice(0, 16).replace('T', ' ') ?? ''} |`,
    ),
    '',
    '## Missed',
    '',
    ...(missed.length === 0
      ? ['None in the newest run of each suite.', '']
      : missed.flatMap(({ bar, value }) => [
          `- \`${bar.id}\`: ${short(value)} ${bar.unit}, bar ${limitOf(bar)}. ${reasons[bar.id] ?? 'The reason has not been found yet.'}`,
        ])),
    '',
    ...peersPart(history, plot),
    '## Every run',
    '',
    'The dashed line is the bar; runs from left to right in order of time.',
    '',
    ...Object.entries(bars).flatMap(([suite, list]) => {
      const lines = history.filter((line) => line.suite === suite);
      return lines.length === 0 || !list.some(hasLimit)
        ? []
        : [`### ${suite}`, '', plot(suite, historyPlot(list, lines)), ''];
    }),
  ].join('\n');
  const file = inRoot('docs/performance.md');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
  return { met: measured.length - missed.length, missed: missed.length, missing: missing.length };
}

/**
 * @param {import('./history.mjs').HistoryLine[]} history
 * @param {string} suite
 * @param {string} id
 */
function lastOf(history, suite, id) {
  for (const { at, suite: of, results } of [...history].reverse()) {
    const found = of === suite ? results.find((one) => one.id === id) : undefined;
    if (found !== undefined) return { at, value: found.value };
  }
  return null;
}

/**
 * @param {Bar} bar
 * @param {number} value
 */
const isMet = (bar, value) => value <= (bar.atMost ?? Infinity) && value >= (bar.atLeast ?? -Infinity);

/** @param {Bar} bar */
const hasLimit = ({ atMost, atLeast }) => atMost !== undefined || atLeast !== undefined;

/** @param {Bar} bar */
const limitOf = ({ atMost, atLeast, unit }) =>
  atMost !== undefined
    ? `<= ${short(atMost)} ${unit}`
    : atLeast !== undefined
      ? `>= ${short(atLeast)} ${unit}`
      : 'none';
