const PREFIX = 'vas-event:';
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** Text that leads to an event, in this application and on this workstation only. */
export const linkTo = (eventId: string): string => `${PREFIX}${eventId}`;

/** The id in a link or a pasted id; null when there is none. */
export function eventIdIn(text: string): string | null {
  const plain = text.trim().toLowerCase();
  const id = plain.startsWith(PREFIX) ? plain.slice(PREFIX.length) : plain;
  return ID.exec(id)?.[0] === id ? id : null;
}
