/** Rows and methods of the store, by area. All times are integer microseconds since the Unix epoch, UTC. */
export type * from './audit';
export type * from './cameras';
export type * from './captures';
export type * from './health';
export type * from './layouts';
export type * from './locks';
export type * from './models';
export type * from './motion';
export type * from './segments';
export type * from './settings';
export type * from './storage';
export type * from './store';
export type * from './users';
