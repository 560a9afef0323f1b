import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseAt, migrateTo, uuid } from '../testing/fixtures';

const VALID = {
  id: uuid(1),
  name: 'Gate',
  description: null,
  location: null,
  rtsp_url: 'rtsp://192.0.2.1/a',
  sub_rtsp_url: null,
  username: null,
  transport: 'tcp',
  is_active: 1,
  recording: 1,
  main_info: null,
  sub_info: null,
  created_us: 1,
  updated_us: 1,
  deleted_us: null,
};

function insert(db: Database.Database, more: Partial<Record<keyof typeof VALID, unknown>>): void {
  const names = Object.keys(VALID);
  db.prepare(
    `INSERT INTO devices (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  ).run({ ...VALID, ...more });
}

test('keeps users and settings of version 10', () => {
  const db = databaseAt(10);
  db.prepare("INSERT INTO settings VALUES ('a', 'b', 3)").run();
  const before = db.prepare('SELECT * FROM users').all();
  migrateTo(db, 20);
  expect(db.prepare('SELECT * FROM users').all()).toEqual(before);
  expect(db.prepare('SELECT * FROM settings').all()).toEqual([{ key: 'a', value: 'b', updated_us: 3 }]);
  expect(db.prepare('SELECT number, name FROM schema_migrations').all()).toEqual([
    { number: 10, name: 'users-and-settings' },
    { number: 20, name: 'devices' },
  ]);
  insert(db, {});
});

describe('invariants', () => {
  test.each([
    [{ id: 'UPPER' }, 'devices_id_is_uuid'],
    [{ name: '' }, 'devices_name_length'],
    [{ description: 'x'.repeat(2001) }, 'devices_description_length'],
    [{ location: 'x'.repeat(256) }, 'devices_location_length'],
    [{ rtsp_url: 'http://192.0.2.1/' }, 'devices_rtsp_url_form'],
    [{ rtsp_url: 'rtsp://' }, 'devices_rtsp_url_form'],
    [{ rtsp_url: `rtsp://192.0.2.1/${'x'.repeat(512)}` }, 'devices_rtsp_url_form'],
    [{ rtsp_url: 'rtsp://user:pw@192.0.2.1/a' }, 'devices_rtsp_url_without_credentials'],
    [{ rtsp_url: 'rtsps://user@192.0.2.1' }, 'devices_rtsp_url_without_credentials'],
    [{ sub_rtsp_url: 'file:///etc/passwd' }, 'devices_sub_rtsp_url_form'],
    [{ sub_rtsp_url: 'rtsp://u:p@192.0.2.1/a' }, 'devices_sub_rtsp_url_without_credentials'],
    [{ username: 'x'.repeat(129) }, 'devices_username_length'],
    [{ transport: 'http' }, 'devices_transport_is_known'],
    [{ is_active: 2 }, 'devices_is_active_is_bool'],
    [{ recording: -1 }, 'devices_recording_is_bool'],
    [{ main_info: '{' }, 'devices_main_info_is_json'],
    [{ sub_info: 'x' }, 'devices_sub_info_is_json'],
    [{ deleted_us: 5 }, 'devices_deleted_is_stopped'],
    [{ deleted_us: 5, is_active: 0, username: 'admin' }, 'devices_deleted_is_stopped'],
  ])('%j breaks %s', (more, constraint) => {
    expect(() => insert(databaseAt(20), more)).toThrow(constraint);
  });

  test.each(['rtsp://192.0.2.1/a@b', 'rtsps://[2001:db8::1]:322/x', 'RTSP://Camera.example/1', 'rtsp://h'])(
    '%s is an address',
    (rtsp_url) => expect(() => insert(databaseAt(20), { rtsp_url })).not.toThrow(),
  );

  test('an address is unique among live cameras only', () => {
    const db = databaseAt(20);
    insert(db, { deleted_us: 9, is_active: 0 });
    insert(db, { id: uuid(2), deleted_us: 9, is_active: 0 });
    insert(db, { id: uuid(3) });
    expect(() => insert(db, { id: uuid(4) })).toThrow('UNIQUE constraint failed: devices.rtsp_url');
  });

  test('rows are never removed, secrets belong to a camera', () => {
    const db = databaseAt(20);
    insert(db, {});
    expect(() => db.prepare('DELETE FROM devices').run()).toThrow('deleted by its tombstone');
    const secret = db.prepare('INSERT INTO device_secrets VALUES (?, ?)');
    expect(() => secret.run(uuid(2), Buffer.of(1))).toThrow('FOREIGN KEY');
    expect(() => secret.run(uuid(1), Buffer.of())).toThrow('device_secrets_not_empty');
    expect(() => secret.run(uuid(1), 'plain')).toThrow('cannot store TEXT');
    secret.run(uuid(1), Buffer.of(1));
  });
});
