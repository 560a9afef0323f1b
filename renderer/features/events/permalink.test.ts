import { expect, test } from 'vitest';
import { eventIdIn, linkTo } from './permalink';

const ID = '01960c3e-0000-7000-8000-00000000000a';

test('a link leads back to its event; an id does as well', () => {
  expect(eventIdIn(linkTo(ID))).toBe(ID);
  expect(eventIdIn(`  ${ID.toUpperCase()}\n`)).toBe(ID);
});

test('anything else is no event', () => {
  for (const text of ['', 'vas-event:', `${ID}x`, `https://example.org/${ID}`, 'Main gate'])
    expect(eventIdIn(text), text).toBeNull();
});
