import { VasError } from '../base/errors';
import type { WireError } from './protocol';

/** An error of a worker as its client throws it. */
export function fromWire(error: WireError): VasError {
  return new VasError(
    error.kind,
    error.message,
    error.details === undefined ? {} : { details: error.details },
  );
}
