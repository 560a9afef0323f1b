/** A count with the separators of the language. */
export const numberText = (value: number): string =>
  value.toLocaleString(document.documentElement.lang || 'en');
