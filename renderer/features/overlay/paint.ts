import type { OverlaySettings } from '../../../contract';
import type { Rect, Size } from './geometry';
import { boxIn, placeIn } from './geometry';
import type { Shape } from './shapes';

/** Pairs of keypoints that a bone joins, in the order of COCO's 17 keypoints: nose, eyes, ears, shoulders, ... */
export const BONES: readonly (readonly [number, number])[] = [
  ...([[0, 1], [0, 2], [1, 3], [2, 4]] as const), // prettier-ignore
  ...([[5, 6], [5, 7], [7, 9], [6, 8], [8, 10]] as const), // prettier-ignore
  ...([[5, 11], [6, 12], [11, 12]] as const), // prettier-ignore
  ...([[11, 13], [13, 15], [12, 14], [14, 16]] as const), // prettier-ignore
];
/** A keypoint below it is a guess and is not drawn. */
const SURE = 0.2;
const LINE = 16;
const PADDING = 4;
const FONT = "12px system-ui, 'Liberation Sans', Arial, sans-serif";

export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'stroke'
  | 'fill'
  | 'strokeRect'
  | 'fillRect'
  | 'fillText'
  | 'measureText'
> & {
  strokeStyle: string | CanvasGradient | CanvasPattern;
  fillStyle: string | CanvasGradient | CanvasPattern;
  globalAlpha: number;
  lineWidth: number;
  font: string;
  textBaseline: CanvasTextBaseline;
};

/** Draws shapes over a picture. @param picture where the picture lies, CSS pixels */
export function paint(
  pen: Pen,
  shapes: readonly Shape[],
  picture: Rect,
  area: Size,
  settings: OverlaySettings,
): void {
  pen.font = FONT;
  pen.textBaseline = 'middle';
  pen.lineWidth = settings.boxLineWidth;
  pen.strokeStyle = settings.boxColor;
  pen.globalAlpha = settings.boxOpacity;
  for (const { box } of shapes) {
    const { x, y, width, height } = boxIn(picture, box);
    pen.strokeRect(x, y, width, height);
  }
  for (const { keypoints } of shapes) paintSkeleton(pen, keypoints, picture, settings);
  for (const shape of shapes) if (shape.caption !== '') paintCaption(pen, shape, picture, area, settings);
  pen.globalAlpha = 1;
}

function paintSkeleton(
  pen: Pen,
  keypoints: Shape['keypoints'],
  picture: Rect,
  settings: OverlaySettings,
): void {
  const at = (index: number) => {
    const point = keypoints[index];
    return point === undefined || point[2] < SURE ? null : placeIn(picture, point[0], point[1]);
  };
  pen.beginPath();
  for (const [from, to] of BONES) {
    const [a, b] = [at(from), at(to)];
    if (a === null || b === null) continue;
    pen.moveTo(a.x, a.y);
    pen.lineTo(b.x, b.y);
  }
  pen.stroke();
  pen.fillStyle = settings.boxColor;
  keypoints.forEach((_, index) => {
    const place = at(index);
    if (place === null) return;
    pen.beginPath();
    pen.arc(place.x, place.y, settings.boxLineWidth + 1, 0, 2 * Math.PI);
    pen.fill();
  });
}

/** White on black, directly above the box; inside it where there is no room above. */
function paintCaption(pen: Pen, shape: Shape, picture: Rect, area: Size, settings: OverlaySettings): void {
  const box = boxIn(picture, shape.box);
  // A magnified picture has boxes beside what is shown: their captions would pile up at its edges.
  if (box.x > area.width || box.y > area.height || box.x + box.width < 0 || box.y + box.height < 0) return;
  const half = settings.boxLineWidth / 2;
  const width = pen.measureText(shape.caption).width + 2 * PADDING;
  const above = box.y - half - LINE;
  const top = above >= 0 ? above : Math.max(0, box.y + half);
  const left = Math.max(0, Math.min(box.x - half, area.width - width));
  pen.globalAlpha = settings.labelOpacity;
  pen.fillStyle = '#000000';
  pen.fillRect(left, top, width, LINE);
  pen.globalAlpha = 1;
  pen.fillStyle = '#ffffff';
  pen.fillText(shape.caption, left + PADDING, top + LINE / 2 + 0.5);
}
