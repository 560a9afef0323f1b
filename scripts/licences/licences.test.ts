import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import packageFile from '../../package.json';
import { copyrightText } from '../package/copyright.mjs';
import { collectLicences, packageComponents, withoutText } from './collect.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test('everything that is shipped has a licence with its text', () => {
  const components = collectLicences(root);
  expect(withoutText(components)).toEqual([]);
  const names = components.map(({ name }) => name);
  for (const name of Object.keys(packageFile.dependencies)) expect(names).toContain(name);
  for (const name of ['Electron', 'Chromium', 'FFmpeg', 'SQLite', 'mediasoup-worker'])
    expect(names).toContain(name);
  expect(names).not.toContain('vitest');
  for (const { name, licence, text } of components)
    if (licence.startsWith('MPL')) expect(text, name).toContain(`https://www.npmjs.com/package/${name}/v/`);
  expect(new Set(components.map(({ name, version }) => `${name}@${version}`)).size).toBe(components.length);
});

test('the copyright file of the package carries every licence, those inside the bundles too', () => {
  const text = copyrightText();
  for (const name of Object.keys(packageFile.dependencies)) expect(text).toContain(`\n${name} `);
  for (const { name, text: licence } of collectLicences(root))
    if (!['Electron', 'Chromium', 'FFmpeg'].includes(name)) expect(text, name).toContain(licence);
});

test('a package without text is named; one for development or of another platform is none of ours', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-licences-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const add = async (name: string, files: Record<string, string>) => {
    await mkdir(path.join(folder, 'node_modules', name), { recursive: true });
    const about = JSON.stringify({ name, version: '1.0.0', license: 'MIT' });
    for (const [file, text] of Object.entries({ 'package.json': about, ...files }))
      await writeFile(path.join(folder, 'node_modules', name, file), text);
  };
  await add('good', { LICENSE: 'Do what you want.', 'NOTICE.txt': 'Thank you.' });
  await add('bare', { 'README.md': 'MIT' });
  await add('empty', { LICENCE: ' \n' });
  await add('tool', {});
  const components = packageComponents(folder, {
    '': {},
    'node_modules/good': {},
    'node_modules/bare': {},
    'node_modules/empty': {},
    'node_modules/tool': { dev: true },
    'node_modules/elsewhere': { optional: true },
  });
  expect(components.map(({ name }) => name)).toEqual(['good', 'bare', 'empty']);
  expect(components[0]?.text).toBe('Do what you want.\n\n----\n\nThank you.');
  expect(withoutText(components)).toEqual(['bare', 'empty']);
});
