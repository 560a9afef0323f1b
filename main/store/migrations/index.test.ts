import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrations } from '.';

test('file names, numbers and order agree, numbers in tens', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => /^\d+-.*\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .sort();
  expect(migrations.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}.ts`)).toEqual(
    files,
  );
  expect(migrations.every(({ number }) => number % 10 === 0)).toBe(true);
});

test('every migration has a test of its own', () => {
  const names = readdirSync(import.meta.dirname);
  for (const { number, name } of migrations)
    expect(names).toContain(`${String(number).padStart(4, '0')}-${name}.test.ts`);
});
