import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VasError } from '../../base/errors';
import type { BackupDocument } from './format';
import { canonical, FORMAT, MOST_BYTES } from './format';
import { parseDocument, writeDocument } from './parse';
import { parseSections } from './parseSections';
import { seal, unseal } from './seal';

const camera = {
  ...{ id: '00000000-0000-4000-8000-000000000001', name: 'Gate', description: null, location: null },
  ...{ rtsp_url: 'rtsp://192.0.2.1/a', sub_rtsp_url: null, username: 'viewer', transport: 'tcp' },
  ...{ is_active: true, recording: true, groups: ['North'], schedule: null },
};
const document: BackupDocument = {
  ...{ format: FORMAT, version: 1, created_at: '2026-01-02T03:04:05.000Z', application: '0.1.0' },
  sections: { cameras: [camera], settings: [{ name: 'theme', value: 'light' }] },
  secrets: null,
};
const PASSPHRASE = 'correct horse battery';
const plain = { passwords: { [camera.id]: 'pa ss\u00e9' } };

/** Reading either gives a document or refuses in words. */
function read(text: string): BackupDocument | null {
  try {
    const found = parseDocument(text);
    parseSections(found);
    return found;
  } catch (error) {
    expect(error).toBeInstanceOf(VasError);
    expect(error).toMatchObject({ kind: 'invalid' });
    return null;
  }
}

test('what is written is read back', () => {
  expect(read(writeDocument(document))).toMatchObject(document);
});

test('equal values have equal texts whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonical(turned)).toBe(canonical(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('any text is refused in words or read, and never breaks anything', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(read(text)).toBeNull();
    }),
  );
});

test('a document with anything put in its place is refused in words', () => {
  const paths = ['version', 'created_at', 'application', 'sections', 'secrets', 'checksum', 'more'];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const whole = JSON.parse(writeDocument(document)) as Record<string, unknown>;
      fc.pre(canonical(whole[path]) !== canonical(value));
      expect(read(JSON.stringify({ ...whole, [path]: value }))).toBeNull();
    }),
  );
});

test('one changed character is noticed', () => {
  const text = writeDocument(document);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom('0', 'a', '"', '{', ' '), (at, character) => {
      const changed = text.slice(0, at) + character + text.slice(at + 1);
      const found = read(changed);
      // White space between values is not content.
      if (found !== null) expect(canonical(found)).toBe(canonical(read(text)));
    }),
    { numRuns: 300 },
  );
});

test.each(['__proto__', 'constructor', 'prototype'])('the name %s is refused wherever it stands', (name) => {
  const text = writeDocument(document).replace('"theme"', `{"${name}": {"polluted": true}}`);
  expect(() => parseDocument(text)).toThrow('names that no backup has');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each([
  ['a newer version', JSON.stringify({ ...document, version: 2 }), /newer VAS Workstation/],
  ['another format', JSON.stringify({ ...document, format: 'x' }), /not a backup/],
  ['no JSON', '<html>', /not a backup/],
  ['a list', '[1]', /not a backup/],
  ['null', 'null', /not a backup/],
  [
    'deep nesting',
    `{"format":"${FORMAT}","version":1,"sections":${'['.repeat(90)}${']'.repeat(90)}}`,
    /deeply/,
  ],
  ['hopeless nesting', '['.repeat(200_000), /not a backup/],
  ['too much', `"${'x'.repeat(MOST_BYTES)}"`, /larger than any backup/],
])('%s is refused', (_what, text, says) => expect(() => parseDocument(text)).toThrow(says));

test.each([
  ['cameras', { ...camera, rtsp_url: 'http://192.0.2.1/' }, /entry 1 of cameras/],
  ['cameras', { ...camera, rtsp_url: 'rtsp://u:p@192.0.2.1/' }, /entry 1 of cameras/],
  ['cameras', { ...camera, name: 'a\u0000b' }, /entry 1 of cameras/],
  ['cameras', { ...camera, more: 1 }, /entry 1 of cameras/],
  ['groups', { name: '' }, /entry 1 of groups/],
  ['layouts', { id: camera.id, name: 'x', content: { kind: '2x2', tiles: [] } }, /entry 1 of layouts/],
  ['settings', { name: 'theme', value: 'neon' }, /entry 1 of settings/],
  ['settings', { name: 'toString', value: 1 }, /entry 1 of settings/],
  ['preferences', { name: 'keys', value: 7 }, /entry 1 of preferences/],
])('an entry of %s that does not fit is refused: %j', (section, entry, says) => {
  const text = writeDocument({ ...document, sections: { [section]: [entry] } });
  expect(() => parseSections(parseDocument(text))).toThrow(says);
});

test('an entry that is there twice is refused', () => {
  const text = writeDocument({ ...document, sections: { cameras: [camera, camera] } });
  expect(() => parseSections(parseDocument(text))).toThrow('there twice');
});

test('passwords open with the passphrase, typed on any keyboard, and are nowhere in the file', async () => {
  const sealed = await seal(document, plain, `${PASSPHRASE} \u00e9`);
  expect(writeDocument(sealed)).not.toContain('pa ss');
  const read_ = parseDocument(writeDocument(sealed));
  if (read_.secrets === null) throw new Error('no secrets');
  expect(await unseal({ ...read_, secrets: read_.secrets }, `${PASSPHRASE} e\u0301`)).toEqual(plain);
});

test('a wrong passphrase and a changed file are noticed', async () => {
  const sealed = await seal(document, plain, PASSPHRASE);
  const { secrets } = sealed;
  if (secrets === null) throw new Error('no secrets');
  const opened = (change: Partial<BackupDocument>, passphrase = PASSPHRASE) =>
    unseal({ ...sealed, secrets, ...change } as BackupDocument & { secrets: typeof secrets }, passphrase);
  await expect(opened({}, 'another passphrase')).rejects.toThrow('The passphrase is wrong');
  const moved = { ...document.sections, cameras: [{ ...camera, rtsp_url: 'rtsp://203.0.113.9/evil' }] };
  await expect(opened({ sections: moved })).rejects.toThrow('the file was changed');
  const flipped = Buffer.from(secrets.data, 'base64');
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  await expect(opened({ secrets: { ...secrets, data: flipped.toString('base64') } })).rejects.toThrow(
    'changed',
  );
});
