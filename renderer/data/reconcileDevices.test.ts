import { expect, test } from 'vitest';
import { deviceOf } from '../dev/samples';
import { reconcileDevices } from './reconcileDevices';

const listOf = (...devices: ReturnType<typeof deviceOf>[]) => ({ devices, total: devices.length });

test('unchanged cameras keep their objects, changed and new ones do not', () => {
  const before = listOf(deviceOf('a'), deviceOf('b'));
  const after = reconcileDevices(
    before,
    listOf(deviceOf('a'), deviceOf('b', { recording: false }), deviceOf('c')),
  );
  expect(after.devices[0]).toBe(before.devices[0]);
  expect(after.devices[1]).toEqual(deviceOf('b', { recording: false }));
  expect(after.devices.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(after.total).toBe(3);
});

test('cameras that are gone stay gone', () => {
  expect(reconcileDevices(listOf(deviceOf('a'), deviceOf('b')), listOf(deviceOf('b'))).devices).toHaveLength(
    1,
  );
  expect(reconcileDevices(null, listOf(deviceOf('a'))).devices).toHaveLength(1);
});
