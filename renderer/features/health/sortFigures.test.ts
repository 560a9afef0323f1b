import { expect, test } from 'vitest';
import type { CameraHealth } from '../../../contract';
import { sortFigures } from './sortFigures';

const camera = (name: string, more: Partial<CameraHealth> = {}) =>
  ({ name, phase: 'running', camera_fps: null, reconnects: 0, ...more }) as CameraHealth;
const names = (column: string, direction: 'ascending' | 'descending', all: CameraHealth[]) =>
  sortFigures(all, { column, direction }).map(({ name }) => name);

test('numbers in names count as numbers', () => {
  expect(names('name', 'ascending', [camera('Gate 10'), camera('Gate 2')])).toEqual(['Gate 2', 'Gate 10']);
});

test('what is not known goes last in either direction, and names decide between equals', () => {
  const all = [camera('c'), camera('b', { camera_fps: 5 }), camera('a', { camera_fps: 25 }), camera('d')];
  expect(names('fps', 'ascending', all)).toEqual(['b', 'a', 'c', 'd']);
  expect(names('fps', 'descending', all)).toEqual(['a', 'b', 'c', 'd']);
});

test('cameras in trouble come first by state', () => {
  const all = [camera('runs'), camera('lost', { phase: 'backing-off' }), camera('off', { phase: 'stopped' })];
  expect(names('state', 'ascending', all)).toEqual(['lost', 'runs', 'off']);
});
