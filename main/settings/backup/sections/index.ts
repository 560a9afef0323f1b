import { assignments } from './assignments';
import { cameras } from './cameras';
import { groups } from './groups';
import { layouts } from './layouts';
import { preferences } from './preferences';
import type { AnySection } from './section';
import { anySection } from './section';
import { settings } from './settings';
import { triggers } from './triggers';
import { users } from './users';

/** Everything that a backup holds, in the order in which it is restored: what is referred to comes first. */
export const SECTIONS: readonly AnySection[] = [
  anySection(groups),
  anySection(cameras),
  anySection(layouts),
  anySection(settings),
  anySection(preferences),
  anySection(assignments),
  anySection(triggers),
  anySection(users),
];
