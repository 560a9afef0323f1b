import { expect, test } from 'vitest';
import type { Capture, RequestInput } from '../../../contract';
import { CapturePages } from './CapturePages';

const captureOf = (n: number): Capture => ({
  ...{ kind: 'snapshot', id: `id ${String(n)}`, device_id: 'd', device_name: 'Gate', source: 'live' },
  ...{ timestamp: new Date(n).toISOString(), start_timestamp: null, end_timestamp: null, duration: null },
  ...{ label: null, notes: null, tags: [], file_size: 1, width: 1, height: 1, url: '', thumbnail_url: '' },
  ...{ created_by: 'Alex', created_at: '', updated_at: '' },
});

/** Answers each question when the test says so. */
function pagesOf() {
  const asked: {
    request: RequestInput<'captures.list'>;
    answer: (ids: number[], next: string | null, total?: number) => Promise<void>;
    fail: () => Promise<void>;
  }[] = [];
  const pages = new CapturePages(
    (request) =>
      new Promise((resolve, reject) => {
        const settled = () => new Promise<void>((done) => setTimeout(done));
        asked.push({
          request,
          answer: (ids, next, total) => {
            resolve({ captures: ids.map(captureOf), next_cursor: next, total: total ?? null });
            return settled();
          },
          fail: () => {
            reject(new Error('no store'));
            return settled();
          },
        });
      }),
  );
  return { pages, asked, ids: () => pages.state().captures.map(({ id }) => Number(id.slice(3))) };
}

test('pages are joined, asked for once at a time, and end', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({});
  void pages.more();
  expect(asked).toHaveLength(1);
  await asked[0]?.answer([5, 4], 'next', 3);
  expect(pages.state()).toMatchObject({ total: 3, hasMore: true, isLoading: false });
  void pages.more();
  void pages.more();
  expect(asked).toHaveLength(2);
  expect(asked[1]?.request.cursor).toBe('next');
  // One that came twice is shown once.
  await asked[1]?.answer([4, 3], null);
  expect([ids(), pages.state().hasMore, pages.state().total]).toEqual([[5, 4, 3], false, 3]);
  void pages.more();
  expect(asked).toHaveLength(2);
});

test('an answer to an earlier filter is dropped', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({ text: 'a' });
  void pages.start({ text: 'b' });
  await asked[1]?.answer([1], null, 1);
  await asked[0]?.answer([9], null, 9);
  expect([ids(), pages.state().total]).toEqual([[1], 1]);
});

test('a page that failed keeps what is there and can be asked for again', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({});
  await asked[0]?.answer([2], 'next', 2);
  void pages.more();
  await asked[1]?.fail();
  expect([ids(), pages.state().error?.message]).toEqual([[2], 'no store']);
  void pages.more();
  await asked[2]?.answer([1], null);
  expect([ids(), pages.state().error]).toEqual([[2, 1], null]);
});

test('what is deleted goes and is not counted; what is changed stays in its place', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({});
  await asked[0]?.answer([3, 2, 1], null, 3);
  pages.remove([{ kind: 'snapshot', id: 'id 2' }]);
  pages.replace({ ...captureOf(3), label: 'Car' });
  expect([ids(), pages.state().total, pages.state().captures[0]?.label]).toEqual([[3, 1], 2, 'Car']);
});

test('what was made meanwhile waits as new, what was deleted elsewhere goes, what is further down stays', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({});
  await asked[0]?.answer([50, 40], 'more', 4);
  void pages.more();
  await asked[1]?.answer([30, 20], null);
  void pages.freshen();
  // 40 was deleted in another window; 60 and 45 are new; the page ends with 30.
  await asked[2]?.answer([60, 50, 45, 30], 'more', 5);
  expect(ids()).toEqual([50, 30, 20]);
  expect(pages.state().fresh.map(({ id }) => id)).toEqual(['id 60', 'id 45']);
  expect(pages.state().total).toBe(3);
  pages.showFresh();
  expect(ids()).toEqual([60, 50, 45, 30, 20]);
  expect(pages.state()).toMatchObject({ fresh: [], total: 5 });
});

test('looking for new ones fails silently, and what was written on stays although the filter leaves it out', async () => {
  const { pages, asked, ids } = pagesOf();
  void pages.start({ has_label: false });
  await asked[0]?.answer([50, 40], null, 2);
  void pages.freshen();
  await asked[1]?.fail();
  expect(pages.state().error).toBeNull();
  pages.replace({ ...captureOf(40), label: 'Van' });
  void pages.freshen();
  await asked[2]?.answer([50], null, 1);
  expect(ids()).toEqual([50, 40]);
});
