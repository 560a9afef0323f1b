import type { LayoutKind, TilePlace } from '../../../../contract/layouts';
import { WALL_STEPS } from '../../../../contract/layouts';
import { FIXED_PLACES } from './places';

const FREE: readonly TilePlace[] = [
  { x: 0, y: 0, w: 28, h: 20 },
  { x: 32, y: 6, w: 16, h: 14 },
  { x: 6, y: 25, w: 18, h: 23 },
  { x: 28, y: 25, w: 20, h: 16 },
];

/** A layout, drawn small from its own places. */
export function LayoutGlyph({ kind, width = 20 }: { readonly kind: LayoutKind; readonly width?: number }) {
  const height = width * 0.75;
  const scale = { x: width / WALL_STEPS, y: height / WALL_STEPS };
  return (
    <svg aria-hidden="true" width={width} height={height} className="layout-glyph">
      {(kind === 'free' ? FREE : FIXED_PLACES[kind]).map(({ x, y, w, h }) => (
        <rect
          key={`${String(x)}/${String(y)}`}
          x={x * scale.x + 0.5}
          y={y * scale.y + 0.5}
          width={w * scale.x - 1}
          height={h * scale.y - 1}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
