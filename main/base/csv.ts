/**
 * A field of RFC 4180. Names come from people and models: one that a spreadsheet would take for a formula gets an
 * apostrophe in front, which makes it text.
 */
export function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
