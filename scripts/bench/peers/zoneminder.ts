import { installed } from './children';
import type { Peer } from './peer';

/** ZoneMinder's capture daemon needs a MariaDB with its schema and monitors as rows before it looks at a camera. */
export const zoneminder: Peer = {
  id: 'zoneminder',
  what: 'ZoneMinder, capture daemon',
  unavailable: () =>
    Promise.resolve(
      installed('zmc') === null
        ? 'not installed: apt-get install zoneminder mariadb-server (both start services and change /etc, so the suite never does)'
        : 'its monitors are rows of a MariaDB of the whole system, which this suite does not write to',
    ),
  start: () => Promise.reject(new Error('ZoneMinder is not run.')),
};
