import { protocol } from 'electron';

/** Must run before the application is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'vas', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    {
      scheme: 'vas-media',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}
