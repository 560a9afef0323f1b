import { expect, test } from 'vitest';
import { zoomAbout, WHOLE } from '../live/tile/zoom';
import { boxIn, pictureRect, placeIn, zoomedRect } from './geometry';

const AREA = { width: 800, height: 400 };

test('a picture narrower than its tile has bars left and right, a wider one above and below', () => {
  expect(pictureRect(AREA, { width: 400, height: 400 })).toEqual({ x: 200, y: 0, width: 400, height: 400 });
  expect(pictureRect(AREA, { width: 1600, height: 400 })).toEqual({ x: 0, y: 100, width: 800, height: 200 });
  expect(pictureRect(AREA, { width: 1600, height: 800 })).toEqual({ x: 0, y: 0, width: 800, height: 400 });
});

test.each([
  [{ width: 0, height: 400 }, AREA],
  [AREA, { width: 0, height: 0 }],
  [AREA, { width: Number.NaN, height: 3 }],
])('nothing to draw on', (area, picture) => {
  expect(pictureRect(area, picture)).toBeNull();
});

test('what is under the cursor stays under it when magnified', () => {
  const rect = pictureRect(AREA, { width: 400, height: 400 });
  if (rect === null) throw new Error('there is a picture');
  const before = placeIn(rect, 0.25, 0.5);
  const zoom = zoomAbout(WHOLE, 4, { x: before.x / AREA.width, y: before.y / AREA.height });
  const zoomed = zoomedRect(rect, AREA, zoom);
  expect(placeIn(zoomed, 0.25, 0.5).x).toBeCloseTo(before.x);
  expect(placeIn(zoomed, 0.25, 0.5).y).toBeCloseTo(before.y);
  expect(zoomed.width).toBe(1600);
  expect(zoomedRect(rect, AREA, WHOLE)).toEqual(rect);
});

test('a box of shares lies within the picture, not within the bars', () => {
  const rect = { x: 200, y: 0, width: 400, height: 400 };
  expect(boxIn(rect, [0, 0, 1, 1])).toEqual(rect);
  expect(boxIn(rect, [0.5, 0.25, 0.75, 0.5])).toEqual({ x: 400, y: 100, width: 100, height: 100 });
});
