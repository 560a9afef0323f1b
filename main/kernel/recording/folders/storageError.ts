import { VasError } from '../../../base/errors';

/** What ingest shows as the fault `storage`. */
export function storageError(message: string, cause?: unknown): VasError {
  return new VasError('unavailable', message, { cause, details: { code: 'storage' } });
}
