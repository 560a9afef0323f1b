import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/archive.md'), 'utf8');
const rows = [...text.matchAll(/^\| (AR-\d+): .*?\| `([^`]+)` › (.+?) +\|$/gm)].map(
  ([, id = '', file = '', title = '']) => ({ id, file, title }),
);

describe('docs/archive.md', () => {
  it('names a test for each invariant that it states', () => {
    const stated = [...text.matchAll(/^- \*\*(AR-\d+)\*\*/gm)].map(([, id]) => id);
    expect(stated.length).toBeGreaterThan(9);
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(stated));
  });

  it.each(rows)('$id: $file has the test', ({ file, title }) => {
    expect(readFileSync(path.join(root, file), 'utf8').replaceAll('\\', '')).toContain(title);
  });
});
