import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, test } from './fixtures';

/** What the page may do, tried from inside the page (anchors F1). */
test.describe.serial('security of the page', () => {
  let app: RunningApp;
  /** A web server on loopback that counts who comes: nobody may. */
  const visits: string[] = [];
  const web = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').end('hello');
  });
  let origin = '';

  test.beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${String((web.address() as AddressInfo).port)}`;
    app = await launchApp();
    app.problems.allow(
      'the tests below break the content security policy on purpose',
      /(Content Security Policy|Not allowed to (load local resource|navigate top frame)|ERR_BLOCKED_BY_(CLIENT|CSP)|404 \(Not Found\) \(vas:\/\/app\/x\))/,
    );
  });

  test.afterAll(async () => {
    web.closeAllConnections();
    web.close();
    await finish(app, test.info());
  });

  test('the page comes with a strict content security policy', async () => {
    const policy = await app.page.evaluate(async () => {
      const response = await fetch(location.href);
      return response.headers.get('content-security-policy') ?? '';
    });
    const directives = new Map(
      policy.split(';').map((part) => {
        const [name = '', ...values] = part.trim().split(/\s+/);
        return [name, values] as const;
      }),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('base-uri')).toEqual(["'none'"]);
    expect(directives.get('frame-src')).toEqual(["'none'"]);
    expect(policy).not.toMatch(/unsafe-eval|https?:|wss?:|(^|\s)\*/);
    expect(app.page.url()).toMatch(/^vas:\/\/app\//);
  });

  test('text never becomes code', async () => {
    const outcome = await app.page.evaluate(async () => {
      // In a task of its own: the inspector lifts the policy while it runs this function.
      const evaluated = await new Promise<string>((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return 41 + 1')()));
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'unknown');
          }
        });
      });
      const inline = document.createElement('script');
      inline.textContent = 'window.inlineRan = true';
      document.head.append(inline);
      const markup = document.createElement('div');
      markup.innerHTML = '<img src="x" onerror="window.handlerRan = true">';
      document.body.append(markup);
      await new Promise((resolve) => setTimeout(resolve, 300));
      markup.remove();
      inline.remove();
      return { evaluated, inlineRan: 'inlineRan' in window, handlerRan: 'handlerRan' in window };
    });
    expect(outcome).toEqual({ evaluated: 'EvalError', inlineRan: false, handlerRan: false });
  });

  test('nothing of Node reaches the page, and the bridge is exactly three functions', async () => {
    const seen = await app.page.evaluate(() => {
      const globals = globalThis as unknown as Record<string, unknown>;
      const vas = globals['vas'] as object;
      const own = Object.getOwnPropertyNames(vas).sort();
      const replaced = (() => {
        try {
          globals['vas'] = null;
        } catch {
          // Strict mode says no; the value below decides.
        }
        return globals['vas'] !== vas;
      })();
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inFrame = Object.hasOwn(frame.contentWindow as object, 'vas');
      frame.remove();
      return {
        node: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
          (name) => name in globals,
        ),
        own,
        kinds: own.map((name) => typeof (vas as Record<string, unknown>)[name]),
        frozen: Object.isFrozen(vas),
        replaced,
        inFrame,
      };
    });
    expect(seen).toEqual({
      node: [],
      own: ['command', 'query', 'subscribe'],
      kinds: ['function', 'function', 'function'],
      frozen: true,
      replaced: false,
      inFrame: false,
    });
    const preferences = await app.electronApp.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const {
        sandbox,
        contextIsolation,
        nodeIntegration,
        webSecurity,
        webviewTag,
        nodeIntegrationInSubFrames,
      } = contents.getLastWebPreferences();
      return {
        sandbox,
        contextIsolation,
        nodeIntegration,
        webSecurity,
        webviewTag,
        nodeIntegrationInSubFrames,
      };
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
    expect(preferences.webviewTag ?? false).toBe(false);
    expect(preferences.nodeIntegrationInSubFrames ?? false).toBe(false);
  });

  test('the page opens no window and goes nowhere', async () => {
    const before = app.page.url();
    const windows = () =>
      app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(await windows()).toBe(1);
    const opened = await app.page.evaluate((url) => window.open(url) === null, `${origin}/opened`);
    expect(opened).toBe(true);
    const addresses = [
      `${origin}/navigated`,
      'file:///etc/passwd',
      'vas-media://snapshots/x',
      'data:text/html,hi',
    ];
    for (const address of addresses) {
      await app.page.evaluate(async (url) => {
        location.href = url;
        const link = document.createElement('a');
        link.href = url;
        link.target = '_blank';
        document.body.append(link);
        link.click();
        link.remove();
        const form = document.createElement('form');
        form.action = url;
        document.body.append(form);
        form.submit();
        form.remove();
        await new Promise((resolve) => setTimeout(resolve, 150));
      }, address);
      expect(app.page.url(), address).toBe(before);
    }
    expect(await windows()).toBe(1);
    expect(visits).toEqual([]);
  });

  test('the page reaches no network', async () => {
    const outcome = await app.page.evaluate(async (url) => {
      const fetched = await fetch(`${url}/fetch`).then(
        () => 'answered',
        () => 'refused',
      );
      const picture = await new Promise<string>((resolve) => {
        const image = new Image();
        image.onload = () => resolve('loaded');
        image.onerror = () => resolve('refused');
        image.src = `${url}/image.png`;
      });
      const socket = await new Promise<string>((resolve) => {
        try {
          const ws = new WebSocket(url.replace('http', 'ws'));
          ws.onopen = () => resolve('open');
          ws.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      });
      return { fetched, picture, socket };
    }, origin);
    expect(outcome).toEqual({ fetched: 'refused', picture: 'refused', socket: 'refused' });
    // Past the page's policy, Chromium itself refuses too.
    const past = await app.electronApp.evaluate(
      ({ session }, url) =>
        session.defaultSession.fetch(`${url}/session`).then(
          () => 'answered',
          () => 'refused',
        ),
      origin,
    );
    expect(past).toBe('refused');
    expect(visits).toEqual([]);
  });

  test('permissions are denied', async () => {
    const answers = await app.page.evaluate(async () => {
      const media = navigator.mediaDevices as MediaDevices | undefined;
      return {
        notifications: await Notification.requestPermission(),
        camera: media
          ? await media.getUserMedia({ video: true }).then(
              () => 'granted',
              () => 'denied',
            )
          : 'denied',
        position: await new Promise<string>((resolve) => {
          const geolocation = navigator.geolocation as Geolocation | undefined;
          if (!geolocation) resolve('denied');
          else
            geolocation.getCurrentPosition(
              () => resolve('granted'),
              () => resolve('denied'),
              { timeout: 3_000 },
            );
        }),
        clipboard: await (navigator.clipboard as Clipboard | undefined)?.readText().then(
          () => 'granted',
          () => 'denied',
        ),
      };
    });
    expect(answers.notifications).toBe('denied');
    expect(answers.camera).toBe('denied');
    expect(answers.position).toBe('denied');
    expect(answers.clipboard ?? 'denied').toBe('denied');
  });

  test('the protocols serve nothing outside their folders', async () => {
    const statusOf = (url: string) =>
      app.electronApp.evaluate(
        ({ session }, address) =>
          session.defaultSession.fetch(address, { bypassCustomProtocolHandlers: false }).then(
            (response) => response.status,
            (error: unknown) => String(error),
          ),
        url,
      );
    expect(await statusOf('vas://app/index.html')).toBe(200);
    const outside = [
      'vas://app/../main/main.cjs',
      'vas://app/%2e%2e/main/main.cjs',
      'vas://app/..%2f..%2fpackage.json',
      'vas://app/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      'vas://app//etc/passwd',
      'vas://app/index.html%00.png',
      'vas://app/%E0%A4%A',
      'vas://elsewhere/index.html',
      'vas-media://snapshots/../../vas.db',
      'vas-media://snapshots/..%2f..%2fvas.db',
      'vas-media://snapshots/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      'vas-media://snapshots//etc/passwd',
      'vas-media://bookmarks/..%2f..%2fvas.db/video',
      'vas-media://bookmarks/00000000-0000-4000-8000-000000000000/video',
      'vas-media://snapshots/00000000-0000-4000-8000-000000000000',
      'vas-media://recordings/x',
      'vas-media://etc/passwd',
    ];
    const answers = Object.fromEntries(
      await Promise.all(outside.map(async (url) => [url, await statusOf(url)] as const)),
    );
    expect(answers).toEqual(Object.fromEntries(outside.map((url) => [url, 404])));
  });

  test('only channels of the contract are answered, and only requests that fit', async () => {
    const refused = async (kind: 'query' | 'command', name: string, request: unknown) => {
      const reply = await app.vas.call(kind, name, request);
      return reply.ok ? 'answered' : reply.error.status;
    };
    expect(await refused('query', 'devices.everything', {})).toBe(400);
    expect(await refused('query', '__proto__', {})).toBe(400);
    expect(await refused('query', 'constructor', {})).toBe(400);
    expect(await refused('query', 'devices.create', { name: 'x', rtsp_url: 'rtsp://127.0.0.1/x' })).toBe(400);
    expect(await refused('command', 'devices.list', {})).toBe(400);
    expect(await refused('query', 'streams.states', {})).toBe(400);
    expect(await refused('query', 'devices.get', { id: '../../etc/passwd' })).toBe(422);
    expect(await refused('query', 'devices.get', null)).toBe(422);
    expect(await refused('query', 'devices.list', { limit: 1e9 })).toBe(422);
    expect(await refused('command', 'devices.create', { name: 'x', rtsp_url: 'file:///etc/passwd' })).toBe(
      422,
    );
    expect(await refused('query', 'devices.get', { id: '00000000-0000-4000-8000-000000000000' })).toBe(404);
    const silent = await app.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const { vas } = globalThis as unknown as {
            vas: { subscribe(name: string, request: unknown, listener: () => void): () => void };
          };
          const stop = vas.subscribe('everything', {}, () => resolve(false));
          setTimeout(() => {
            stop();
            resolve(true);
          }, 500);
        }),
    );
    expect(silent, 'an unknown subscription never speaks').toBe(true);
    const { total } = await app.vas.query('devices.list', {});
    expect(total, 'nothing was created by refused calls').toBe(0);
  });
});
