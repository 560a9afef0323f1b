import { execSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { startCameraServer } from '../cameras/camera';
import { footageCamera } from '../cameras/senders';
import { clip1080p } from './lib/clips';
import { startPlainApp } from './lib/plainApp';
import { addCamera, launch, temporaryFolder, withCleanup } from './lib/setup';
import { sampleTree } from './lib/processCpu';
import { setTimeout as delay } from 'node:timers/promises';
const threads = (pid: number) => {
  const m = new Map<string, number>();
  for (const t of readdirSync(`/proc/${pid}/task`)) {
    try {
      const s = readFileSync(`/proc/${pid}/task/${t}/schedstat`, 'latin1').split(' ');
      const c = readFileSync(`/proc/${pid}/task/${t}/comm`, 'latin1').trim();
      m.set(`${t} ${c}`, Number(s[0]) / 1e6);
    } catch {}
  }
  return m;
};
const mode = process.env['MODE'] ?? 'plain';
await withCleanup(AbortSignal.timeout(200000), async (cleanup) => {
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  const footage = await footageCamera(await clip1080p('ffmpeg'));
  cleanup.add(() => footage.stop());
  await server.mount({ path: '/camera', launch: footage.launch, protocols: ['tcp'] });
  const dir = await temporaryFolder(cleanup, 'prof');
  const app = await launch(cleanup, dir);
  if (process.env['CAM'] !== '0') await addCamera(app, 'C', server.url('/camera'));
  let pid = app.pid;
  if (mode === 'plain') {
    await app.page.evaluate(() =>
      localStorage.setItem(
        'vas.live.layout',
        JSON.stringify({
          layout: '1',
          tiles: [null, null, null, null],
          layoutChosen: true,
          tilesArranged: true,
        }),
      ),
    );
    await delay(500);
    await app.close();
    const a = startPlainApp({ dataDir: dir, env: { VAS_REPORT_FIRST_PICTURE: '0' } });
    cleanup.add(() => a.quit());
    pid = a.pid;
  } else await app.page.keyboard.press('Control+2');
  await delay(8000);
  const S = 20;
  const pids = [...sampleTree(pid)].map(([k, v]) => [Number(k.split('@')[0]), v.kind] as const);
  const before = pids.map(([p]) => threads(p));
  await delay(S * 1000);
  pids.forEach(([p, kind], i) => {
    const now = threads(p);
    let sum = 0;
    const rows: [string, number][] = [];
    for (const [k, v] of now) {
      const d = v - (before[i]?.get(k) ?? 0);
      sum += d;
      if (d > 0.3 * S) rows.push([k, d / S]);
    }
    rows.sort((a, b) => b[1] - a[1]);
    console.log(
      kind,
      p,
      (sum / S).toFixed(2),
      'ms/s',
      rows
        .slice(0, 8)
        .map(([k, v]) => `${k.replace(/^\d+ /, '')}=${v.toFixed(2)}`)
        .join(' '),
    );
  });
  if (process.env['CMD'])
    for (const c of process.env['CMD'].split(';;')) {
      const map: Record<string, string> = { MAIN: String(pid) };
      for (const [p, k] of pids) map[k.split(' ')[0]?.toUpperCase().replace(/\W/g, '_') ?? ''] = String(p);
      const cmd = c.replace(/@(\w+)/g, (_, n: string) => map[n] ?? n);
      console.log('$', cmd);
      try {
        console.log(
          execSync(cmd + ' 2>&1', { maxBuffer: 1e8 })
            .toString()
            .slice(0, 5000),
        );
      } catch (e) {
        console.log(String(e).slice(0, 500), String((e as { stdout?: Buffer }).stdout ?? '').slice(0, 3000));
      }
    }
});
