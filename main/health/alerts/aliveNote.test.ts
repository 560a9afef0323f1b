import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { temporaryFolder } from '../../store/testing/fixtures';
import { openAliveNote } from './aliveNote';

test('an end that nobody asked for is known at the next start, with the time it was last seen', async () => {
  const file = path.join(await temporaryFolder(), 'run', 'alive');
  const clock = new SimulatedClock();
  const first = await openAliveNote(file, clock, silentLogger());
  expect(first.uncleanEndUs).toBeNull();
  await clock.advance(60_000);
  const seenUs = clock.wallUs();
  await expect.poll(() => readFile(file, 'utf8')).toBe(String(seenUs));
  // Killed here: nothing is disposed.
  const second = await openAliveNote(file, new SimulatedClock(seenUs + 1e9), silentLogger());
  expect(second.uncleanEndUs).toBe(seenUs);
  await second.dispose();
  expect(existsSync(file)).toBe(false);
  const third = await openAliveNote(file, clock, silentLogger());
  expect(third.uncleanEndUs).toBeNull();
  await third.dispose();
});

test.each(['', 'x', '99999999999999999999'])(
  'a note cut off by a power loss (%j) still counts',
  async (text) => {
    const file = path.join(await temporaryFolder(), 'alive');
    await writeFile(file, text);
    const note = await openAliveNote(file, new SimulatedClock(), silentLogger());
    expect(note.uncleanEndUs).toBe(0);
    await note.dispose();
  },
);

test('a folder that cannot be written costs the note, not the start', async () => {
  const folder = path.join(await temporaryFolder(), 'alive');
  await mkdir(folder);
  // A directory stands where the note would be.
  const note = await openAliveNote(folder, new SimulatedClock(), silentLogger());
  expect(note.uncleanEndUs).toBeNull();
});
