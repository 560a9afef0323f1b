import { expect, test } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { storeFactsReader } from './storeFacts';

test('a database that fails is stood for by its last answer, and is told to fail until it answers again', async () => {
  let answer: number | null = null;
  const read = storeFactsReader(
    () =>
      answer === null
        ? Promise.reject(new VasError('unavailable', 'The database is damaged.'))
        : Promise.resolve({ cameras: answer }),
    silentLogger(),
  );
  await expect(read(), 'nothing is known yet').rejects.toThrow('damaged');
  answer = 3;
  expect(await read()).toEqual({ cameras: 3, isStoreOpen: true });
  answer = null;
  expect(await read()).toEqual({ cameras: 3, isStoreOpen: false });
  answer = 4;
  expect(await read()).toEqual({ cameras: 4, isStoreOpen: true });
});
