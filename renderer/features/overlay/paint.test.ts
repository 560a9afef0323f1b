import { expect, test } from 'vitest';
import { overlaySettings } from '../../../contract/preferences';
import type { Pen } from './paint';
import { BONES, paint } from './paint';

/** Notes what a canvas is told. */
function notingPen() {
  const calls: [string, ...unknown[]][] = [];
  const note = (name: string) => (...values: unknown[]) => void calls.push([name, ...values]); // prettier-ignore
  const pen: Pen = {
    ...{ strokeStyle: '', fillStyle: '', globalAlpha: 1, lineWidth: 1, font: '', textBaseline: 'middle' },
    ...{ beginPath: note('beginPath'), moveTo: note('moveTo'), lineTo: note('lineTo'), arc: note('arc') },
    ...{ stroke: note('stroke'), fill: note('fill'), strokeRect: note('strokeRect') },
    ...{ fillRect: note('fillRect'), fillText: note('fillText') },
    measureText: (text) => ({ width: text.length * 7 }) as TextMetrics,
  };
  return { pen, of: (name: string) => calls.filter(([one]) => one === name).map(([, ...values]) => values) };
}

const settings = overlaySettings.parse({});
const picture = { x: 0, y: 0, width: 400, height: 200 };

test('a box with its caption above it, inside where there is no room, never outside the tile', () => {
  const { pen, of } = notingPen();
  const shape = { box: [0.25, 0.5, 0.5, 1], caption: 'person', keypoints: [] } as const;
  paint(pen, [shape, { ...shape, box: [0.975, 0, 1, 0.5] }], picture, picture, settings);
  expect(of('strokeRect')[0]).toEqual([100, 100, 100, 100]);
  expect(of('fillRect')).toEqual([
    [99, 83, 50, 16],
    [350, 1, 50, 16],
  ]);
});

test('what is beside a magnified picture has no caption', () => {
  const { pen, of } = notingPen();
  const shape = { box: [0, 0, 0.1, 0.1], caption: 'person', keypoints: [] } as const;
  paint(pen, [shape], { x: -400, y: 0, width: 1_200, height: 600 }, picture, settings);
  expect(of('fillText')).toEqual([]);
});

test('bones join keypoints that are sure; the others are left out', () => {
  const { pen, of } = notingPen();
  const keypoints = Array.from(
    { length: 17 },
    (_, index) => [index / 20, 0.5, index === 10 ? 0.1 : 0.9] as const,
  );
  paint(pen, [{ box: [0, 0, 1, 1], caption: '', keypoints }], picture, picture, settings);
  expect(of('arc')).toHaveLength(16);
  expect(of('lineTo')).toHaveLength(BONES.length - 1);
  expect(BONES.flat().every((index) => index >= 0 && index < 17)).toBe(true);
});
