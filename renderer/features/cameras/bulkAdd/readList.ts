import Papa from 'papaparse';
import { splitAddress } from '../splitAddress';

/** Most cameras that can be added at once. */
export const MOST_ROWS = 500;
/** Largest file that is read, bytes. */
export const MOST_BYTES = 1_000_000;

/** A camera as a list names it; what the list does not say is empty. */
export interface ListedCamera {
  /** Where it stands in the list, from 1. */
  readonly line: number;
  readonly name: string;
  readonly location: string;
  readonly description: string;
  readonly address: string;
  readonly subAddress: string;
  readonly username: string;
  readonly password: string;
  readonly groups: readonly string[];
}

type Field = Exclude<keyof ListedCamera, 'line'>;

/** Names that the first line may give its columns, in any order and case. */
const HEADINGS: Readonly<Record<string, Field>> = {
  name: 'name',
  camera: 'name',
  title: 'name',
  location: 'location',
  place: 'location',
  description: 'description',
  address: 'address',
  url: 'address',
  rtsp: 'address',
  rtspurl: 'address',
  mainstream: 'address',
  host: 'address',
  ip: 'address',
  ipaddress: 'address',
  substream: 'subAddress',
  subaddress: 'subAddress',
  suburl: 'subAddress',
  subrtspurl: 'subAddress',
  user: 'username',
  username: 'username',
  login: 'username',
  password: 'password',
  pass: 'password',
  group: 'groups',
  groups: 'groups',
};

/** Columns of a list without headings, after the address is taken out. */
const ORDER: readonly Field[] = ['name', 'username', 'password'];

const ADDRESS = /^\s*rtsps?:\/\//i;
/** `192.0.2.10`, `cam.example:554/stream1`: an address without its scheme. */
const BARE = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)+)(:\d{1,5})?(\/\S*)?$/i;

/**
 * Reads a list of cameras: one a line, parted by tabs, semicolons or commas, with or without headings in the
 * first line. Lines that are empty or begin with `#` are left out.
 */
export function readList(text: string): ListedCamera[] {
  const body = text.replace(/^\uFEFF/, '');
  const { data } = Papa.parse<string[]>(body, { delimiter: delimiterOf(body), skipEmptyLines: false });
  const lines = data
    .map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '') && cells[0]?.startsWith('#') !== true);
  const fields = headingsOf(lines[0]?.cells ?? []);
  if (fields === null) return lines.map(({ line, cells }) => cameraOf(line, guessed(cells)));
  return lines.slice(1).map(({ line, cells }) => {
    const values: Partial<Record<Field, string>> = {};
    fields.forEach((field, index) => {
      if (field !== null) values[field] ??= cells[index] ?? '';
    });
    return cameraOf(line, values);
  });
}

/** Tabs are hardly ever part of a value; otherwise what stands more often. Nothing: a list of addresses. */
function delimiterOf(text: string): string {
  if (text.includes('\t')) return '\t';
  const count = (sign: string) => text.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

function headingsOf(cells: readonly string[]): (Field | null)[] | null {
  if (cells.some((cell) => ADDRESS.test(cell))) return null;
  const fields = cells.map((cell) => HEADINGS[cell.toLowerCase().replace(/[^a-z]/g, '')] ?? null);
  return fields.includes('address') ? fields : null;
}

function guessed(cells: readonly string[]): Partial<Record<Field, string>> {
  const marked = cells.findIndex((cell) => ADDRESS.test(cell));
  const at =
    marked >= 0
      ? marked
      : Math.max(
          0,
          cells.findIndex((cell) => BARE.test(cell)),
        );
  const rest = cells.filter((_cell, index) => index !== at);
  return {
    address: cells[at] ?? '',
    ...Object.fromEntries(ORDER.map((field, index) => [field, rest[index] ?? ''])),
  };
}

function cameraOf(line: number, values: Partial<Record<Field, string>>): ListedCamera {
  const main = addressOf(values.address ?? '');
  const sub = addressOf(values.subAddress ?? '');
  return {
    line,
    name: values.name === undefined || values.name === '' ? nameOf(main.address) : values.name,
    location: values.location ?? '',
    description: values.description ?? '',
    address: main.address,
    subAddress: sub.address,
    username: values.username || main.username || sub.username,
    password: values.password || main.password || sub.password,
    groups: (values.groups ?? '')
      .split(/[|,;/]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  };
}

/** Adds a missing scheme and takes user and password out. */
function addressOf(text: string): { address: string; username: string; password: string } {
  const address = BARE.test(text) ? `rtsp://${text}` : text;
  return splitAddress(address) ?? { address, username: '', password: '' };
}

/** A camera without a name is called by its host, with the path where there is one. */
function nameOf(address: string): string {
  const match = /^rtsps?:\/\/([^/?#]+)(\/[^?#]*)?/i.exec(address);
  if (match === null) return '';
  const path = (match[2] ?? '').replace(/\/+$/, '');
  return `${match[1] ?? ''}${path}`.slice(0, 255);
}
