import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Session } from 'electron';
import { VasError, messageOf } from '../../main/base/errors';
import { APP_ORIGIN } from './app';

export interface MediaFile {
  /** Absolute path, chosen by id and never by a user's path. */
  readonly file: string;
  readonly mime: string;
}

export interface MediaSources {
  /** File behind an address; null when there is none. */
  file(parts: string[]): Promise<MediaFile | null>;
  /** What `playback/...` answers. @throws VasError */
  playback(parts: string[]): Promise<{ readonly mime: string; readonly body: string | Uint8Array }>;
  /** The application is being quit: recordings are closed while the page may still ask for them. */
  isEnding(): boolean;
}

/** Statuses that a player tells apart: what is gone, and what may work later. */
const STATUS: Readonly<Record<string, number>> = { not_found: 404, unavailable: 503, timeout: 503 };

async function answerPlayback(sources: MediaSources, parts: string[]): Promise<Response> {
  // Only the application's own page may read it.
  const headers = { 'access-control-allow-origin': APP_ORIGIN, 'cache-control': 'no-store' };
  try {
    const { mime, body } = await sources.playback(parts);
    return new Response(body as BodyInit, {
      headers: { ...headers, 'content-type': mime, 'x-content-type-options': 'nosniff' },
    });
  } catch (error) {
    const status = error instanceof VasError ? (STATUS[error.kind] ?? 500) : 500;
    return new Response(messageOf(error), { status, headers });
  }
}

/**
 * Serves snapshots and bookmarks by id with range requests: `vas-media://snapshots/<id>`,
 * `vas-media://bookmarks/<id>/video`, `vas-media://bookmarks/<id>/thumbnail`; and sessions of recorded footage
 * (`vas-media://playback/<id>/...`).
 */
export function serveMedia(session: Pick<Session, 'protocol'>, sources: MediaSources): void {
  session.protocol.handle('vas-media', async (request) => {
    const url = new URL(request.url);
    const parts = [url.host, ...url.pathname.split('/').filter((part) => part !== '')];
    const response = await (parts[0] === 'playback'
      ? answerPlayback(sources, parts.slice(1))
      : answerFile(sources, parts, request.headers.get('range')));
    if (response.ok || !sources.isEnding()) return response;
    // The page goes in a moment: a refusal would only be an error in its last log.
    return new Promise<never>(() => undefined);
  });
}

async function answerFile(sources: MediaSources, parts: string[], asked: string | null): Promise<Response> {
  try {
    const media = await sources.file(parts);
    if (!media) return new Response('not found', { status: 404 });
    const { size } = await stat(media.file);
    const range = parseRange(asked, size);
    if (range === 'unsatisfiable')
      return new Response(null, { status: 416, headers: { 'content-range': `bytes */${String(size)}` } });
    const [start, end] = range ?? [0, size - 1];
    const headers: Record<string, string> = {
      'content-type': media.mime,
      'content-length': String(end - start + 1),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    };
    if (range) headers['content-range'] = `bytes ${String(start)}-${String(end)}/${String(size)}`;
    const body = Readable.toWeb(createReadStream(media.file, { start, end })) as ReadableStream;
    return new Response(body, { status: range ? 206 : 200, headers });
  } catch {
    return new Response('not found', { status: 404 });
  }
}

/** Inclusive first and last byte of a single `bytes=` range; null when there is none. */
export function parseRange(header: string | null, size: number): [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return from > to || from >= size ? 'unsatisfiable' : [from, to];
}
