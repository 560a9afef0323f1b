import type { Session } from 'electron';

/**
 * What the page may load: its own files, media of the media protocol, nothing from any network.
 * Neither scripts nor styles may stand in the page itself.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob: vas-media:",
  "media-src 'self' blob: mediastream: vas-media:",
  "font-src 'self'",
  "connect-src 'self' vas-media:",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Denies every permission (Electron grants by default) and every request that leaves the machine. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !/^(vas|vas-media|blob|data|devtools|chrome-extension):/.test(details.url) });
  });
}
