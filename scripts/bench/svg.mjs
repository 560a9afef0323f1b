// @ts-check
// Plots of docs/performance.md, drawn as plain SVG.
/** @typedef {import('./history.mjs').HistoryLine} HistoryLine */
/** @typedef {import('./bars.mjs').Bar} Bar */

const MET = '#2e7d4f';
const MISSED = '#b3261e';
const INK = '#1b222a';
const MUTED = '#5b6876';
const LINES = ['#0b57c5', '#b3261e', '#2e7d4f', '#9a5b00', '#7b2fb8'];

/** @param {string} text */
const safe = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
/** @param {number} value */
export const short = (value) =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

/**
 * @param {number} width
 * @param {number} height
 * @param {string[]} parts
 */
function picture(width, height, parts) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/**
 * How far each figure is from its bar; left of the line is better. Bars of 0 have no such distance.
 * @param {{ bar: Bar, value: number }[]} figures
 */
export function barsPlot(figures) {
  const shown = figures.filter(({ bar }) => (bar.atMost ?? bar.atLeast ?? 0) > 0);
  const [left, width, row, top] = [230, 760, 22, 34];
  const plot = width - left - 80;
  const at = (/** @type {number} */ ratio) =>
    left + ((Math.log10(Math.min(10, Math.max(0.01, ratio))) + 2) / 3) * plot;
  const parts = [0.01, 0.1, 1, 10].flatMap((ratio) => [
    `<line x1="${at(ratio)}" x2="${at(ratio)}" y1="${top - 8}" y2="${top + shown.length * row}" stroke="${ratio === 1 ? INK : '#d5dbe1'}"/>`,
    `<text x="${at(ratio)}" y="${top - 14}" text-anchor="middle" fill="${MUTED}">${ratio === 1 ? 'bar' : `${ratio} x`}</text>`,
  ]);
  shown.forEach(({ bar, value }, n) => {
    const ratio = bar.atMost === undefined ? (bar.atLeast ?? 1) / Math.max(value, 1e-9) : value / bar.atMost;
    const y = top + n * row;
    parts.push(
      `<text x="${left - 8}" y="${y + 14}" text-anchor="end" fill="${INK}">${safe(bar.id)}</text>`,
      `<rect x="${left}" y="${y + 4}" width="${Math.max(1, at(ratio) - left).toFixed(1)}" height="${row - 8}" fill="${ratio <= 1 ? MET : MISSED}"/>`,
      `<text x="${width - 4}" y="${y + 14}" text-anchor="end" fill="${MUTED}">${safe(`${short(value)} ${bar.unit}`)}</text>`,
    );
  });
  return picture(width, top + shown.length * row + 8, parts);
}

/**
 * Every run of a suite, one panel a figure, with its bar.
 * @param {Bar[]} bars
 * @param {HistoryLine[]} lines of this suite
 */
export function historyPlot(bars, lines) {
  const [columns, panelWidth, panelHeight] = [3, 250, 130];
  const parts = bars.flatMap((bar, n) => {
    const runs = lines.flatMap(({ results }) =>
      results.filter(({ id }) => id === bar.id).map(({ value }) => value),
    );
    const limit = bar.atMost ?? bar.atLeast ?? 0;
    const top = Math.max(limit, ...runs, 1e-6) * 1.15;
    const [x0, y0] = [(n % columns) * panelWidth + 12, Math.floor(n / columns) * panelHeight + 24];
    const [w, h] = [panelWidth - 30, panelHeight - 50];
    const x = (/** @type {number} */ index) =>
      x0 + (runs.length < 2 ? w / 2 : (index / (runs.length - 1)) * w);
    const y = (/** @type {number} */ value) => y0 + h - (value / top) * h;
    const isMet = (/** @type {number} */ value) =>
      value <= (bar.atMost ?? Infinity) && value >= (bar.atLeast ?? -Infinity);
    return [
      `<text x="${x0}" y="${y0 - 8}" fill="${INK}">${safe(bar.id)}</text>`,
      `<rect x="${x0}" y="${y0}" width="${w}" height="${h}" fill="#f4f6f8"/>`,
      `<line x1="${x0}" x2="${x0 + w}" y1="${y(limit).toFixed(1)}" y2="${y(limit).toFixed(1)}" stroke="${INK}" stroke-dasharray="4 3"/>`,
      runs.length < 2
        ? ''
        : `<polyline fill="none" stroke="${MUTED}" points="${runs.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
      ...runs.map(
        (value, index) =>
          `<circle cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5" fill="${isMet(value) ? MET : MISSED}"/>`,
      ),
      `<text x="${x0}" y="${y0 + h + 16}" fill="${MUTED}">${safe(`bar ${short(limit)}, last ${runs.length === 0 ? '-' : short(runs.at(-1) ?? 0)} ${bar.unit}`)}</text>`,
    ];
  });
  return picture(columns * panelWidth, Math.ceil(bars.length / columns) * panelHeight + 8, parts);
}

/**
 * Cores of each program by number of cameras.
 * @param {Map<string, { cameras: number, cores: number }[]>} series
 */
export function peersPlot(series) {
  const all = [...series.values()].flat();
  const [left, top, w, h] = [56, 24, 520, 240];
  const most = Math.max(1, ...all.map(({ cameras }) => cameras));
  const high = Math.max(0.1, ...all.map(({ cores }) => cores)) * 1.1;
  const x = (/** @type {number} */ cameras) => left + (cameras / most) * w;
  const y = (/** @type {number} */ cores) => top + h - (cores / high) * h;
  const parts = [
    `<rect x="${left}" y="${top}" width="${w}" height="${h}" fill="#f4f6f8"/>`,
    ...[0, 0.5, 1].map(
      (share) =>
        `<text x="${left - 6}" y="${y(high * share) + 4}" text-anchor="end" fill="${MUTED}">${short(high * share)}</text>`,
    ),
    ...[...new Set(all.map(({ cameras }) => cameras))].map(
      (cameras) =>
        `<text x="${x(cameras)}" y="${top + h + 16}" text-anchor="middle" fill="${MUTED}">${cameras}</text>`,
    ),
    `<text x="${left}" y="${top - 8}" fill="${INK}">cores used, by number of cameras</text>`,
  ];
  [...series].forEach(([name, rows], n) => {
    const colour = LINES[n % LINES.length];
    parts.push(
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${rows.map((row) => `${x(row.cameras).toFixed(1)},${y(row.cores).toFixed(1)}`).join(' ')}"/>`,
      ...rows.map(
        (row) =>
          `<circle cx="${x(row.cameras).toFixed(1)}" cy="${y(row.cores).toFixed(1)}" r="3.5" fill="${colour}"/>`,
      ),
      `<text x="${left + w + 10}" y="${top + 16 + n * 18}" fill="${colour}">${safe(name)}</text>`,
    );
  });
  return picture(700, top + h + 28, parts);
}
