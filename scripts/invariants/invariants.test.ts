import { describe, expect, it } from 'vitest';
import { awaited, invariants } from './list.mjs';
import { fromPlaywright, fromVitest, titlesInSources } from './titles.mjs';

describe('the list of invariants', () => {
  it('has all 98, each once, in order, in words', () => {
    expect(invariants.map(({ id }) => id)).toEqual(
      Array.from({ length: 98 }, (_, index) => `INV-${String(index + 1).padStart(2, '0')}`),
    );
    for (const { statement, status, reason } of invariants) {
      expect(statement).toMatch(/^[A-Z].*\.$/);
      if (status !== 'applies') expect(reason).toMatch(/^[A-Z0-9].*\.$/);
    }
  });

  it('has a test for each that applies', () => {
    const found = titlesInSources();
    const missing = invariants
      .filter(({ id, status }) => status === 'applies' && !found.has(id) && !awaited.has(id))
      .map(({ id }) => id);
    expect(missing).toEqual([]);
  });

  it('knows every id that a test carries', () => {
    const known = new Set(invariants.map(({ id }) => id));
    expect([...titlesInSources().keys()].filter((id) => !known.has(id))).toEqual([]);
  });
});

it('reads who proved what from the reports of both runners', () => {
  const unit = {
    testResults: [
      {
        name: `${process.cwd()}/main/a.test.ts`,
        assertionResults: [
          { ancestorTitles: ['INV-19: torn frames'], title: 'small', status: 'passed' },
          { ancestorTitles: [], title: 'INV-01, INV-05: stopped', status: 'failed' },
          { ancestorTitles: [], title: 'INV-02: off', status: 'pending' },
        ],
      },
    ],
  };
  expect(fromVitest(unit)).toEqual([
    { ids: ['INV-19'], title: 'small', file: 'main/a.test.ts', outcome: 'passed' },
    {
      ids: ['INV-01', 'INV-05'],
      title: 'INV-01, INV-05: stopped',
      file: 'main/a.test.ts',
      outcome: 'failed',
    },
    { ids: ['INV-02'], title: 'INV-02: off', file: 'main/a.test.ts', outcome: 'skipped' },
  ]);
  const spec = { title: 'INV-46: killed', file: 'ai.spec.ts', ok: true, tests: [{ status: 'expected' }] };
  expect(
    fromPlaywright({
      suites: [{ title: 'ai.spec.ts', specs: [], suites: [{ title: 'ai', specs: [spec] }] }],
    }),
  ).toEqual([{ ids: ['INV-46'], title: 'INV-46: killed', file: 'e2e/ai.spec.ts', outcome: 'passed' }]);
});
