// @ts-check
// The copyright file of the package: ours, and where the licences of what we carry are.
import { readFileSync } from 'node:fs';
import { inRoot } from '../bootstrap/paths.mjs';
import { splitLockedPackages } from './externals.mjs';

export function copyrightText() {
  const { license } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const carried = splitLockedPackages().keep.map((name) => {
    const its = JSON.parse(readFileSync(inRoot('node_modules', name, 'package.json'), 'utf8'));
    return `  ${name} ${its.version}: ${its.license ?? 'see its folder'}`;
  });
  return [
    `VAS Workstation: ${license}. All rights reserved.`,
    '',
    'It contains Electron and Chromium; their licences are /usr/lib/vas-workstation/LICENSE.electron.txt and',
    '/usr/lib/vas-workstation/LICENSES.chromium.html. FFmpeg is used as the separate Debian package ffmpeg.',
    '',
    'It contains these npm packages, each with its licence in',
    '/usr/lib/vas-workstation/resources/app.asar.unpacked/node_modules:',
    '',
    ...carried,
    '',
  ].join('\n');
}
