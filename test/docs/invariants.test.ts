import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  NOT_RUN,
  rowsIn,
  rowsOf,
  textOf,
  withProofs,
  withResultBefore,
} from '../../scripts/invariants/document.mjs';
import { invariants } from '../../scripts/invariants/list.mjs';
import { titlesInSources } from '../../scripts/invariants/titles.mjs';

const document = path.join(import.meta.dirname, '../../docs/invariants.md');
const facts = ({ id, statement, tests }: { id: string; statement: string; tests: string }) => ({
  ...{ id, tests },
  // As it is formatted.
  statement: statement.replaceAll('\\', ''),
});

describe('docs/invariants.md', () => {
  it('is what list and titles of the tests say; if not: npm run invariants -- --titles', () => {
    const written = rowsIn(readFileSync(document, 'utf8'));
    expect(written.map(facts)).toEqual(rowsOf(invariants, titlesInSources()).map(facts));
  });

  it('tells of none that failed', () => {
    const written = rowsIn(readFileSync(document, 'utf8'));
    expect(written.filter(({ result }) => result.startsWith('failed'))).toEqual([]);
  });
});

describe('a document that is made', () => {
  const list = [
    { id: 'INV-01', statement: 'Video | goes on.', status: 'applies' },
    { id: 'INV-02', statement: 'Off.', status: 'replaced', reason: 'On.' },
  ] as const;
  const rows = rowsOf(list, new Map([['INV-01', new Set(['b.test.ts', 'a.test.ts'])]]));
  const proof = (outcome: 'passed' | 'failed' | 'skipped', ids = ['INV-01']) => ({
    ...{ ids, outcome, title: '', file: 'a.test.ts' },
  });

  it('is read as it was written', () => {
    expect(rowsIn(textOf(rows))).toEqual(rows);
    expect(rows).toMatchObject([
      { tests: '`a.test.ts`, `b.test.ts`', result: NOT_RUN },
      { statement: 'Off. _On._', tests: '', result: 'replaced' },
    ]);
  });

  it('tells what runs say, and a failure before everything else', () => {
    const [row] = rows;
    if (!row) throw new Error('no row');
    const result = (...proofs: ReturnType<typeof proof>[]) => withProofs(row, proofs, '2026-01-02').result;
    expect(result(proof('passed'), proof('passed'))).toBe('passed: 2 tests in 1 file, 2026-01-02');
    expect(result(proof('passed'), proof('failed'))).toBe('failed: 1 of 2 tests in 1 file');
    expect(result(proof('skipped'), proof('passed', ['INV-07']))).toBe(NOT_RUN);
  });

  it('keeps the result of a row whose tests are the same, and of no other', () => {
    const [row] = rows;
    if (!row) throw new Error('no row');
    const kept = (tests: string) => withResultBefore(row, [{ ...row, tests, result: 'passed: 9' }]).result;
    expect(kept(row.tests)).toBe('passed: 9');
    expect(kept('`c.test.ts`')).toBe(NOT_RUN);
  });
});
