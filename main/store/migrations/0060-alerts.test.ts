import { describe, expect, test } from 'vitest';
import { alertReads, alertWrites } from '../queries/alerts';
import type { AlertRow } from '../types';
import { NOW_US, databaseAt, insertCamera, migrateTo, uuid } from '../testing/fixtures';

function migrated() {
  const db = databaseAt(50);
  const camera = insertCamera(db, 1);
  migrateTo(db, 60);
  const user = String(db.prepare('SELECT id FROM users').pluck().get());
  return { db, camera, user, ...alertReads(db), ...alertWrites(db) };
}

type Saved = Omit<AlertRow, 'deviceName' | 'acknowledgedByName'>;

const row = (n: number, more: Partial<Saved> = {}): Saved => ({
  id: uuid(n),
  kind: 'disk-nearly-full',
  deviceId: null,
  subject: null,
  detail: '{}',
  raisedUs: NOW_US + n,
  clearedUs: null,
  acknowledgedUs: null,
  acknowledgedBy: null,
  ...more,
});

test('keeps the cameras of version 50', () => {
  const { db, camera } = migrated();
  expect(db.prepare('SELECT id FROM devices').pluck().all()).toEqual([camera]);
});

describe('invariants', () => {
  test.each([
    [{ id: 'x' }, 'alerts_id_is_uuid'],
    [{ kind: 'Disk!' }, 'alerts_kind_is_word'],
    [{ subject: '' }, 'alerts_subject_length'],
    [{ detail: '{' }, 'alerts_detail_is_json'],
    [{ detail: JSON.stringify('x'.repeat(9000)) }, 'alerts_detail_is_json'],
    [{ raisedUs: -1 }, 'alerts_raised_us_range'],
    [{ acknowledgedUs: 5 }, 'alerts_acknowledged_by_somebody'],
    [{ deviceId: 'nobody' }, 'FOREIGN KEY'],
  ])('%j breaks %s', (more, constraint) => {
    const { saveAlert } = migrated();
    expect(() => saveAlert(row(5, more))).toThrow(constraint);
  });
});

test('an alert is brought up to date, acknowledged once, and keeps the name of its camera', () => {
  const { camera, user, saveAlert, pendingAlerts, acknowledgeAlerts } = migrated();
  saveAlert(row(5, { deviceId: camera, kind: 'camera-offline' }));
  saveAlert(row(5, { deviceId: camera, kind: 'camera-offline', clearedUs: NOW_US + 9, detail: '{"a":1}' }));
  expect(pendingAlerts(10)).toEqual([
    expect.objectContaining({ deviceName: 'Camera 1', clearedUs: NOW_US + 9, detail: '{"a":1}' }),
  ]);
  expect(acknowledgeAlerts([uuid(5), uuid(77)], user, NOW_US + 10)).toBe(1);
  expect(acknowledgeAlerts([uuid(5)], user, NOW_US + 11)).toBe(0);
  expect(pendingAlerts(10)).toEqual([]);
});

test('history is read in pages, newest first, by any filter', () => {
  const { camera, user, saveAlert, listAlerts } = migrated();
  for (let n = 1; n <= 25; n++)
    saveAlert(
      row(n, {
        // Several at the same moment: the id decides.
        raisedUs: NOW_US + Math.floor(n / 4),
        clearedUs: NOW_US + 100,
        ...(n % 2 === 0 ? { kind: 'camera-offline', deviceId: camera } : {}),
        ...(n % 5 === 0 ? { acknowledgedUs: NOW_US, acknowledgedBy: user } : {}),
      }),
    );
  const seen: string[] = [];
  let before: { raisedUs: number; id: string } | undefined;
  for (;;) {
    const page = listAlerts({ limit: 7, ...(before === undefined ? {} : { before }) });
    seen.push(...page.map(({ id }) => id));
    before = page.at(-1);
    if (page.length < 7) break;
  }
  const all = Array.from({ length: 25 }, (_none, at) => uuid(25 - at));
  expect(seen).toEqual(all);
  expect(listAlerts({ limit: 99, deviceId: camera })).toHaveLength(12);
  expect(listAlerts({ limit: 99, kinds: ['camera-offline', 'clock-stepped'] })).toHaveLength(12);
  expect(listAlerts({ limit: 99, kinds: ["'; DROP TABLE alerts; --"] })).toEqual([]);
  expect(listAlerts({ limit: 99, unacknowledged: true })).toHaveLength(20);
  expect(listAlerts({ limit: 99, fromUs: NOW_US + 1, toUs: NOW_US + 2 })).toHaveLength(4);
});

test('only what is over expires', () => {
  const { saveAlert, deleteAlertsBefore, listAlerts } = migrated();
  saveAlert(row(1, { clearedUs: NOW_US + 2 }));
  saveAlert(row(2));
  saveAlert(row(3, { clearedUs: NOW_US + 4 }));
  expect(deleteAlertsBefore(NOW_US + 3)).toBe(1);
  expect(listAlerts({ limit: 9 }).map(({ id }) => id)).toEqual([uuid(3), uuid(2)]);
});
