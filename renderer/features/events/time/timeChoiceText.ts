import { t } from '../../../strings';
import { dateText, minuteText } from '../../../ui/timeText';
import type { TimeChoice } from '../eventFilter';
import { dayStart } from '../eventFilter';

/** What a time is called: a preset by its name, days without their hours where they are whole. */
export function timeText(time: TimeChoice): string {
  if (typeof time === 'string') return t(`events.filter.time.${time}`);
  const { from, to } = time;
  const areWhole = from === dayStart(from) && to === dayStart(to, 1) - 1;
  if (areWhole && dayStart(from) === dayStart(to)) return dateText(from);
  const text = (at: number) => (areWhole ? dateText(at) : `${dateText(at)} ${minuteText(at)}`);
  return t('events.filter.span', { from: text(from), to: text(to) });
}
