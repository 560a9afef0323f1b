import type { CommandName, ErrorEnvelope, QueryName, Reply, RequestInput, ResponseOf } from '../../contract';
import { t } from '../strings';
import { bridge } from './bridge';

/** A call that failed, as the main process said it. Its message is for people. */
export class CallError extends Error {
  readonly status: number;
  readonly path: string;
  readonly details: unknown;

  constructor(envelope: ErrorEnvelope['error']) {
    super(envelope.message);
    this.name = 'CallError';
    this.status = envelope.status;
    this.path = envelope.path;
    this.details = envelope.details;
  }
}

/** @throws CallError */
export function query<N extends QueryName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>> {
  return settle(name, bridge().query(name, request));
}

/** @throws CallError */
export function command<N extends CommandName>(name: N, request: RequestInput<N>): Promise<ResponseOf<N>> {
  return settle(name, bridge().command(name, request));
}

async function settle<T>(path: string, pending: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>;
  try {
    reply = await pending;
  } catch {
    // Electron rejects when the main process could not answer at all; its text is not for people.
    throw new CallError({ status: 503, message: t('error.noAnswer'), path });
  }
  if (reply.ok) return reply.data;
  throw new CallError(reply.error);
}

/** Anything thrown by a call, as a CallError. */
export function toCallError(error: unknown, path: string): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError({ status: 500, message, path });
}

/** The `code` in an error's details, such as `consent_required`; null when there is none. */
export function errorCode(error: CallError): string | null {
  const { details } = error;
  if (typeof details !== 'object' || details === null || !('code' in details)) return null;
  return typeof details.code === 'string' ? details.code : null;
}
