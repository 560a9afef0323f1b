import type { ErrorEnvelope } from '../../contract';
import type { ErrorKind } from '../base/errors';
import { VasError } from '../base/errors';
import { redactText } from '../base/redact';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid: 422,
  internal: 500,
  unavailable: 503,
  timeout: 503,
};

/** The reference's envelope (7.0) with honest codes; texts of unexpected errors stay in the log. */
export function toEnvelope(error: unknown, path: string): ErrorEnvelope {
  if (!(error instanceof VasError))
    return {
      error: {
        status: 500,
        message: 'Something went wrong inside the application. The log says more.',
        path,
      },
    };
  return {
    error: {
      status: STATUS[error.kind],
      message: redactText(error.message),
      path,
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  };
}
