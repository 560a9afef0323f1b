import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');

it('every row of the threat model names a test that is there', () => {
  const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!threat |-)/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) {
    const [file, title] = /`([^`]+)` › (.+?) +\|$/.exec(row)?.slice(1) ?? [];
    expect(file, row).toBeDefined();
    const source = readFileSync(path.join(root, file ?? ''), 'utf8');
    // As in the source, where quotes may be escaped and invariants are named besides.
    const titles = source.replaceAll('\\', '').replaceAll(/INV-\d+: | \(INV-[^)]*\)/g, '');
    expect(titles.includes(title ?? ''), `${file ?? ''} has a test '${title ?? ''}'`).toBe(true);
  }
});
