import { expect, test } from 'vitest';
import { labelCounts, objectsOf, shareOf } from './detections';

test('reads seed 003: corners as shares of the picture', () => {
  const [object] = objectsOf({
    schema: 1,
    detections: [
      { class_id: 0, class_name: 'person', confidence: 0.8, bbox: [0.1, 0.2, 0.3, 0.6], track_id: 7 },
    ],
  });
  expect(object).toEqual({
    label: 'person',
    confidence: 0.8,
    trackId: 7,
    box: { unit: 'share', left: 0.1, top: 0.2, right: 0.3, bottom: 0.6 },
  });
});

test('reads corners with names as well', () => {
  const bbox = { x_min: 0, y_min: 0, x_max: 0.5, y_max: 1 };
  expect(objectsOf({ detections: [{ class_name: 'car', bbox }] })[0]?.box).toEqual({
    ...{ unit: 'share', left: 0, top: 0, right: 0.5, bottom: 1 },
  });
});

test("reads seed 002's objects, whose corners are pixels", () => {
  const [object] = objectsOf({
    objects: [{ class: 'person', bbox: [192, 108, 384, 540], confidence: 0.9 }],
    count: 1,
  });
  expect(object?.box?.unit).toBe('pixel');
  expect(object?.box && shareOf(object.box, { width: 1920, height: 1080 })).toEqual({
    ...{ unit: 'share', left: 0.1, top: 0.1, right: 0.2, bottom: 0.5 },
  });
});

test('leaves out what is malformed and keeps the rest', () => {
  const objects = objectsOf({
    detections: [
      null,
      'person',
      { bbox: [0, 0, 1, 1] },
      { class_name: 'dog', bbox: [0.5, 0.5, 0.2, 0.9], confidence: 7 },
      { class_name: 'cat', bbox: [0, 0, Number.NaN, 1] },
      { class_name: 'cow', bbox: [0, 0, 0.5] },
      { class_name: 'bird', bbox: [0, 0, 0.5, 0.5], confidence: 0.4 },
    ],
  });
  expect(objects.map(({ label, box }) => [label, box !== null])).toEqual([
    ['dog', false],
    ['cat', false],
    ['cow', false],
    ['bird', true],
  ]);
  expect(objects[0]?.confidence).toBeNull();
  for (const stored of [{}, { detections: 'none' }, { objects: null }, { detections: { a: 1 } }])
    expect(objectsOf(stored)).toEqual([]);
});

test('a box is cut to the picture; one outside of it is not drawn', () => {
  const box = { unit: 'share', left: -0.1, top: 0.5, right: 0.4, bottom: 1.05 } as const;
  expect(shareOf(box, { width: 10, height: 10 })).toEqual({
    ...{ unit: 'share', left: 0, top: 0.5, right: 0.4, bottom: 1 },
  });
  expect(shareOf({ ...box, left: 1.2, right: 1.4 }, { width: 10, height: 10 })).toBeNull();
});

test('labels are counted, the most frequent first', () => {
  const objects = objectsOf({
    detections: ['car', 'person', 'person'].map((class_name) => ({ class_name })),
  });
  expect(labelCounts(objects)).toEqual([
    ['person', 2],
    ['car', 1],
  ]);
});
