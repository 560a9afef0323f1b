import type { ResponseOf } from '../../../../contract';
import { anyone, configure, sees, user } from './shared';
import type { Rules } from './types';

const settingsOfEverybody = new Set(['theme', 'language', 'clock', 'background_explained']);

type Asked = ResponseOf<'desktop.question'>;

/** The question with the names of these cameras only: how many others record is not told either. */
const naming = ({ question }: Asked, isNamed: (cameraId: string) => boolean): Asked => ({
  question: question && { ...question, cameras: question.cameras.filter(({ id }) => isNamed(id)) },
});

/** Settings, backup and the desktop. */
export const applicationRules = {
  // Colours, language and clock are needed before anybody has signed in.
  'settings.get': anyone,
  'settings.changed': anyone,
  'settings.update': {
    needs: (request) =>
      Object.keys(request).every((name) => settingsOfEverybody.has(name)) ? 'user' : 'configure',
    audit: (request) =>
      Object.keys(request).every((name) => settingsOfEverybody.has(name)) ? null : { detail: { ...request } },
  },
  'preferences.get': user,
  'preferences.set': user,
  'preferences.changes': user,

  'backup.create': {
    ...configure,
    audit: ({ passphrase }, done) =>
      done?.saved === null
        ? null
        : { detail: { file: done?.saved?.path, passwords: passphrase !== undefined } },
  },
  'backup.open': { ...configure, audit: false },
  'backup.preview': { ...configure, audit: false },
  'backup.restore': {
    ...configure,
    audit: (_request, done) => ({ detail: done === null ? {} : { kept: done.kept } }),
  },

  'about.licences': user,
  'about.show-data-folder': { ...configure, audit: false },

  'system.info': user,
  'secrets.status': user,
  'secrets.accept-obfuscation': configure,

  'desktop.get': user,
  'desktop.update': { ...configure, audit: (request) => ({ detail: { ...request } }) },
  'desktop.quit': { needs: 'application.quit' },
  'desktop.question': {
    ...anyone,
    filter: (value, operator) => naming(value, (id) => sees(operator, id)),
    filterSignedOut: (value) => naming(value, () => false),
  },
  // Whoever closes the window is asked; without an answer it could not be closed.
  'desktop.answer': anyone,
} satisfies Partial<Rules>;
