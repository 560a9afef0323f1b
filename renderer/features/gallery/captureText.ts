import type { Capture } from '../../../contract';
import { t } from '../../strings';
import { momentText } from '../../ui/timeText';

/** What a capture is called: its label, or else what it is. */
export const captureTitle = (capture: Capture): string => capture.label ?? t(`gallery.kind.${capture.kind}`);

/** `Clip of Gate, Sat, 21 Nov 2026, 10:44:05`, with its label where there is one. */
export function captureName(capture: Capture): string {
  const at = Date.parse(capture.timestamp);
  const named = {
    kind: t(`gallery.kind.${capture.kind}`),
    camera: capture.device_name,
    time: momentText(at),
  };
  return capture.label === null
    ? t('gallery.name', named)
    : t('gallery.nameLabelled', { ...named, label: capture.label });
}

/** `0:30` or `10:05`. @param seconds of a clip */
export function lengthText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}

/** Tags out of what somebody typed, separated by commas; each once, whatever its case. Pure. */
export function tagsOf(text: string): string[] {
  const tags = text
    .split(',')
    .map((tag) => tag.trim().replace(/\s+/g, ' '))
    .filter((tag) => tag !== '');
  return tags.filter(
    (tag, index) => tags.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === index,
  );
}
