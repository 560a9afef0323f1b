import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import { t } from '../../../strings';
import type { Point } from '../../detection/areas';
import type { Region } from './region';
import { middleAfter, moved, rectangle, withCorner, withFewer, withMore } from './region';
import '../../../ui/pictureShapes.css';

/** Steps of an arrow key, shares of the picture. */
const STEP = 0.01;
const LARGE_STEP = 0.05;
/** A press that moves less is a click, shares of the picture. */
const CLICK = 0.012;
const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface RegionEditorProps {
  readonly region: Region;
  readonly onChange: (region: Region) => void;
  /** Width by height of the picture. */
  readonly ratio: number;
}

interface Drag {
  readonly kind: 'draw' | 'move' | number;
  readonly from: Point;
  readonly region: Region;
}

/** The region over the picture: dragging draws or moves it, corners are moved by pointer or arrow keys. */
export function RegionEditor({ region, onChange, ratio }: RegionEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = frame.current?.getBoundingClientRect();
    return box === undefined ? [0, 0] : [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  };
  const begin = (kind: Drag['kind'], event: PointerEvent<Element>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    // A rectangle is drawn over the one before by beginning outside of it.
    drag.current = { kind, from: placeOf(event), region };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<Element>) => {
    const { current } = drag;
    if (current === null) return;
    const to = placeOf(event);
    const [dx, dy] = [to[0] - current.from[0], to[1] - current.from[1]];
    if (typeof current.kind === 'number') onChange(withCorner(region, current.kind, to));
    else if (Math.hypot(dx, dy) < CLICK) return;
    else if (current.kind === 'move') onChange(moved(current.region, [dx, dy]));
    else if (region.shape === 'rectangle')
      onChange({ shape: 'rectangle', points: rectangle(current.from, to) });
  };
  const end = (event: PointerEvent<Element>) => {
    const { current } = drag;
    drag.current = null;
    if (current === null || typeof current.kind === 'number' || event.type === 'pointercancel') return;
    const to = placeOf(event);
    if (Math.hypot(to[0] - current.from[0], to[1] - current.from[1]) < CLICK) onChange(withMore(region, to));
  };
  const acted = (event: KeyboardEvent, next: Region | null) => {
    if (next === null) return;
    event.preventDefault();
    onChange(next);
  };
  const stepOf = ({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): Point | null => {
    const step = ctrlKey || altKey || metaKey ? undefined : STEPS[key];
    const by = shiftKey ? LARGE_STEP : STEP;
    return step === undefined ? null : [step[0] * by, step[1] * by];
  };
  const onCornerKey =
    (corner: number, [x, y]: Point) =>
    (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (step !== null) acted(event, withCorner(region, corner, [x + step[0], y + step[1]]));
      else if (event.key === 'Delete' || event.key === 'Backspace') acted(event, withFewer(region, corner));
      else if (event.key === 'Insert') acted(event, withMore(region, middleAfter(region, corner)));
    };
  const onWholeKey = (event: KeyboardEvent) => {
    const step = stepOf(event);
    acted(event, step === null ? null : moved(region, step));
  };
  const handlers = { onPointerMove, onPointerUp: end, onPointerCancel: end };
  return (
    <div
      className="motion-layer"
      data-testid="motion-layer"
      onPointerDown={(event) => begin('draw', event)}
      {...handlers}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <div
        ref={frame}
        className="motion-frame"
        style={{ width: `min(100cqw, calc(100cqh * ${String(ratio)}))`, aspectRatio: String(ratio) }}
      >
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          <path
            className="motion-outside"
            fillRule="evenodd"
            d={`M0 0H1V1H0ZM${region.points.map(([x, y]) => `${String(x)} ${String(y)}`).join('L')}Z`}
          />
          <polygon
            className="picture-shape motion-region"
            points={region.points.map(([x, y]) => `${String(x)},${String(y)}`).join(' ')}
            onPointerDown={(event) => begin('move', event)}
          />
        </svg>
        <button
          type="button"
          className="picture-handle motion-whole"
          style={middleOf(region.points)}
          aria-label={t('motion.moveRegion')}
          onPointerDown={(event) => begin('move', event)}
          onKeyDown={onWholeKey}
        />
        {region.points.map((point, corner) => (
          <button
            key={corner}
            type="button"
            className="picture-handle"
            data-testid="motion-corner"
            style={{ left: `${String(point[0] * 100)}%`, top: `${String(point[1] * 100)}%` }}
            aria-label={t('motion.corner', { number: corner + 1 })}
            onPointerDown={(event) => begin(corner, event)}
            onDoubleClick={() => onChange(withFewer(region, corner))}
            onKeyDown={onCornerKey(corner, point)}
          />
        ))}
      </div>
    </div>
  );
}

function middleOf(points: readonly Point[]): { left: string; top: string } {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return { left: `${String(mean(0) * 100)}%`, top: `${String(mean(1) * 100)}%` };
}
