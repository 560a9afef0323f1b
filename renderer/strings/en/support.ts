/** The support bundle. */
export const supportTexts = {
  'support.title': 'Support bundle',
  'support.hint':
    'One ZIP file for whoever helps you: logs, versions, health and settings. Passwords, user names and what looks like them are replaced; there are no pictures, recordings or events in it.',
  'support.save': 'Save support bundle',
  'support.collecting': 'Reading how the workstation is',
  'support.writing': 'Writing logs: {percent} %',
  'support.progress': 'Support bundle',
  'support.cancel': 'Cancel',
  'support.done': 'The support bundle was saved: {size}',
  'support.cancelled': 'The support bundle was cancelled',
  'support.failed': 'The support bundle was not saved',
} as const;
