import type { KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { TilePlace } from '../../../../contract/layouts';
import { WALL_STEPS } from '../../../../contract/layouts';
import { t } from '../../../strings';
import { CloseIcon } from '../../../ui/icons';
import { hasRoom, movedBy, ontoWall, resizedBy } from './arrangement';
import { ARROWS } from './wallKeys';

export interface ArrangeLayerProps {
  readonly places: readonly TilePlace[];
  /** Name of the camera of each tile; null where it is empty. */
  readonly names: readonly (string | null)[];
  /** The tile that the operator was at. */
  readonly start: number;
  readonly onPlace: (index: number, place: TilePlace) => void;
  readonly onDiscard: (index: number) => void;
  readonly onDone: () => void;
}

/** Which edges follow the mouse; none: the whole tile does. */
type Edges = '' | 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw';
const HANDLES: readonly Edges[] = ['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw'];

interface Grip {
  readonly index: number;
  readonly edges: Edges;
  readonly from: TilePlace;
  readonly x: number;
  readonly y: number;
}

const percent = (steps: number) => `${String((steps / WALL_STEPS) * 100)}%`;
const boxOf = ({ x, y, w, h }: TilePlace) => ({
  ...{ left: percent(x), top: percent(y), width: percent(w), height: percent(h) },
});

/** Lies over the tiles of a free arrangement while they are moved and resized. */
export function ArrangeLayer({ places, names, start, onPlace, onDiscard, onDone }: ArrangeLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [grip, setGrip] = useState<Grip | null>(null);
  /** Where the mouse would put the tile although there is no room. */
  const [refused, setRefused] = useState<TilePlace | null>(null);
  const [said, setSaid] = useState('');

  const focus = (index: number) =>
    layer.current
      ?.querySelector<HTMLElement>(
        `[data-testid="arrange-${String(Math.max(0, Math.min(index, places.length - 2)))}"]`,
      )
      ?.focus();
  const first = useRef(start);
  useEffect(() => {
    // The tiles themselves take no input now: whoever comes by key goes on from here.
    const at = String(first.current);
    layer.current?.querySelector<HTMLElement>(`[data-testid="arrange-${at}"]`)?.focus();
  }, []);
  const discard = (index: number) => {
    onDiscard(index);
    requestAnimationFrame(() => focus(index));
  };

  const say = (place: TilePlace | null) =>
    setSaid(
      place === null
        ? t('arrange.blocked')
        : t('arrange.place', { x: place.x + 1, y: place.y + 1, w: place.w, h: place.h }),
    );
  const onKeyDown = (index: number) => (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // Enter on the button of the tile presses that button.
    if (event.key === 'Enter' && event.target !== event.currentTarget) return;
    const direction = ARROWS[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      const place = (event.shiftKey ? resizedBy : movedBy)(places, index, direction);
      if (place !== null) onPlace(index, place);
      say(place);
    } else if (event.key === 'Delete' || event.key === 'Backspace') discard(index);
    else if (event.key === 'Escape' || event.key === 'Enter') {
      event.preventDefault();
      onDone();
    } else return;
    event.stopPropagation();
  };
  const onPointerDown = (index: number, from: TilePlace) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
    const edges = ((event.target as HTMLElement).dataset['edges'] ?? '') as Edges;
    event.currentTarget.setPointerCapture(event.pointerId);
    setGrip({ index, edges, from, x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const area = layer.current?.getBoundingClientRect();
    if (grip === null || area === undefined) return;
    const dx = ((event.clientX - grip.x) / area.width) * WALL_STEPS;
    const dy = ((event.clientY - grip.y) / area.height) * WALL_STEPS;
    const wanted = drawn(grip, dx, dy);
    const fits = hasRoom(places, wanted, grip.index);
    setRefused(fits ? null : wanted);
    if (fits) onPlace(grip.index, wanted);
  };
  const release = () => {
    setGrip(null);
    setRefused(null);
  };

  return (
    <div ref={layer} className="arrange-layer">
      {places.map((place, index) => {
        const name = names[index] ?? t('arrange.empty');
        return (
          <div
            key={index}
            className="arrange-tile"
            role="group"
            tabIndex={0}
            aria-label={t('arrange.tile', { number: index + 1, name })}
            data-testid={`arrange-${String(index)}`}
            data-held={grip?.index === index ? 'true' : undefined}
            style={boxOf(place)}
            onKeyDown={onKeyDown(index)}
            onPointerDown={onPointerDown(index, place)}
            onPointerMove={onPointerMove}
            onPointerUp={release}
            onPointerCancel={release}
          >
            <span className="arrange-name">{name}</span>
            <button
              type="button"
              className="arrange-remove"
              aria-label={t('arrange.remove', { number: index + 1 })}
              onClick={() => discard(index)}
            >
              <CloseIcon size={16} />
            </button>
            {HANDLES.map((edges) => (
              <span key={edges} className={`arrange-handle arrange-${edges}`} data-edges={edges} />
            ))}
          </div>
        );
      })}
      {refused === null ? null : <div className="arrange-refused" style={boxOf(refused)} />}
      <p className="arrange-hint">{t('arrange.hint')}</p>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

/** The place that the mouse draws, moved by so many steps. */
function drawn({ from, edges }: Grip, dx: number, dy: number): TilePlace {
  if (edges === '') return ontoWall({ ...from, x: from.x + dx, y: from.y + dy });
  const moved = (has: boolean, far: number) => (has ? Math.round(far) : 0);
  const left = moved(edges.includes('w'), dx);
  const right = moved(edges.includes('e'), dx);
  const top = moved(edges.includes('n'), dy);
  const bottom = moved(edges.includes('s'), dy);
  return {
    x: from.x + left,
    y: from.y + top,
    w: from.w - left + right,
    h: from.h - top + bottom,
  };
}
