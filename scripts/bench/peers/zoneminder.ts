import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram } from '../../cameras/process';
import { installed, running, startOne } from './children';
import type { PeerCommand } from './children';
import type { Peer } from './peer';
import { LIBRARIES, unpacked } from './unpack.mjs';

/** Pictures of the clip, pixels: ZoneMinder wants to be told. */
const [WIDTH, HEIGHT] = [640, 360];
/** Seconds of a recorded file, as with the others. */
const FILE_SECONDS = 60;
const DATABASE_PATIENCE_MS = 30_000;
const SYSTEM_TABLES = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'];

/**
 * ZoneMinder's capture daemons and a MariaDB of their own, both from packages that were unpacked and not installed. The
 * daemon reads /etc/zm and nothing else, so it gets a view of /etc of its own (a mount namespace): the machine's stays.
 */
export const zoneminder: Peer = {
  id: 'zoneminder',
  what: 'one zmc a camera, recording passed through, decoding off; one MariaDB',
  async unavailable() {
    if (unpacked('usr/bin/zmc') === null || unpacked('usr/sbin/mariadbd') === null)
      return 'not unpacked: npm run bench -- --install-peers (fetches the Debian packages into the cache folder)';
    if (installed('unshare') === null) return 'unshare is missing: apt-get install util-linux';
    const { file, args } = withOwnEtc(need('etc'), ['true']);
    const reason = await runProgram(file, [...args]).then(
      () => null,
      (error: unknown) => String(error),
    );
    return reason === null ? null : `it cannot be given an /etc of its own here: ${reason}`;
  },
  async start(urls, folder) {
    await prepare(urls, folder);
    const env = { LD_LIBRARY_PATH: libraries() };
    const database = startOne({ file: need('usr/sbin/mariadbd'), args: databaseOptions(folder), env });
    const patience = Date.now() + DATABASE_PATIENCE_MS;
    while (!existsSync(socketOf(folder))) {
      if (Date.now() > patience || database.exitCode !== null)
        throw new Error(`ZoneMinder's MariaDB did not start; see ${path.join(folder, 'mariadb.log')}`);
      await delay(50);
    }
    const daemons = urls.map((_url, n) =>
      startOne({
        ...withOwnEtc(path.join(folder, 'etc'), [need('usr/bin/zmc'), '--monitor', String(n + 1)]),
        env,
      }),
    );
    const peers = running(daemons);
    const server = running([database]);
    return {
      pids: [...peers.pids, ...server.pids],
      async stop() {
        await peers.stop();
        await server.stop();
      },
    };
  },
};

/** Runs a program with the files of a folder over those of /etc, for it alone. */
function withOwnEtc(etc: string, command: readonly string[]): PeerCommand {
  const user = userInfo().uid === 0 ? [] : ['--user', '--map-root-user'];
  const script = 'mount -t overlay overlay -o "lowerdir=$0:/etc" /etc && exec "$@"';
  return {
    file: installed('unshare') ?? 'unshare',
    args: [...user, '--mount', 'sh', '-c', script, etc, ...command],
  };
}

const socketOf = (folder: string): string => path.join(folder, 'db.sock');
const libraries = (): string =>
  [need(LIBRARIES), unpacked(LIBRARIES.replace(/^usr\//, ''))].filter(Boolean).join(':');

function need(...parts: string[]): string {
  const file = unpacked(...parts);
  if (file === null) throw new Error(`${parts.join('/')} is not among the unpacked packages.`);
  return file;
}

function databaseOptions(folder: string): string[] {
  return [
    ...['--no-defaults', `--user=${userInfo().username}`, `--datadir=${path.join(folder, 'db')}`],
    ...[
      `--lc-messages-dir=${need('usr/share/mysql')}`,
      `--character-sets-dir=${need('usr/share/mysql/charsets')}`,
    ],
    ...[`--socket=${socketOf(folder)}`, `--pid-file=${path.join(folder, 'db.pid')}`],
    ...[`--log-error=${path.join(folder, 'mariadb.log')}`, '--skip-networking', '--skip-grant-tables'],
  ];
}

/** Settings, folders and a database with the schema and one monitor a camera. */
async function prepare(urls: readonly string[], folder: string): Promise<void> {
  const at = (name: string) => path.join(folder, name);
  for (const name of ['db', 'etc/zm/conf.d', 'events', 'map', 'run', 'log', 'swap'])
    await mkdir(at(name), { recursive: true });
  await writeFile(
    at('etc/zm/zm.conf'),
    [
      ...['ZM_PATH_DATA=/usr/share/zoneminder', 'ZM_PATH_BIN=/usr/bin', 'ZM_PATH_LIB=/usr/lib'],
      ...['ZM_PATH_CONF=/etc/zm', 'ZM_PATH_WEB=/usr/share/zoneminder/www', 'ZM_PATH_CGI=/usr/lib/zoneminder'],
      ...['ZM_WEB_USER=www-data', 'ZM_WEB_GROUP=www-data', 'ZM_DB_TYPE=mysql', 'ZM_DB_NAME=zm'],
      ...[`ZM_DB_HOST=localhost:${socketOf(folder)}`, 'ZM_DB_USER=zm', 'ZM_DB_PASS=zm', 'ZM_SERVER_HOST='],
      ...['ZM_DB_SSL_CA_CERT=', 'ZM_DB_SSL_CLIENT_KEY=', 'ZM_DB_SSL_CLIENT_CERT='],
      ...[`ZM_DIR_EVENTS=${at('events')}`, 'ZM_DIR_SOUNDS=sounds', `ZM_DIR_EXPORTS=${at('swap')}`],
      ...[
        'ZM_PATH_ZMS=/zm',
        `ZM_PATH_MAP=${at('map')}`,
        `ZM_PATH_SOCKS=${at('run')}`,
        `ZM_PATH_LOGS=${at('log')}`,
      ],
      ...[`ZM_PATH_SWAP=${at('swap')}`, 'ZM_PATH_ARP=', 'ZM_PATH_SHUTDOWN=', 'ZM_PATH_FFMPEG=ffmpeg', ''],
    ].join('\n'),
  );
  const system = await Promise.all(
    SYSTEM_TABLES.map((name) => readFile(need('usr/share/mysql', name), 'utf8')),
  );
  const schema = await readFile(need('usr/share/zoneminder/db/zm_create.sql'), 'utf8');
  const child = startOne(
    {
      file: need('usr/sbin/mariadbd'),
      args: [...databaseOptions(folder), '--bootstrap'],
      env: { LD_LIBRARY_PATH: libraries() },
    },
    ['pipe', 'ignore', 'ignore'],
  );
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(
    [
      ...['CREATE DATABASE mysql;', 'USE mysql;', ...system, 'CREATE DATABASE zm;', 'USE zm;'],
      // What follows the tables is not for a database without users; its triggers count events for the web pages.
      schema.replaceAll(/^source .*$/gim, ''),
      `UPDATE Storage SET Path = '${at('events')}';`,
      ...urls.map((url, n) => monitor(url, n)),
      '',
    ].join('\n'),
  );
  const [status] = (await once(child, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`the database could not be made (${String(status)})`);
}

/** @param url made by this suite: nothing of a user is in it */
const monitor = (url: string, n: number): string =>
  'INSERT INTO Monitors SET ' +
  [
    ...[
      `Name = 'c${String(n)}'`,
      'StorageId = 1',
      `Type = 'Ffmpeg'`,
      `\`Function\` = 'Record'`,
      'Enabled = 1',
    ],
    ...['DecodingEnabled = 0', `Path = '${url}'`, `Method = 'rtpRtsp'`, `Width = ${String(WIDTH)}`],
    ...[
      `Height = ${String(HEIGHT)}`,
      'Colours = 4',
      'SaveJPEGs = 0',
      'VideoWriter = 2',
      `OutputContainer = 'mp4'`,
    ],
    ...[`SectionLength = ${String(FILE_SECONDS)}`, 'ImageBufferCount = 3', 'MaxImageBufferCount = 100'],
  ].join(', ') +
  ';';
