// @ts-check
// The history of figures: one line a suite run in bench/history.jsonl, with facts of the machine but not its name.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../bootstrap/paths.mjs';

/** @typedef {{ id: string, value: number, unit: string, rows?: unknown }} Figure */
/** @typedef {{ at: string, suite: string, machine: Record<string, unknown>, results: Figure[] }} HistoryLine */

const FILE = inRoot('bench/history.jsonl');
const MACHINE = ['cpu', 'cores', 'memory_gib', 'kernel', 'node', 'electron', 'chrome', 'ffmpeg'];

/** @returns {HistoryLine[]} the oldest first */
export function readHistory() {
  if (!existsSync(FILE)) return [];
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, n) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new Error(`bench/history.jsonl, line ${n + 1}, is no JSON: ${String(error)}`);
      }
    })
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}

/**
 * Adds what a suite measured. A run that is there already is not added again.
 * @param {any} report as `npm run bench -- --json` writes it
 */
export function keep(report) {
  const { suite, machine, results } = report ?? {};
  if (typeof suite !== 'string' || !Array.isArray(results) || typeof machine?.measured_at !== 'string')
    throw new Error('This is no result of a suite: it needs suite, machine.measured_at and results.');
  if (results.length === 0) return false;
  const at = machine.measured_at;
  if (readHistory().some((line) => line.at === at && line.suite === suite)) return false;
  const facts = Object.fromEntries(MACHINE.flatMap((key) => (key in machine ? [[key, machine[key]]] : [])));
  /** @type {HistoryLine} */
  const line = {
    ...{ at, suite, machine: facts },
    results: results.map((/** @type {any} */ { id, value, unit, samples }) => ({
      ...{ id, value: Math.round(value * 1e4) / 1e4, unit },
      ...rowsOf(suite, id, samples),
    })),
  };
  mkdirSync(path.dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(line)}\n`);
  return true;
}

/**
 * Of the peers: how each number of cameras came out, the spread of delays, and who could not be run.
 * @param {string} suite
 * @param {string} id
 * @param {any} samples
 * @returns {{ rows?: unknown }}
 */
function rowsOf(suite, id, samples) {
  if (!suite.startsWith('peers')) return {};
  if (id.endsWith('.not_run')) return { rows: samples };
  if (samples?.rows) return { rows: samples.rows };
  if (samples?.p95 === undefined) return {};
  const { n, min, p50, p95, max, visits, missed } = samples;
  return { rows: { n, min, p50, p95, max, ...(visits === undefined ? {} : { visits, missed }) } };
}
