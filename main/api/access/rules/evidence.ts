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
  // What came of it is written when it is over.
  'evidence.export': { needs: 'export', cameras: ({ camera_ids }) => camera_ids, audit: false },
  'evidence.cancel': { ...aboutPackage, audit: false },
  'evidence.resume': { ...aboutPackage, audit: false },
  'evidence.discard': aboutPackage,
  'evidence.exports': {
    needs: 'export',
    filter: ({ exports }, operator) => ({
      exports: exports.filter(({ camera_ids }) => camera_ids.every((id) => operator.mayCamera(id, 'export'))),
    }),
  },
  'evidence.key': user,
} satisfies Partial<Rules>;
