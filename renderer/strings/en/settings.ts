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

  'storage.title': 'Folders for recordings',
  'storage.hint':
    'New recordings go into one folder. Recordings in former folders can still be played and are deleted when they are old enough.',
  'storage.loading': 'Looking at the folders',
  'storage.failed': 'The folders cannot be read',
  'storage.choose': 'Record into another folder',
  'storage.choosing': 'Examining the folder',
  'storage.chooseFailed': 'This folder cannot be used',
  'storage.useFailed': 'The folder was not changed',
  'storage.forgetFailed': 'The folder is still in the list',
  'storage.current': 'Recording here',
  'storage.standIn': 'Standing in',
  'storage.former': 'Former folder',
  'storage.missing': 'Missing',
  'storage.foreign': 'Wrong disk',
  'storage.inside': 'Inside the data folder',
  'storage.use': 'Record here',
  'storage.useOf': 'Record into {path}',
  'storage.forget': 'Remove from list',
  'storage.forgetOf': 'Remove {path} from the list',
  'storage.missingTitle': 'The disk of this folder is not connected',
  'storage.missingText':
    'Nothing is written in its place. Connect the disk, and recording goes on by itself; or record into another folder.',
  'storage.foreignTitle': 'Another disk is connected here',
  'storage.foreignText':
    'It holds recordings of another workstation and is left alone. Connect the right disk, or record into another folder.',
  'storage.recorded': 'Recordings',
  'storage.other': 'Other files',
  'storage.free': 'Free',
  'storage.reserved': 'stays free: {size}',
  'storage.oldest': 'Oldest',
  'storage.newest': 'Newest',
  'storage.none': 'None yet',
  'storage.spaceOf': '{recorded} recordings, {other} other files, {free} free of {total}',
  'storage.confirmTitle': 'Record into another folder?',
  'storage.confirmText':
    'New recordings go to {path}. Each running camera reconnects once, one after the other: about 2 seconds of each are missing.',
  'storage.confirmFormer': 'Recordings made so far stay where they are, can be played, and expire as usual.',
  'storage.confirmSpace': '{free} of {total} are free there.',
  'storage.confirmSameDisk':
    'It lies on the same disk as the present folder, so there is no more space than now.',
  'storage.confirm': 'Record there',
  'storage.fallback': 'If the disk is missing',
  'storage.fallbackHint':
    'When the disk of the chosen folder is not connected, recording stops and the application says so. It can also record into one of the other folders until the disk is back.',
  'storage.fallbackLabel': 'Record into another folder meanwhile',

  'retention.title': 'How long recordings are kept',
  'retention.hint':
    'The oldest recordings are deleted first, over all cameras. Recordings that are being made, watched or exported stay.',
  'retention.days': 'Days',
  'retention.daysHint': 'Older recordings are deleted. Empty: kept as long as there is space.',
  'retention.size': 'Largest size in GB',
  'retention.sizeHint': 'Beyond this, the oldest are deleted. Empty: only the free space counts.',
  'retention.floor': 'Always free in GB',
  'retention.floorHint':
    'Stays free on the disk that is recorded to. Empty: 5 % of the disk, at least 2 and at most 54 GB.',
  'retention.number': 'Enter a whole number, or nothing.',
  'retention.range': 'Enter {min} to {max}, or nothing.',
  'retention.save': 'Save',
  'retention.reset': 'Discard',
  'retention.saved': 'Saved. It applies from now on.',
  'retention.previewFailed': 'What would be deleted cannot be found out',
  'retention.confirmTitle': 'Delete {size} of recordings?',
  'retention.confirmText':
    'With this setting {size} of {total} are deleted now: recordings from {from} to {to}. This cannot be undone.',
  'retention.confirmSteps':
    'As a protection against mistakes, at most half of all recordings is deleted at once, the rest an hour later.',
  'retention.confirm': 'Save and delete',
} as const;
