/** Closing, quitting, starting at login. */
export const desktopStrings = {
  'settings.section.desktop': 'Desktop',
  'desktop.quit': 'Quit',
  'desktop.quitTitle': 'Quit and stop recording?',
  'desktop.quitText.one': 'This camera stops recording until VAS Workstation is started again:',
  'desktop.quitText.other': 'These {count} cameras stop recording until VAS Workstation is started again:',
  'desktop.quitUnseen': 'Cameras that you do not see may be recorded as well; they stop too.',
  'desktop.quitCameras': 'Cameras that stop recording',
  'desktop.quitAction': 'Quit and stop recording',
  'desktop.quitCancel': 'Keep recording',
  'desktop.backgroundTitle': 'Recording goes on without the window',
  'desktop.backgroundTray':
    'Open the window again from the icon in the tray, or by starting VAS Workstation from the menu of applications.',
  'desktop.backgroundNoTray':
    'This desktop shows no tray icons. Open the window again by starting VAS Workstation from the menu of applications.',
  'desktop.backgroundOnce': 'This is told once. Settings, Desktop has the choice.',
  'desktop.backgroundAction': 'Close window',
  'desktop.backgroundQuit': 'Quit instead',

  'desktop.loading': 'Asking the desktop',
  'desktop.failed': 'The desktop did not take the change',
  'desktop.keepRunning': 'Record without the window',
  'desktop.keepRunningHint': 'Closing the window goes on recording. Otherwise it quits, after asking.',
  'desktop.noTray': 'This desktop shows no tray icons',
  'desktop.noTrayText':
    'A closed window is opened again by starting VAS Workstation from the menu of applications.',
  'desktop.autostart': 'Start at login',
  'desktop.autostartHint': 'Starts VAS Workstation when you log in to this computer.',
  'desktop.crashRestart': 'Restart after a crash',
  'desktop.crashRestartHint':
    'The service manager of this computer starts VAS Workstation at login and again after a crash, not after Quit. Takes effect at the next login.',
  'desktop.unavailable': 'Not available',
  'desktop.quitRow': 'Quit VAS Workstation',
  'desktop.quitRowHint': 'Ends the application and all recording.',
  'desktop.quitButton': 'Quit',
} as const;
