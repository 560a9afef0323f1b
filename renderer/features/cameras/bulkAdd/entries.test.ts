import { describe, expect, test } from 'vitest';
import { deviceCreate } from '../../../../contract/devices';
import { deviceOf } from '../../../dev/samples';
import type { CommonValues, Entry } from './entries';
import { comparable, needsSecrets, NO_COMMON, problemsOf, toCreate } from './entries';
import { readList } from './readList';

const entriesOf = (text: string): Entry[] =>
  readList(text).map((camera, id) => ({ ...camera, id, test: null, refused: null }));

test('problems are told before anything is written', () => {
  const entries = entriesOf(
    [
      'rtsp://192.0.2.1/a,Gate',
      'http://192.0.2.2/b,Web',
      'RTSP://192.0.2.1:554/a,Again',
      'rtsp://CAM.example/x,Known',
      `rtsp://192.0.2.4/d,${'x'.repeat(256)}`,
      'rtsp://192.0.2.1/b,Fine',
    ].join('\n'),
  );
  const problems = problemsOf(entries, [
    deviceOf('1', { name: 'Old one', rtsp_url: 'rtsp://cam.example:554/x' }),
  ]);
  expect([...problems]).toEqual([
    [1, 'The address must start with rtsp:// or rtsps://.'],
    [2, 'The same address as in line 1.'],
    [3, 'Old one has this address already.'],
    [4, 'Use at most 255 characters.'],
  ]);
});

test('an entry that is bad itself makes no other one a double', () => {
  const entries = entriesOf('nonsense\nnonsense');
  expect([...problemsOf(entries, []).values()]).toEqual([
    'This is not an address. It looks like rtsp://192.0.2.10:554/stream1.',
    'This is not an address. It looks like rtsp://192.0.2.10:554/stream1.',
  ]);
});

test.each([
  ['rtsp://Host.example/a', 'rtsp://host.example:554/a'],
  ['rtsp://192.0.2.1', 'RTSP://192.0.2.1:554/'],
])('%s is the same as %s', (one, other) => expect(comparable(one)).toBe(comparable(other)));

test.each([
  ['rtsp://192.0.2.1/a', 'rtsp://192.0.2.1/A'],
  ['rtsp://192.0.2.1/a', 'rtsp://192.0.2.1:8554/a'],
  ['rtsp://192.0.2.1/a', 'rtsps://192.0.2.1/a'],
  ['rtsp://192.0.2.1/?c=1', 'rtsp://192.0.2.1/?c=2'],
])('%s is another one than %s', (one, other) => expect(comparable(one)).not.toBe(comparable(other)));

describe('what is sent', () => {
  const common = { ...NO_COMMON, username: 'viewer', password: 'common', groups: ['New'] };
  const sent = (text: string, values: CommonValues = common) =>
    entriesOf(text).map((entry) => toCreate(entry, values));

  test('common user and password count where the list names neither', () => {
    expect(
      sent('rtsp://192.0.2.1/a\nrtsp://192.0.2.2/b,B,admin,own\nrtsp://192.0.2.3/c,C,admin').map(
        ({ username, password }) => [username, password],
      ),
    ).toEqual([
      ['viewer', 'common'],
      ['admin', 'own'],
      ['admin', 'common'],
    ]);
  });

  test('fits the contract', () => {
    for (const request of [...sent('rtsp://192.0.2.1/a,Gate'), ...sent('192.0.2.9', NO_COMMON)])
      expect(deviceCreate.safeParse(request).success).toBe(true);
    expect(sent('rtsp://192.0.2.1/a')[0]?.groups).toEqual(['New']);
  });

  test('says whether passwords have to be kept', () => {
    expect(needsSecrets(entriesOf('rtsp://192.0.2.1/a'), NO_COMMON)).toBe(false);
    expect(needsSecrets(entriesOf('rtsp://192.0.2.1/a'), common)).toBe(true);
    expect(needsSecrets(entriesOf('rtsp://192.0.2.1/a,A,u,p'), NO_COMMON)).toBe(true);
  });
});
