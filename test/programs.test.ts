import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LONGEST } from './longestFirst.mjs';
import { programs } from './programs.mjs';

const root = path.resolve(import.meta.dirname, '..');
const testFiles = ['contract', 'electron', 'main', 'models', 'native', 'renderer', 'scripts', 'test']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    ),
  )
  .filter((file) => /\.test\.tsx?$/.test(file));

const imports = (file: string, name: RegExp) =>
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .some((line) => / from '/.test(line) && name.test(line));

it('each entry is a test file, and so is what is run first', () => {
  expect(LONGEST.filter((file) => !testFiles.includes(file))).toEqual([]);
  expect(programs.filter((file) => !testFiles.includes(file))).toEqual([]);
});

it('no property-based test gets a second attempt: what it found would be lost', () => {
  expect(programs.filter((file) => imports(file, /'fast-check'/))).toEqual([]);
});

it('a test that starts cameras or the media server is listed', () => {
  const starts = /\/cameras\/(camera|launches|senders)'|\/testing\/(fixture|liveWindow|runtime|sender)'/;
  const files = testFiles.filter((file) => imports(file, starts));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !programs.includes(file))).toEqual([]);
});
