import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { observeSize } from '../../ui/observeSize';
import { minuteText } from '../../ui/timeText';
import type { PlotData } from './plotData';
import type { Unit } from './healthText';
import { valueText } from './healthText';

/** Steps of an axis that counts. */
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000];
const COLOURS = ['--color-plot-1', '--color-plot-2', '--color-plot-3', '--color-plot-4'] as const;
/** All plots of the screen share a crosshair. */
const SYNC = 'health';

export const plotColour = (index: number): string => `var(${COLOURS[index % COLOURS.length] ?? COLOURS[0]})`;

export interface PlotProps {
  readonly data: PlotData;
  readonly unit: Unit;
  readonly label: string;
  /** What the crosshair is at; null when it is nowhere. */
  readonly onCursor: (index: number | null) => void;
}

function aligned({ times, lines }: PlotData): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** As large as the stylesheet gives it room. */
const sizeOf = (place: HTMLElement): Size => ({ width: place.clientWidth, height: place.clientHeight });

function options(data: PlotData, unit: Unit, size: Size, onCursor: PlotProps['onCursor']): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const font = `12px ${style.getPropertyValue('--font-ui')}`;
  const axis = { stroke: colour('--color-muted'), font, ticks: { show: false } };
  const grid = { stroke: colour('--color-border'), width: 1 };
  return {
    ...size,
    legend: { show: false },
    cursor: { sync: { key: SYNC }, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      // From nothing, so that small changes stay small; room above the highest.
      y: { range: (_plot, _min, max) => [0, topOf(max, unit)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 24,
        space: 70,
        values: (_plot, at) => at.map((one) => minuteText(one * 1000)),
      },
      {
        ...axis,
        grid,
        ...(unit === 'count' ? { incrs: COUNTS } : {}),
        size: 74,
        space: 34,
        values: (_plot, at) => at.map((one) => valueText(one, unit)),
      },
    ],
    series: [
      {},
      ...data.lines.map((_, index) => ({
        stroke: colour(COLOURS[index % COLOURS.length] ?? COLOURS[0]),
        width: 1.5,
        // Fewer values than a line needs are points.
        points: { show: isSparse },
        spanGaps: false,
      })),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  };
}

function isSparse(plot: uPlot, series: number): boolean {
  return (plot.data[series] ?? []).filter((value) => value != null).length < 3;
}

/** Counts end at a whole number, so that the axis has whole steps only. */
function topOf(max: number, unit: Unit): number {
  if (unit === 'count') return Math.max(2, Math.ceil(max * 1.15));
  return max > 0 ? max * 1.15 : 1;
}

/** Lines over time. It exists only while it is shown, and is drawn only when there is something new. */
export function Plot({ data, unit, label, onCursor }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const newest = useRef({ data, onCursor });
  const names = data.lines.map(({ name }) => name).join('\n');

  useEffect(() => {
    newest.current = { data, onCursor };
    plot.current?.setData(aligned(data));
  }, [data, onCursor]);

  useEffect(() => {
    const place = frame.current;
    if (place === null) return;
    const build = () => {
      plot.current?.destroy();
      const { data: now } = newest.current;
      const tell = (index: number | null) => newest.current.onCursor(index);
      plot.current = new uPlot(options(now, unit, sizeOf(place), tell), aligned(now), place);
    };
    build();
    const stopObserving = observeSize(place, () => plot.current?.setSize(sizeOf(place)));
    const theme = new MutationObserver(build);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      stopObserving();
      theme.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [unit, names]);

  return <div ref={frame} className="plot" role="img" aria-label={label} />;
}
