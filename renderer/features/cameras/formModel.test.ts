import { describe, expect, test } from 'vitest';
import { deviceUpdate } from '../../../contract/devices';
import { CallError } from '../../data/call';
import { deviceOf } from '../../dev/samples';
import {
  absorbAddress,
  fieldErrorsOf,
  isChanged,
  NEW_CAMERA,
  passwordOwner,
  startValues,
  toClone,
  toCreate,
  toUpdate,
  toValidate,
  validate,
  valuesOf,
} from './formModel';

const device = deviceOf('00000000-0000-4000-8000-00000000000a');
const filled = { ...NEW_CAMERA, name: 'Gate', rtsp_url: 'rtsp://192.0.2.10/s' };

describe('validate', () => {
  test('accepts the least that is needed', () => {
    expect(validate(filled)).toEqual({});
  });

  test('an empty form names both fields that are needed', () => {
    const errors = validate(NEW_CAMERA);
    expect(Object.keys(errors).sort()).toEqual(['name', 'rtsp_url']);
    expect(errors.name).toBe('Give the camera a name.');
    expect(errors.rtsp_url).toContain('for example rtsp://');
  });

  test.each([
    ['http://192.0.2.10/', 'must start with rtsp://'],
    ['192.0.2.10', 'looks like rtsp://'],
    ['rtsp://u:p@192.0.2.10/', 'fields of their own'],
    ['rtsp://192.0.2.10/a b', 'spaces'],
  ])('explains what is wrong with %s', (rtsp_url, text) => {
    expect(validate({ ...filled, rtsp_url }).rtsp_url).toContain(text);
    expect(validate({ ...filled, sub_rtsp_url: rtsp_url }).sub_rtsp_url).toContain(text);
  });

  test('says lengths and control characters in words', () => {
    expect(validate({ ...filled, name: 'x'.repeat(256) }).name).toBe('Use at most 255 characters.');
    expect(validate({ ...filled, password: 'a\u0007b' }).password).toContain('cannot be typed');
    expect(validate({ ...filled, username: 'a\u0007b' }).username).toContain('cannot be typed');
  });
});

describe('requests', () => {
  test('a new camera: empty texts are absent, the password is sent as it was typed', () => {
    expect(toCreate({ ...filled, name: ' Gate ', password: " p@:/#%' " })).toEqual({
      name: 'Gate',
      location: null,
      rtsp_url: 'rtsp://192.0.2.10/s',
      sub_rtsp_url: null,
      username: null,
      password: " p@:/#%' ",
      transport: 'tcp',
      recording: true,
      groups: [],
      schedule: null,
    });
  });

  test('an update holds only what was changed', () => {
    const same = valuesOf(device);
    expect(toUpdate(same, device)).toEqual({ id: device.id });
    expect(toUpdate({ ...same, name: 'Side gate', recording: false, location: '' }, device)).toEqual({
      id: device.id,
      name: 'Side gate',
      recording: false,
      location: null,
    });
    expect(deviceUpdate.safeParse(toUpdate({ ...same, sub_rtsp_url: 'rtsp://h/2' }, device)).success).toBe(
      true,
    );
  });

  test('the stored password is kept, replaced or forgotten', () => {
    const same = valuesOf(device);
    expect(same.password).toBe('');
    expect('password' in toUpdate(same, device)).toBe(false);
    expect(toUpdate({ ...same, password: 'new' }, device).password).toBe('new');
    expect(toUpdate({ ...same, forgetPassword: true }, device).password).toBeNull();
    expect(toUpdate({ ...same, forgetPassword: true, password: 'new' }, device).password).toBe('new');
  });

  test('a test uses the stored password only while none is typed', () => {
    const same = valuesOf(device);
    expect(toValidate(same, device)).toMatchObject({ id: device.id });
    expect('password' in toValidate(same, device)).toBe(false);
    expect(toValidate({ ...same, password: 'new' }, device)).toMatchObject({ password: 'new' });
    expect('id' in toValidate({ ...same, password: 'new' }, device)).toBe(false);
    expect(toValidate({ ...same, forgetPassword: true }, device)).toMatchObject({ password: null });
    expect(toValidate(filled, null)).toMatchObject({ password: null, rtsp_url: 'rtsp://192.0.2.10/s' });
  });
});

test('a change is noticed, and taken back', () => {
  expect(isChanged(filled, filled)).toBe(false);
  expect(isChanged({ ...filled, recording: false }, filled)).toBe(true);
  expect(isChanged({ ...filled, recording: true }, filled)).toBe(false);
});

describe('fieldErrorsOf', () => {
  const refused = (details: unknown) =>
    new CallError({ status: 422, message: 'no', path: 'devices.create', details });

  test('finds the fields that the main process names', () => {
    const error = refused([
      { path: ['rtsp_url'], message: 'The address has no host.' },
      { path: ['rtsp_url'], message: 'second' },
      { path: ['start'], message: 'not a field of the form' },
    ]);
    expect(fieldErrorsOf(error)).toEqual({ rtsp_url: 'The address has no host.' });
  });

  test.each([
    undefined,
    null,
    'x',
    { code: 'consent_required' },
    [null],
    [{ path: 'name' }],
    [{ message: 1 }],
  ])('survives details %j', (details) => {
    expect(fieldErrorsOf(refused(details))).toEqual({});
  });
});

describe('absorbAddress', () => {
  test('an address without user information is taken as it is', () => {
    const { values, notice } = absorbAddress({ ...filled, username: 'u' }, 'rtsp_url', 'rtsp://h/2');
    expect(values).toEqual({ ...filled, username: 'u', rtsp_url: 'rtsp://h/2' });
    expect(notice).toBeNull();
  });

  test('user and password go to their fields', () => {
    const { values, notice } = absorbAddress(filled, 'rtsp_url', 'rtsp://u:p@h/2');
    expect(values).toMatchObject({ rtsp_url: 'rtsp://h/2', username: 'u', password: 'p' });
    expect(notice).toContain('password');
  });

  test('the sub-stream does not overwrite the user of the camera', () => {
    const before = { ...filled, username: 'u', password: 'p' };
    const { values, notice } = absorbAddress(before, 'sub_rtsp_url', 'rtsp://other:x@h/2');
    expect(values).toEqual({ ...before, sub_rtsp_url: 'rtsp://h/2' });
    expect(notice).not.toBeNull();
    expect(absorbAddress(filled, 'sub_rtsp_url', 'rtsp://u:p@h/2').values).toMatchObject({ username: 'u' });
  });
});

describe('a copy', () => {
  const original = { ...device, groups: ['Gates'] };
  const start = startValues({ kind: 'clone', device: original });

  test('begins with everything but the name', () => {
    expect(start).toEqual({ ...valuesOf(original), name: 'Main gate (copy)' });
    expect(isChanged({ ...start, groups: ['Gates'] }, start)).toBe(false);
    expect(isChanged({ ...start, groups: [] }, start)).toBe(true);
  });

  test('takes over the password unless another one is typed or it is not wanted', () => {
    expect(toClone(start, original).copy_password_from).toBe(device.id);
    expect(toClone({ ...start, password: 'x' }, original)).toMatchObject({ password: 'x' });
    expect(toClone({ ...start, password: 'x' }, original)).not.toHaveProperty('copy_password_from');
    expect(toClone({ ...start, forgetPassword: true }, original)).not.toHaveProperty('copy_password_from');
    expect(toClone(start, { ...original, has_password: false })).not.toHaveProperty('copy_password_from');
  });

  test('is tested with the password of the original', () => {
    expect(passwordOwner({ kind: 'clone', device: original })).toBe(original);
    expect(passwordOwner({ kind: 'clone', device: { ...original, has_password: false } })).toBeNull();
    expect(passwordOwner({ kind: 'add' })).toBeNull();
    expect(toValidate(start, original)).toMatchObject({ id: device.id });
  });
});

test('groups are sent when they are others, not when they are in another order', () => {
  const grouped = { ...device, groups: ['A', 'B'] };
  expect(toUpdate({ ...valuesOf(grouped), groups: ['B', 'A'] }, grouped)).toEqual({ id: device.id });
  expect(toUpdate({ ...valuesOf(grouped), groups: ['B'] }, grouped)).toEqual({
    id: device.id,
    groups: ['B'],
  });
});
