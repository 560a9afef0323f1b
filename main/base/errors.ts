/**
 * What went wrong, in terms a caller can act on. Each kind has one status in the error envelope
 * of the IPC contract: invalid 422, bad_request 400, forbidden 403, not_found 404, conflict 409, unavailable 503,
 * timeout 503, internal 500.
 */
export type ErrorKind =
  'bad_request' | 'forbidden' | 'invalid' | 'not_found' | 'conflict' | 'unavailable' | 'timeout' | 'internal';

/** The one exception type of the main process. Its message is shown to users: it says what to do. */
export class VasError extends Error {
  readonly kind: ErrorKind;
  /** Machine-readable additions for the caller; never credentials. */
  readonly details: unknown;

  constructor(kind: ErrorKind, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VasError';
    this.kind = kind;
    this.details = options.details;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
