import { expect, test } from 'vitest';
import { databaseAt } from '../testing/fixtures';

const insert = (key: number, protection: string) => {
  const db = databaseAt(150);
  db.prepare('INSERT INTO evidence_keys VALUES (?, ?, ?, 0)').run(
    Buffer.alloc(key),
    Buffer.alloc(64),
    protection,
  );
};

test('keeps whole keys only, and says how they are kept', () => {
  expect(() => insert(32, 'strong')).not.toThrow();
  expect(() => insert(31, 'strong')).toThrow('public_length');
  expect(() => insert(32, 'none')).toThrow('protection_is_known');
});
