import { expect, test } from 'vitest';
import { deviceOf } from '../dev/samples';
import { matchesCamera } from './searchCameras';

const camera = deviceOf('a', {
  name: 'Loading dock 3',
  location: 'Hall B',
  rtsp_url: 'rtsp://192.0.2.44:554/live',
  sub_rtsp_url: null,
});

test('finds words in any order and any field', () => {
  expect(matchesCamera(camera, '')).toBe(true);
  expect(matchesCamera(camera, '  DOCK ')).toBe(true);
  expect(matchesCamera(camera, 'hall dock')).toBe(true);
  expect(matchesCamera(camera, '2.44')).toBe(true);
});

test('every word must be there', () => {
  expect(matchesCamera(camera, 'dock hall c')).toBe(true);
  expect(matchesCamera(camera, 'dock 4 roof')).toBe(false);
  expect(matchesCamera(deviceOf('b', { location: null }), 'null')).toBe(false);
});
