import { z } from 'zod';

const PREFIX = 'vas.live.view.';

const stored = z.object({
  isListOpen: z.boolean(),
  listOrder: z.enum(['name', 'group', 'location']),
  plan: z.object({ layoutIds: z.array(z.string()).readonly(), dwell: z.number() }).nullable(),
  isTouring: z.boolean(),
});

/** How a window shows the wall, besides what it shows. */
export type WallView = z.infer<typeof stored>;

const FIRST: WallView = { isListOpen: true, listOrder: 'name', plan: null, isTouring: false };

export function readView(storage: Pick<Storage, 'getItem'>, windowId: string): WallView {
  const text = storage.getItem(PREFIX + windowId);
  // A window of its own is for looking, not for choosing.
  const first = { ...FIRST, isListOpen: windowId === 'main' };
  if (text === null) return first;
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return first;
  }
}

export function writeView(storage: Pick<Storage, 'setItem'>, windowId: string, view: WallView): void {
  storage.setItem(PREFIX + windowId, JSON.stringify(view));
}
