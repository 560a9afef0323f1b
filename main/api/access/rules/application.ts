import { anyone, configure, user } from './shared';
import type { Rules } from './types';

const settingsOfEverybody = new Set(['theme', 'language', 'clock', 'background_explained']);

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
  'desktop.question': anyone,
  // Whoever closes the window is asked; without an answer it could not be closed.
  'desktop.answer': anyone,
} satisfies Partial<Rules>;
