import { z } from 'zod';

/** Lower-case UUID. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a lower-case UUID');

/** UTC instant, ISO 8601 with milliseconds or better. */
export const instant = z.iso.datetime({ offset: true });

export const nothing = z.object({}).strict();

/** Text that a person typed: trimmed, without control characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters');
