import type { Logger } from 'pino';
import pino from 'pino';
import { redactText } from './redact';

export type { Logger } from 'pino';

/** Field names whose values never reach a log, wherever they stand. */
const SECRET_FIELDS = ['password', 'secret', 'token', 'credentials', 'authorization'];

/**
 * The application's structured log.
 * @param destination where lines go; defaults to standard error
 */
export function createLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[redacted]',
    },
    // The last word: whatever a message or an error text carries, URLs lose their credentials.
    hooks: { streamWrite: redactText },
  };
  return pino(options, destination ?? pino.destination({ fd: 2, sync: false }));
}

/** A logger that says nothing, for tests. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}
