import { z } from 'zod';
import type { LiveLayout } from './layout';
import { FIRST_LAYOUT, TILES } from './layout';

const KEY = 'vas.live.layout';

const stored = z.object({
  layout: z.enum(['1', '2x2']),
  tiles: z.array(z.string().nullable()).length(TILES),
  layoutChosen: z.boolean(),
  tilesArranged: z.boolean(),
});

/** The layout of the last time; the first one when none or none that fits was kept. */
export function readLayout(storage: Pick<Storage, 'getItem'>): LiveLayout {
  const text = storage.getItem(KEY);
  if (text === null) return FIRST_LAYOUT;
  try {
    const parsed = stored.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : FIRST_LAYOUT;
  } catch {
    return FIRST_LAYOUT;
  }
}

export function writeLayout(storage: Pick<Storage, 'setItem'>, layout: LiveLayout): void {
  storage.setItem(KEY, JSON.stringify(layout));
}
