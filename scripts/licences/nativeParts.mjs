// @ts-check
// Programs and libraries that are not npm packages of their own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root @returns {import('./collect.mjs').Component[]} */
export function nativeParts(root) {
  const runtime = readRuntime(root);
  const read = (/** @type {string[]} */ ...path) =>
    readFileSync(join(root, 'node_modules', ...path), 'utf8').trim();
  const kind = /** @type {const} */ ('native');
  return [
    {
      ...{ kind, name: 'Electron', version: runtime.electron?.version ?? '', licence: 'MIT' },
      text: read('electron', 'LICENSE'),
    },
    {
      ...{
        kind,
        name: 'Chromium',
        version: runtime.electron?.chrome ?? '',
        licence: 'BSD-3-Clause and others',
      },
      text: 'Chromium and what it contains have many licences. All of them are in the file LICENSES.chromium.html, which is installed beside the application.',
    },
    {
      ...{
        kind,
        name: 'FFmpeg',
        version: runtime.ffmpeg?.version ?? '',
        licence: 'LGPL-2.1-or-later or GPL-2.0-or-later',
      },
      text: 'FFmpeg is not part of the application. It is a program of its own that the operating system provides, and it is run as such. Its licence comes with it (on Debian: /usr/share/doc/ffmpeg/copyright).',
    },
    {
      ...{ kind, name: 'SQLite', version: '', licence: 'Public domain' },
      text: 'SQLite is compiled into better-sqlite3. Its authors have dedicated it to the public domain: https://sqlite.org/copyright.html',
    },
    {
      ...{ kind, name: 'mediasoup-worker', version: runtime.mediasoupWorker?.version ?? '', licence: 'ISC' },
      text: `${read('mediasoup', 'LICENSE')}\n\n----\n\n${linkedLibraries(root)}`,
    },
  ];
}

/** Libraries that mediasoup-worker is built with, as its build files name them. @param {string} root */
function linkedLibraries(root) {
  const folder = join(root, 'node_modules/mediasoup/worker/subprojects');
  if (!existsSync(folder)) return '';
  const libraries = readdirSync(folder)
    .filter((name) => name.endsWith('.wrap') && !name.startsWith('catch2'))
    .sort()
    .map((name) => {
      const source = /^source_url\s*=\s*(\S+)/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? '';
      return `  ${name.replace('.wrap', '')}  ${source}`;
    });
  return [
    'It is linked with these libraries. Each has the licence that its source carries:',
    '',
    ...libraries,
  ].join('\n');
}

/** What the bootstrap found or built. @param {string} root @returns {Record<string, {version?: string, chrome?: string} | undefined>} */
function readRuntime(root) {
  const file = join(root, 'node_modules/.vas-runtime.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
