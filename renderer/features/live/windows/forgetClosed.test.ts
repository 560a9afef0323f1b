import { expect, test } from 'vitest';
import { forgetClosed } from './forgetClosed';

test('keeps what the main window, open windows and others keep', () => {
  const open = '0b8f5a4e-6d1f-4f6e-9a58-0d2d6f6f0a11';
  const closed = '0b8f5a4e-6d1f-4f6e-9a58-0d2d6f6f0a12';
  const user = '0b8f5a4e-6d1f-4f6e-9a58-0d2d6f6f0a13';
  const entries = new Map(
    ['main', open, closed]
      .flatMap((id) => [`vas.live.wall.${id}`, `vas.live.wall.${id}.${user}`, `vas.live.view.${id}`])
      .concat('vas.theme')
      .map((key) => [key, 'x']),
  );
  const storage = {
    get length() {
      return entries.size;
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    removeItem: (key: string) => void entries.delete(key),
  };
  forgetClosed(storage as Storage, new Set([open]));
  expect([...entries.keys()].filter((key) => key.includes(closed))).toEqual([]);
  expect(entries.size).toBe(7);
});
