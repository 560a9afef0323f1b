// @ts-check
// What docs/performance.md says of other programs, from the newest run of each suite of peers.
import { bars } from './bars.mjs';
import { peersPlot, short } from './svg.mjs';

/** @typedef {import('./history.mjs').HistoryLine} HistoryLine */

/** @type {{ suite: string, title: string, base: string, what: string, extra: [string, string][] }[]} */
const TABLES = [
  {
    ...{ suite: 'peers', title: 'Recording', base: 'ffmpeg' },
    what: 'The same cameras, recorded by each program alone in the same run. Ours counts everything: window, SFU, database. Motion decodes every picture besides; ZoneMinder has decoding off and counts its MariaDB.',
    extra: [['disk_mib_per_camera_minute', 'written, MiB per camera-minute']],
  },
  {
    ...{ suite: 'peers-live', title: 'Live view', base: 'gstreamer' },
    what: 'The same cameras over WebRTC to one viewer each on the same machine. Counted: what serves (of ours main process, FFmpeg and SFU, which record as well; of GStreamer the process with rtspsrc and webrtcbin). What views stands apart: of ours the window with its decoders and painting, of GStreamer decoders without a screen.',
    extra: [
      ['viewer_cores', 'viewers, cores'],
      ['shown_share', 'pictures shown'],
    ],
  },
  {
    ...{ suite: 'peers-frames', title: 'Pictures for a model', base: 'ffmpeg' },
    what: 'Five pictures a second of each camera at the size of a light detector. Ours: decoders, taps, rings, motion masks and tensors; FFmpeg: decode, fps, scale, thrown away.',
    extra: [
      ['decoder_cores', 'of which decoders, cores'],
      ['ingest_cores', 'ingest, which records anyway, cores'],
    ],
  },
];

/**
 * @param {HistoryLine[]} history
 * @param {(name: string, svg: string) => string} plot
 */
export function peersPart(history, plot) {
  const parts = [...TABLES.flatMap((table) => tablePart(history, plot, table)), ...delayPart(history)];
  return parts.length === 0 ? [] : ['## Against others', '', ...parts];
}

const when = (/** @type {HistoryLine} */ line) => line.at.slice(0, 16).replace('T', ' ');

/**
 * @param {HistoryLine[]} history
 * @param {(name: string, svg: string) => string} plot
 * @param {TABLES[number]} table
 */
function tablePart(history, plot, { suite, title, base, what, extra }) {
  const line = history.findLast((one) => one.suite === suite);
  if (line === undefined) return [];
  /** @type {Map<string, any[]>} */
  const series = new Map();
  for (const { id, rows } of line.results) {
    const name = new RegExp(`^${suite}\\.(\\w+)_cpu_s$`).exec(id)?.[1];
    if (name !== undefined && Array.isArray(rows)) series.set(name, rows);
  }
  const plain = series.get(base) ?? [];
  const ratio = (/** @type {any} */ row) => {
    const same = plain.find(({ cameras }) => cameras === row.cameras);
    return same === undefined || same.cores === 0 ? '' : `${short(row.cores / same.cores)} x`;
  };
  const value = (/** @type {any} */ number) => (typeof number === 'number' ? short(number) : '');
  return [
    `### ${title}`,
    '',
    `${what} (${when(line)})`,
    '',
    plot(suite, peersPlot(series)),
    '',
    `| program | cameras | CPU s per camera-minute | against ${base} | memory (PSS), MiB | ${extra.map(([, head]) => head).join(' | ')} |`,
    `| --- | --- | --- | --- | --- | ${extra.map(() => '---').join(' | ')} |`,
    ...[...series].flatMap(([name, rows]) =>
      rows.map(
        (row) =>
          `| ${name} | ${row.cameras} | ${short(row.cpu_s_per_camera_minute)} | ${ratio(row)} | ${short(row.pss_mib)} | ${extra.map(([key]) => value(row[key])).join(' | ')} |`,
      ),
    ),
    '',
    ...[...series].flatMap(([name, rows]) => {
      const [first, last] = [rows[0], rows.at(-1)];
      if (first === last) return [];
      const grown = (/** @type {string} */ key) =>
        short((last[key] - first[key]) / (last.cameras - first.cameras));
      return [`- ${name}: each camera more costs ${grown('cores')} cores and ${grown('pss_mib')} MiB.`];
    }),
    ...notRun(line),
    '',
  ];
}

/** @param {HistoryLine} line */
function notRun(line) {
  const rows = line.results.find(({ id }) => id.endsWith('.not_run'))?.rows;
  return Array.isArray(rows) ? rows.map(({ peer, reason }) => `- ${peer}: not run: ${reason}`) : [];
}

/** @param {HistoryLine[]} history */
function delayPart(history) {
  const suite = 'peers-delay';
  const line = history.findLast((one) => one.suite === suite);
  if (line === undefined) return [];
  const told = (bars[suite] ?? []).flatMap(({ id, what }) => {
    const rows = /** @type {any} */ (line.results.find((one) => one.id === id)?.rows);
    return rows?.p95 === undefined ? [] : [{ what, ...rows }];
  });
  return [
    '### Delays',
    '',
    `From the painting of a picture to what is named, the camera's own encoder included; and from the painting of the first picture in which something has come to when a program says so. How each is measured: \`method\` in its JSON. (${when(line)})`,
    '',
    '| what | median, ms | p95, ms | most, ms | of |',
    '| --- | --- | --- | --- | --- |',
    ...told.map(
      ({ what, p50, p95, max, n, visits, missed }) =>
        `| ${what.replace(/, median$/, '')} | ${short(p50)} | ${short(p95)} | ${short(max)} | ${visits === undefined ? `${n} pictures` : `${n} visits, ${missed} missed`} |`,
    ),
    '',
    ...notRun(line),
    '',
  ];
}
