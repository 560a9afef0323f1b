import type { EventsFilter } from './eventFilter';
import { NO_EVENT_FILTER } from './eventFilter';
import type { View } from './EventFeed';

/** What the screen showed last, while the window is open: looking at the wall in between changes nothing. */
export const remembered: { filter: EventsFilter; view: View } = { filter: NO_EVENT_FILTER, view: 'list' };
