import type { TimelineColors } from './paint';

/** The colours of the theme, as the canvas needs them. */
export function timelineColors(element: Element): TimelineColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: color('--color-surface'),
    row: color('--timeline-row'),
    recorded: color('--timeline-recorded'),
    sparse: color('--timeline-sparse'),
    motion: color('--timeline-motion'),
    event: color('--timeline-event'),
    bookmark: color('--timeline-bookmark'),
    lock: color('--timeline-lock'),
    text: color('--color-text'),
    muted: color('--color-muted'),
    line: color('--timeline-line'),
    playhead: color('--timeline-playhead'),
    selection: color('--color-accent'),
    font: `12px ${style.fontFamily}`,
  };
}
