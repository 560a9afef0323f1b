// @ts-check
// The copyright file of the package: ours, and the licence of everything that is carried, bundled or beside it.
import { readFileSync } from 'node:fs';
import { collectLicences } from '../licences/collect.mjs';
import { inRoot, root } from '../bootstrap/paths.mjs';

/** Parts that are no part of the package, or whose texts lie beside the executable. */
const ELSEWHERE = new Set(['Electron', 'Chromium', 'FFmpeg']);

export function copyrightText() {
  const { license } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const carried = collectLicences(root).filter(({ kind, name }) => kind !== 'native' || !ELSEWHERE.has(name));
  return [
    `VAS Workstation: ${license}. All rights reserved.`,
    '',
    'It contains Electron and Chromium; their licences are /usr/lib/vas-workstation/LICENSE.electron.txt and',
    '/usr/lib/vas-workstation/LICENSES.chromium.html. FFmpeg is used as the separate Debian package ffmpeg.',
    '',
    'It contains these packages, programs and models; the text of each licence follows.',
    '',
    ...carried.map(({ name, version, licence }) => `  ${`${name} ${version}`.trim()}: ${licence}`),
    '',
    ...carried.flatMap(({ name, version, text }) => [
      '-'.repeat(72),
      `${name} ${version}`.trim(),
      '',
      text,
      '',
    ]),
  ].join('\n');
}
