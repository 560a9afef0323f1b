import type { Migration } from '../migrations/migration';
import { events } from './0010-events';
import { runningExpiry } from './0011-running-expiry';

/** Of events.db, in ascending order. */
export const eventMigrations: readonly Migration[] = [events, runningExpiry];
