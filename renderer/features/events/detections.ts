/** One object of an event, ready to be drawn. */
export interface SeenObject {
  readonly label: string;
  /** 0 to 1; null when it was not stored. */
  readonly confidence: number | null;
  readonly trackId: number | null;
  /** Null: it has no usable place in the picture. */
  readonly box: Box | null;
}

/** Corners with the origin at the top left; shares of the picture, or its pixels. */
export interface Box {
  readonly unit: 'share' | 'pixel';
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The objects of an event as it was stored: `{schema: 1, detections: [...]}` with corners as shares of the picture
 * (seed 003) or seed 002's `{objects: [...]}` with corners in pixels or shares. What is malformed is left out: an
 * event is stored verbatim, so anything may stand there.
 */
export function objectsOf(stored: Readonly<Record<string, unknown>>): SeenObject[] {
  const list = Array.isArray(stored['detections']) ? stored['detections'] : stored['objects'];
  if (!Array.isArray(list)) return [];
  return list.map(objectOf).filter((object) => object !== null);
}

/** How often each label stands there, the most frequent first. */
export function labelCounts(objects: readonly SeenObject[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { label } of objects) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function objectOf(entry: unknown): SeenObject | null {
  if (!isRecord(entry)) return null;
  const label = [entry['class_name'], entry['class'], entry['label']].find(isName);
  if (label === undefined) return null;
  const { confidence, track_id: trackId } = entry;
  return {
    label,
    confidence: isFinite(confidence) && confidence >= 0 && confidence <= 1 ? confidence : null,
    trackId: isFinite(trackId) ? trackId : null,
    box: boxOf(entry['bbox']),
  };
}

function boxOf(bbox: unknown): Box | null {
  const corners: unknown[] = Array.isArray(bbox)
    ? (bbox as unknown[])
    : isRecord(bbox)
      ? [bbox['x_min'], bbox['y_min'], bbox['x_max'], bbox['y_max']]
      : [];
  if (corners.length !== 4 || !corners.every(isFinite)) return null;
  const [left = 0, top = 0, right = 0, bottom = 0] = corners;
  if (right <= left || bottom <= top || right <= 0 || bottom <= 0) return null;
  // A tracker's box may reach a little beyond the picture; pixels reach far beyond 1.
  const unit = Math.max(right, bottom) <= 2 ? 'share' : 'pixel';
  return { unit, left, top, right, bottom };
}

/** A box as shares of a picture of this size, cut to it; null when nothing of it is inside. */
export function shareOf(box: Box, picture: { readonly width: number; readonly height: number }): Box | null {
  const [x, y] = box.unit === 'share' ? [1, 1] : [picture.width, picture.height];
  const cut = (value: number): number => Math.min(1, Math.max(0, value));
  const shares = {
    unit: 'share',
    left: cut(box.left / x),
    top: cut(box.top / y),
    right: cut(box.right / x),
    bottom: cut(box.bottom / y),
  } as const;
  return shares.right > shares.left && shares.bottom > shares.top ? shares : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
