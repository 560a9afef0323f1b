import { z } from 'zod';

/** Half hours of a day. */
export const DAY_SLOTS = 48;
/** Half hours of a week. */
export const WEEK_SLOTS = 7 * DAY_SLOTS;

/**
 * When a camera is recorded: one character a half hour of local time, Monday 00:00 first; 1 is recorded.
 * Half hours that the clock leaves out in spring do not happen, those that it repeats in autumn happen twice.
 */
export const weekSchedule = z.string().regex(/^[01]{336}$/, 'must be 336 times 0 or 1');
