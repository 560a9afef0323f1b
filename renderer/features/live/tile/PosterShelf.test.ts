import { expect, test } from 'vitest';
import { PosterShelf } from './PosterShelf';

function storageOf(entries: Readonly<Record<string, string>>) {
  const kept = new Map(Object.entries(entries));
  const storage = {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, shelf: new PosterShelf(storage as unknown as Storage) };
}

const PICTURE = 'data:image/webp;base64,UklGRg==';

test('what was kept is there at once', () => {
  const { shelf } = storageOf({ 'vas.live.poster.a': `1700000000000 ${PICTURE}` });
  expect(shelf.get('a')).toEqual({ src: PICTURE, at: 1_700_000_000_000 });
  expect(shelf.get('b')).toBeNull();
});

test.each([
  '',
  PICTURE,
  `x ${PICTURE}`,
  '17 https://example.invalid/x.webp',
  '17 data:image/svg+xml;base64,AA==',
])('what is no thumbnail is none: %s', (text) =>
  expect(storageOf({ 'vas.live.poster.a': text }).shelf.get('a')).toBeNull(),
);

test('cameras that are gone and old pictures go, and nothing else', () => {
  const { kept, shelf } = storageOf({
    'vas.live.poster.a': `5000 ${PICTURE}`,
    'vas.live.poster.old': `4999 ${PICTURE}`,
    'vas.live.poster.gone': `6000 ${PICTURE}`,
    'vas.live.wall.main': '{}',
  });
  shelf.tidy(null, 0);
  expect(kept.size, 'who does not see all cameras knows of none that it is gone').toBe(4);
  shelf.tidy(new Set(['a', 'old']), 5_000);
  expect([...kept.keys()]).toEqual(['vas.live.poster.a', 'vas.live.wall.main']);
});
