import type { CameraFinder } from '../rule';
import type { ById } from './shared';
import { user } from './shared';
import type { Rules } from './types';

const aboutPackage = {
  needs: 'export',
  cameras: ({ id }: ById, find: CameraFinder) => find.evidence(id),
  audit: ({ id }: ById) => ({ object: { kind: 'evidence', id } }),
} as const;

/** Evidence packages. */
export const evidenceRules = {
  'evidence.estimate': { needs: 'export', cameras: ({ camera_ids }) => camera_ids },
  'evidence.choose-folder': { needs: 'export', audit: false },
  // Its beginning and what came of it are written where it is made.
  'evidence.export': { needs: 'export', cameras: ({ camera_ids }) => camera_ids, audit: false },
  // By whoever may export from each camera of the package, not only by who began it: the log says who it was.
  'evidence.cancel': aboutPackage,
  'evidence.resume': aboutPackage,
  'evidence.discard': aboutPackage,
  'evidence.exports': {
    needs: 'export',
    filter: ({ exports }, operator) => ({
      exports: exports.filter(({ camera_ids }) => camera_ids.every((id) => operator.mayCamera(id, 'export'))),
    }),
  },
  'evidence.key': user,
} satisfies Partial<Rules>;
