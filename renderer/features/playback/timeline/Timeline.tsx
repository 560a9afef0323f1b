import type { KeyboardEvent, PointerEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Device } from '../../../../contract';
import { t } from '../../../strings';
import { clockText, dateText } from '../../../ui/timeText';
import { useElementSize } from '../../live/tile/useElementSize';
import type { PlaybackClock } from '../clock/PlaybackClock';
import type { KeyPicture } from '../player/decodeKeys';
import { HoverCard } from './HoverCard';
import type { Selection, TimelineColors } from './paint';
import { heightOf, NAMES, paintTimeline, ROW_GAP, rowHeight, RULER } from './paint';
import { tickText } from './tickText';
import { ticksOf } from './ticks';
import { timelineColors } from './timelineColors';
import { useTimelineData } from './useTimelineData';
import type { TimeView } from './view';
import { following, moved, timeAt, zoomed } from './view';

export interface TimelineProps {
  readonly clock: PlaybackClock;
  readonly devices: readonly Device[];
  readonly view: TimeView;
  readonly onView: (change: (view: TimeView) => TimeView) => void;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** A click: the next moment of which there is footage. */
  readonly onSeek: (at: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Grows when there is something new to show. */
  readonly news: number;
  /** A small picture of a camera (null: the one that is meant) at about a moment. */
  readonly preview: (cameraId: string | null, at: number) => Promise<KeyPicture | null>;
}

type Drag =
  | { readonly kind: 'scrub'; readonly startX: number; hasMoved: boolean }
  | { readonly kind: 'select'; readonly startX: number; readonly start: number }
  | { readonly kind: 'pan'; lastX: number };

/** Less than this is a click, pixels. */
const SLIP = 4;
const LABELS_APART = 92;

/** The one time line of all tiles: what there is, where we are. */
export function Timeline(props: TimelineProps) {
  const { clock, devices, view, onView, selection } = props;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const [hoverId, setHoverId] = useState<string | null>(null);
  const { preview } = props;
  const load = useCallback((at: number) => preview(hoverId, at), [preview, hoverId]);
  const width = Math.round((useElementSize(root)?.width ?? 0) / devicePixelRatio);
  const plot = Math.max(1, width - NAMES);
  const ids = useMemo(() => devices.map(({ id }) => id), [devices]);
  const { cameras, error, isLoading } = useTimelineData(ids, view, plot, props.news);
  const rows = useMemo(() => {
    const byId = new Map(cameras.map((camera) => [camera.camera_id, camera]));
    const own = devices.map(({ id, name }) => {
      const camera = byId.get(id);
      return { id, name, isMerged: false, cameras: camera === undefined ? [] : [camera] };
    });
    if (own.length < 2) return own;
    const all = { id: 'all', name: t('playback.allCameras'), isMerged: true, cameras };
    return [all, ...own];
  }, [cameras, devices]);
  const height = heightOf(Math.max(1, rows.length));

  // Drawn once for each picture of the screen, and only when something has changed.
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d') ?? null;
    if (element === null || pen === null || width === 0) return;
    const ratio = devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const ticks = ticksOf(view, plot, LABELS_APART);
    const label = tickText(ticks.unit);
    let colors: TimelineColors | null = null;
    let drawn = '';
    let frame = 0;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const position = clock.position();
      const theme = document.documentElement.dataset['theme'] ?? '';
      const key = `${String(Math.round(((position - view.from) / (view.to - view.from)) * plot * ratio))} ${theme}`;
      if (key === drawn) return;
      if (colors === null || !drawn.endsWith(theme)) colors = timelineColors(element);
      drawn = key;
      const now = Date.now();
      const picture = { view, rows, ticks, label, position, hover, selection, now };
      paintTimeline(pen, picture, { width, height }, colors);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [clock, view, rows, width, height, plot, hover, selection]);

  // While it plays the view goes with it.
  useEffect(() => {
    const timer = setInterval(() => {
      if (clock.isMoving() && drag.current === null) onView((before) => following(before, clock.position()));
    }, 200);
    return () => clearInterval(timer);
  }, [clock, onView]);

  const xOf = ({ clientX }: { clientX: number }) =>
    clientX - (root.current?.getBoundingClientRect().left ?? 0) - NAMES;
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      event.preventDefault();
      const x = xOf(event);
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const by = event.deltaX === 0 ? event.deltaY : event.deltaX;
        onView((before) => moved(before, ((before.to - before.from) * by) / plot));
      } else {
        const factor = 1.25 ** (Math.max(-300, Math.min(300, event.deltaY)) / 100);
        onView((before) => zoomed(before, factor, timeAt(before, x, plot)));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onView, plot]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const x = xOf(event);
    if (x < 0) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (event.button === 1) drag.current = { kind: 'pan', lastX: x };
    else if (event.button !== 0) return;
    else if (y < RULER) drag.current = { kind: 'select', startX: x, start: timeAt(view, x, plot) };
    else drag.current = { kind: 'scrub', startX: x, hasMoved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const x = xOf(event);
    const at = timeAt(view, x, plot);
    setHover(x < 0 ? null : at);
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top - RULER;
    const row = rows[Math.floor(y / (rowHeight(rows.length) + ROW_GAP))];
    setHoverId(row === undefined || row.isMerged ? null : row.id);
    const dragged = drag.current;
    if (dragged === null) return;
    if (dragged.kind === 'pan') {
      const by = dragged.lastX - x;
      dragged.lastX = x;
      onView((before) => moved(before, ((before.to - before.from) * by) / plot));
    } else if (dragged.kind === 'scrub') {
      if (!dragged.hasMoved && Math.abs(x - dragged.startX) < SLIP) return;
      dragged.hasMoved = true;
      clock.scrub(at);
    } else if (Math.abs(x - dragged.startX) >= SLIP)
      props.onSelection({ from: Math.min(dragged.start, at), to: Math.max(dragged.start, at) });
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const dragged = drag.current;
    drag.current = null;
    if (dragged === null || dragged.kind === 'pan') return;
    const x = xOf(event);
    if (dragged.kind === 'scrub' && dragged.hasMoved) clock.endScrub();
    else if (Math.abs(x - dragged.startX) < SLIP) props.onSeek(timeAt(view, x, plot));
  };

  return (
    <div className="playback-timeline" style={{ height }}>
      <div
        ref={root}
        className="playback-timeline-plot"
        data-testid="timeline"
        role="slider"
        tabIndex={0}
        aria-label={t('playback.timeline')}
        aria-orientation="horizontal"
        aria-valuemin={Math.round(view.from)}
        aria-valuemax={Math.round(view.to)}
        aria-valuenow={Math.round(clock.position())}
        aria-valuetext={t('playback.positionText', {
          date: dateText(clock.position()),
          time: clockText(clock.position()),
        })}
        onKeyDown={props.onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          clock.endScrub();
        }}
        onPointerLeave={() => setHover(null)}
        onDoubleClick={(event) => {
          const at = timeAt(view, xOf(event), plot);
          onView((before) => zoomed(before, 0.4, at));
        }}
      >
        <canvas ref={canvas} className="playback-timeline-canvas" data-loading={isLoading} />
      </div>
      {error === null ? null : (
        <p className="playback-timeline-error" role="alert">
          {t('playback.timelineFailed', { reason: error.message })}
        </p>
      )}
      {hover === null ? null : (
        <HoverCard
          at={hover}
          x={NAMES + ((hover - view.from) / (view.to - view.from)) * plot}
          width={width}
          rows={rows}
          view={view}
          plot={plot}
          load={load}
        />
      )}
    </div>
  );
}
