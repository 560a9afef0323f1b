import type { Migration } from '../migrations/migration';

/** Whether an expiry runs is asked for each event that goes; those that are over are not looked at for it. */
export const runningExpiry: Migration = {
  number: 11,
  name: 'running-expiry',
  up: (db) =>
    void db.exec('CREATE INDEX event_expiries_running ON event_expiries (before_us) WHERE deleted IS NULL'),
};
