import type { Migration } from '../migrations/migration';
import { events } from './0010-events';

/** Of events.db, in ascending order. */
export const eventMigrations: readonly Migration[] = [events];
