import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from 'electron';
import { CONTENT_SECURITY_POLICY } from '../security/session';

/** The renderer's own origin: a custom scheme, never file:// (anchors F1). */
export const APP_ORIGIN = 'vas://app';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** Null when the percent-encoding is broken. */
function requestedPath(pathname: string): string | null {
  try {
    return path.normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
  } catch {
    return null;
  }
}

/** Serves the bundled renderer below `root`; anything outside it is 404. */
export function serveApplication(session: Session, root: string): void {
  session.protocol.handle('vas', async (request) => {
    const url = new URL(request.url);
    const wanted = requestedPath(url.pathname);
    if (wanted === null) return new Response('not found', { status: 404 });
    const file = path.join(root, wanted);
    const type = MIME[path.extname(file)];
    if (url.host !== 'app' || type === undefined || !file.startsWith(root + path.sep))
      return new Response('not found', { status: 404 });
    try {
      return new Response(await readFile(file), {
        headers: {
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}
