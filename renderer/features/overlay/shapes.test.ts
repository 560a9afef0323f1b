import { expect, test } from 'vitest';
import { overlaySettings } from '../../../contract/preferences';
import { checked, shapesOf } from './shapes';

const settings = overlaySettings.parse({});
const person = {
  ...{ class_id: 0, class_name: 'person', confidence: 0.876, track_id: 12, zones: [] },
  bbox: [0.25, 0.25, 0.5, 0.75],
  velocity: [0.5, 0],
};
const shapesAt = (detections: unknown[], pictureMs: number, look: typeof settings) =>
  shapesOf(
    [{ result: { modelId: 'a', frameMs: 0, takenMs: 0, detections }, moveMs: pictureMs - 1_000 }],
    look,
  );
const results = (...detections: unknown[]) => detections;

test('INV-92: the overlay is off until a user wants it', () => {
  expect(settings).toMatchObject({
    ...{ enabled: false, showLabels: true, showConfidence: true, confidenceThreshold: 0 },
    ...{ boxOpacity: 1, labelOpacity: 0.7, boxColor: '#00FF00', boxLineWidth: 2, visibleModels: [] },
  });
});

test('a box is moved to the moment of the picture', () => {
  expect(shapesAt(results(person), 1_000, settings)[0]?.box).toEqual([0.25, 0.25, 0.5, 0.75]);
  expect(shapesAt(results(person), 1_200, settings)[0]?.box).toEqual([0.35, 0.25, 0.6, 0.75]);
  expect(shapesAt(results(person), 900, settings)[0]?.box[0]).toBeCloseTo(0.2);
  expect(shapesAt(results({ ...person, velocity: [4, 0] }), 1_400, settings), 'left the picture').toEqual([]);
});

test('keypoints move with their box', () => {
  const posing = { ...person, keypoints: [[0.3, 0.3, 0.9], 'nonsense'] };
  expect(shapesAt(results(posing), 1_200, settings)[0]?.keypoints).toEqual([
    [0.4, 0.3, 0.9],
    [0.1, 0, 0],
  ]);
});

const MALFORMED = [
  null,
  'box',
  {},
  { ...person, bbox: [0, 0, 1] },
  { ...person, bbox: [0, 0, Number.NaN, 1] },
  { ...person, bbox: [0.5, 0.5, 0.5, 0.9] },
  { ...person, bbox: [0.8, 0.1, 0.2, 0.9] },
  { ...person, bbox: ['0', '0', '1', '1'] },
  { ...person, bbox: [1.2, 0, 1.4, 1] },
];

test('INV-89: malformed detections are skipped, the others drawn', () => {
  for (const malformed of MALFORMED) {
    expect(checked(malformed), JSON.stringify(malformed)).toBeNull();
    expect(shapesAt(results(malformed, person, malformed), 1_000, settings)).toHaveLength(1);
  }
});

test('captions have the parts that are chosen', () => {
  const caption = (change: Partial<typeof settings>) =>
    shapesAt(results(person), 1_000, { ...settings, ...change })[0]?.caption;
  expect(caption({})).toBe('person 88%');
  expect(caption({ showTracks: true })).toBe('person 88% #12');
  expect(caption({ showLabels: false })).toBe('88%');
  expect(caption({ showLabels: false, showConfidence: false })).toBe('');
});

test('filters: confidence, labels, models', () => {
  const count = (change: Partial<typeof settings>, one: unknown = person) =>
    shapesAt(results(one), 1_000, { ...settings, ...change }).length;
  expect(count({ confidenceThreshold: 0.9 })).toBe(0);
  expect(count({ confidenceThreshold: 0.9 }, { ...person, confidence: undefined })).toBe(1);
  expect(count({ visibleLabels: ['car'] })).toBe(0);
  expect(count({ visibleLabels: ['car', 'person'] })).toBe(1);
  expect(count({ visibleModels: ['b'] })).toBe(0);
  expect(count({ visibleModels: ['a'] })).toBe(1);
});
