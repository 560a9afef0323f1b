import { expect, test } from 'vitest';
import { readAppearance, writeAppearance } from './appearance';

function storageOf(initial: string | null) {
  let kept = initial;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

test('keeps what the last window had', () => {
  const storage = storageOf(null);
  const appearance = { theme: 'light', language: 'de', clock: '12h' } as const;
  writeAppearance(storage, appearance);
  expect(readAppearance(storage)).toEqual(appearance);
});

test.each([null, '', 'null', '5', '{"theme":"neon","language":7,"clock":[]}', '{'])(
  'what is damaged is the default: %s',
  (kept) => {
    expect(readAppearance(storageOf(kept))).toEqual({ theme: 'dark', language: 'system', clock: 'language' });
  },
);
