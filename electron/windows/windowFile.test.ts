import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../main/base/logger';
import { WindowFile } from './windowFile';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'vas-windows-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bounds = { x: 1, y: -2, width: 300, height: 400 };
const place = { bounds, monitor: { id: '7', bounds }, isFullScreen: true, isMaximized: false };

test('what was written is read; nobody else can', () => {
  const file = path.join(folder, 'windows.json');
  const id = '0b8f5a4e-6d1f-4f6e-9a58-0d2d6f6f0a11';
  const windows = { main: place, walls: [{ id, layoutId: null, place }] };
  new WindowFile(file, silentLogger()).write(windows);
  expect(new WindowFile(file, silentLogger()).read()).toEqual(windows);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([['{'], ['{"main":null}'], ['{"main":null,"walls":[{"id":"../x","layoutId":null,"place":null}]}']])(
  'a damaged file %s counts as none',
  (text) => {
    const file = path.join(folder, 'windows.json');
    writeFileSync(file, text);
    expect(new WindowFile(file, silentLogger()).read()).toEqual({ main: null, walls: [] });
  },
);

test('a folder that is gone costs nothing but the places', () => {
  const file = new WindowFile(path.join(folder, 'gone', 'windows.json'), silentLogger());
  expect(() => file.write({ main: place, walls: [] })).not.toThrow();
  expect(file.read()).toEqual({ main: null, walls: [] });
});
