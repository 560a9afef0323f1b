import { protocol } from 'electron';

/** Must run before the application is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'vas', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: 'vas-media',
      // Recordings are fetched by the page, whose origin is another scheme.
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
    },
  ]);
}
