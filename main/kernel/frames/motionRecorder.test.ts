import { expect, it } from 'vitest';
import { MOTION_BYTES } from '../../../contract/motionGrid';
import { silentLogger } from '../../base/logger';
import { secondsOf } from '../../store/queries/motionMinute';
import type { MotionMinuteRow } from '../../store/types';
import { MotionRecorder } from './motionRecorder';

const none = new Uint8Array(MOTION_BYTES);
const cell = (index: number) => none.map((_, byte) => (byte === index ? 1 : 0));

function recorder(fail = false) {
  const batches: (readonly MotionMinuteRow[])[] = [];
  let expired = 0;
  const motion = new MotionRecorder(
    {
      addMotion: (rows) => {
        batches.push(rows);
        return fail ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
      },
      expireMotion: () => Promise.resolve(++expired),
    },
    silentLogger(),
  );
  return { motion, batches, expired: () => expired };
}

it('keeps a mask a second and writes whole minutes of all cameras at once', async () => {
  const { motion, batches } = recorder();
  motion.note('a', 60_200_000, cell(0));
  motion.note('a', 60_700_000, cell(1));
  motion.note('b', 61_000_000, none);
  expect(batches).toEqual([]);
  motion.note('a', 120_000_000, none);
  await motion.flush(2);
  expect(batches).toHaveLength(1);
  const [[a, b] = []] = batches;
  expect([...secondsOf(a ?? { known: none, data: none })]).toEqual([
    [0, none.map((_, byte) => (byte < 2 ? 1 : 0))],
  ]);
  expect(b).toMatchObject({ cameraId: 'b', minute: 1 });
  await motion.dispose();
  expect(batches.flat()).toHaveLength(3);
  await motion.flush();
  expect(batches.flat()).toHaveLength(3);
});

it('goes on where it cannot be written, and looks after retention once an hour', async () => {
  const { motion, batches, expired } = recorder(true);
  for (let minute = 100; minute < 165; minute++) motion.note('a', minute * 60_000_000, cell(3));
  await motion.flush();
  expect(batches.flat()).toHaveLength(65);
  expect(expired()).toBeLessThanOrEqual(2);
  const good = recorder();
  for (let minute = 100; minute < 165; minute++) good.motion.note('a', minute * 60_000_000, cell(3));
  await good.motion.flush();
  expect(good.expired()).toBe(2);
});
