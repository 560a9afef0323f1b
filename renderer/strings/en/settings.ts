/** Texts of the Settings screen. */
export const settingsStrings = {
  'screen.settings': 'Settings',
  'settings.sections': 'Sections',
  'settings.loading': 'Reading the settings',
  'settings.failed': 'The settings cannot be read',
  'settings.notSaved': 'The setting was not saved',
  'settings.saved': 'Saved',
  'settings.section.appearance': 'Appearance',
  'settings.section.recording': 'Recording',
  'settings.section.ai': 'AI',
  'settings.section.backup': 'Backup',
  'settings.section.about': 'About',

  'settings.theme': 'Colours',
  'settings.themeHint': 'Dark is easier on the eyes in a dim control room.',
  'settings.language': 'Language',
  'settings.languageHint': 'Of all texts of the application.',
  'settings.languageSystem': 'As desktop',
  'settings.clock': 'Clock',
  'settings.clockHint': 'How times are shown everywhere. Stored times are always exact.',
  'settings.clockLanguage': 'As is usual in the language',
  'settings.clock24': '24 hours',
  'settings.clock12': '12 hours',
  'settings.clockExample': 'Now: {time}',

  'settings.export': 'Hand pictures to AI',
  'settings.exportLabel': 'Decode pictures for AI models',
  'settings.exportHint':
    'AI models look at decoded pictures of the cameras they are assigned to. Decoding costs computing power.',
  'settings.exportEffects': 'What this changes',
  'settings.exportEffectStart': 'It takes effect at the next start of the application.',
  'settings.exportEffectProcesses':
    'From then on, one decoder process runs for each camera that a model watches, and one process for each model.',
  'settings.exportEffectVideo':
    'Live view and recording are not affected: they never wait for AI, whether it is on, slow or broken.',
  'settings.exportPending': 'Takes effect at the next start',
  'settings.exportPendingOn': 'Pictures are not handed to AI yet. Close the application and start it again.',
  'settings.exportPendingOff':
    'Pictures are still handed to AI until the application is closed and started again.',
  'settings.exportOverridden': 'Set by the environment',
  'settings.exportOverriddenOn':
    'AI_FRAME_EXPORT_ENABLED switches it on, whatever is chosen here. The choice is kept for when the variable is gone.',
  'settings.exportOverriddenOff':
    'AI_FRAME_EXPORT_ENABLED switches it off, whatever is chosen here. The choice is kept for when the variable is gone.',
  'settings.exportNow': 'Now',
  'settings.exportRunning': 'Handed to AI',
  'settings.exportNotRunning': 'Not handed to AI',
} as const;
