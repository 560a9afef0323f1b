const KEY = 'vas.last-user';

/** Who signed in here last: the name alone, so that only the password is to be typed. */
export const lastUser = {
  read: (): string => localStorage.getItem(KEY) ?? '',
  remember: (name: string): void => localStorage.setItem(KEY, name.trim()),
};

/** After a password was wrong the next one can be typed at once. */
export function askAgain(): void {
  document.querySelector<HTMLInputElement>('input[name="password"]')?.focus();
}
