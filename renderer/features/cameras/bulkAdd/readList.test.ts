import { describe, expect, test } from 'vitest';
import { readList } from './readList';

const seen = (text: string) =>
  readList(text).map(({ name, address, username, password }) => [name, address, username, password]);

describe('a list without headings', () => {
  test('addresses alone', () => {
    expect(seen('rtsp://192.0.2.1/one\n\n  rtsps://cam.example:322/two  \r\n# a remark\n')).toEqual([
      ['192.0.2.1/one', 'rtsp://192.0.2.1/one', '', ''],
      ['cam.example:322/two', 'rtsps://cam.example:322/two', '', ''],
    ]);
  });

  test.each([
    ['tabs', '\t'],
    ['commas', ','],
    ['semicolons', ';'],
  ])('%s part name, user and password, wherever the address stands', (_what, sign) => {
    const first = ['rtsp://192.0.2.1/one', 'Gate', 'op', 's3cret'].join(sign);
    const second = ['Hall', 'rtsp://192.0.2.2/two', 'op', 's3cret'].join(sign);
    expect(seen(`${first}\n${second}`)).toEqual([
      ['Gate', 'rtsp://192.0.2.1/one', 'op', 's3cret'],
      ['Hall', 'rtsp://192.0.2.2/two', 'op', 's3cret'],
    ]);
  });

  test('addresses without rtsp://', () => {
    expect(seen('192.0.2.1\nGate,192.0.2.2:554/live,op,x\ncam-1.example.org/s')).toEqual([
      ['192.0.2.1', 'rtsp://192.0.2.1', '', ''],
      ['Gate', 'rtsp://192.0.2.2:554/live', 'op', 'x'],
      ['cam-1.example.org/s', 'rtsp://cam-1.example.org/s', '', ''],
    ]);
  });

  test('user and password of an address go to their own fields, those of the list win', () => {
    expect(seen('rtsp://op:p%40ss@192.0.2.1/one\nrtsp://op:x@192.0.2.2/two;Hall;admin;y')).toEqual([
      ['192.0.2.1/one', 'rtsp://192.0.2.1/one', 'op', 'p@ss'],
      ['Hall', 'rtsp://192.0.2.2/two', 'admin', 'y'],
    ]);
  });

  test('quotes keep signs together; what is no address stays to be corrected', () => {
    expect(seen('rtsp://192.0.2.1/a,"Gate, north",op,"a,""b"\nnonsense\nhttp://192.0.2.3/x')).toEqual([
      ['Gate, north', 'rtsp://192.0.2.1/a', 'op', 'a,"b'],
      ['', 'nonsense', '', ''],
      ['', 'http://192.0.2.3/x', '', ''],
    ]);
  });
});

describe('a file with headings', () => {
  test('in any order and case, with columns that mean nothing', () => {
    const text =
      '\uFEFFPassword;Vendor;Groups;RTSP URL;Sub-stream;User name;Location;Camera;Description\r\n' +
      'pw;Acme;Gates|Outside;rtsp://192.0.2.1/1;rtsp://192.0.2.1/2;op;North;Gate;by the tree\r\n';
    expect(readList(text)).toEqual([
      {
        line: 2,
        name: 'Gate',
        location: 'North',
        description: 'by the tree',
        address: 'rtsp://192.0.2.1/1',
        subAddress: 'rtsp://192.0.2.1/2',
        username: 'op',
        password: 'pw',
        groups: ['Gates', 'Outside'],
      },
    ]);
  });

  test('short lines and missing values are empty', () => {
    expect(seen('name,address,user\nGate\n,192.0.2.1')).toEqual([
      ['Gate', '', '', ''],
      ['192.0.2.1', 'rtsp://192.0.2.1', '', ''],
    ]);
  });
});

test('nothing is nothing', () => {
  expect(readList('')).toEqual([]);
  expect(readList(' \n\t\n')).toEqual([]);
});
