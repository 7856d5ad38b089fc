import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../../server/catalogue/fetch/address.ts';
import {
  FetchError,
  type FetcherOptions,
  openFetcher,
} from '../../../../../server/catalogue/fetch/fetcher.ts';
import { LIMITS } from '../../../../../server/catalogue/limits.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('a public address', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    '%s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::127.0.0.1',
    '::a00:1',
    'fec0::1',
    '64:ff9b:1::a00:1',
    '4000::1',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the fetcher', () => {
  let answer: RequestListener;
  let asked = 0;
  let server: Server;
  let host: string;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    asked = 0;
    for (const fetcher of open.splice(0)) await fetcher.close();
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  function fetcher(allowHosts: string[] = [], more: FetcherOptions = {}) {
    const made = openFetcher({ allowHosts, ...more });
    open.push(made);
    return made;
  }

  it('gives the bytes of an allowed host', async () => {
    answer = (_, response) => response.end('bytes');
    const { bytes } = await fetcher([host]).fetch(`http://${host}/a.png`);
    expect(String(bytes)).toBe('bytes');
  });

  it.each([
    'http://127.0.0.1/a.png',
    'http://2130706433/a.png',
    'http://0x7f.1/a.png',
    'http://[::1]/a.png',
    'http://[::ffff:127.0.0.1]/a.png',
    'http://[::127.0.0.1]/a.png',
    'http://0.0.0.0/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/a.png',
    'http://8.8.8.8:8080/a.png',
    'http://user:word@8.8.8.8/a.png',
    'ftp://8.8.8.8/a.png',
  ])('refuses %s', async (url) => {
    await expect(fetcher().fetch(url)).rejects.toMatchObject({ code: 'FETCH_REFUSED', transient: false });
  });

  it('refuses credentials to an allowed host, too, and does not repeat them', async () => {
    const refused = { code: 'FETCH_REFUSED', message: `${host} is given with a user name or password.` };
    for (const given of ['user:word', 'user', ':word']) {
      await expect(fetcher([host]).fetch(`http://${given}@${host}/a.png`)).rejects.toMatchObject(refused);
    }
    const message = { headers: {}, body: '' };
    await expect(fetcher([host]).post(`http://user:word@${host}/`, message)).rejects.toMatchObject(refused);
    expect(asked).toBe(0);
    answer = (_, response) => response.writeHead(302, { location: `http://user:word@${host}/b.png` }).end();
    await expect(fetcher([host]).fetch(`http://${host}/a.png`)).rejects.toMatchObject(refused);
    expect(asked).toBe(1);
  });

  it('never connects to what it refuses', async () => {
    answer = (_, response) => response.end('secret');
    await expect(fetcher().fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'FETCH_REFUSED' });
    expect(asked).toBe(0);
  });

  it('refuses a redirect to an inner address', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/secret' }).end();
    await expect(fetcher([host]).fetch(`http://${host}/a.png`)).rejects.toMatchObject({
      code: 'FETCH_REFUSED',
    });
    expect(asked).toBe(1);
  });

  it.each(['file:///etc/passwd', 'data:image/png;base64,AAAA', 'blob:http://8.8.8.8/a'])(
    'names what a redirect led to: %s',
    async (location) => {
      answer = (_, response) => response.writeHead(302, { location }).end();
      await expect(fetcher([host]).fetch(`http://${host}/a.png`)).rejects.toMatchObject({
        code: 'FETCH_REFUSED',
        message: `${location} is neither http nor https.`,
      });
    },
  );

  it('follows three redirects and no fourth', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(301, { location: `/${left - 1}` }).end();
    };
    expect(String((await fetcher([host]).fetch(`http://${host}/3`)).bytes)).toBe('there');
    await expect(fetcher([host]).fetch(`http://${host}/4`)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  });

  it('stops at 20 MB, announced or not', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': LIMITS.imageBytes + 1 }).write('x');
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    answer = (_, response) => {
      const piece = Buffer.alloc(1024 * 1024);
      for (let i = 0; i < 21; i++) response.write(piece);
      response.end();
    };
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it.each([
    [404, false],
    [403, false],
    [429, true],
    [503, true],
  ])('tells status %i: worth another try is %s', async (status, transient) => {
    answer = (_, response) => response.writeHead(status).end('no');
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      transient,
    });
  });

  it.each([
    ['before its connection ends', {}, 'half'],
    ['before the length that it states', { 'content-length': 100 }, 'half'],
    ['before that, on a connection to be closed', { 'content-length': 100, connection: 'close' }, 'half'],
    ['between two chunks', { 'transfer-encoding': 'chunked' }, '4\r\nhalf\r\n'],
    ['between two chunks, closed', { 'transfer-encoding': 'chunked', connection: 'close' }, '4\r\nhalf\r\n'],
    ['within a chunk, closed', { 'transfer-encoding': 'chunked', connection: 'close' }, '8\r\nhalf'],
  ])('tries again what broke off %s', async (_, headers, body) => {
    const ends = [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()];
    // Of an answer without length and chunks, the end of the connection is the end.
    for (const end of Object.keys(headers).length === 0 ? ends.slice(1) : ends) {
      answer = ({ socket }) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n${body}`);
        setTimeout(() => end(socket), 50);
      };
      const read = (store: (text: string) => void) =>
        fetcher([host]).download(`http://${host}/`, async (bytes) => store(await text(bytes)));
      let stored: string | undefined;
      await expect(
        read((whole) => {
          stored = whole;
        }),
      ).rejects.toMatchObject({
        code: 'FETCH_FAILED',
        transient: true,
        message: `http://${host}/ could not be fetched: its host broke the connection off.`,
      });
      expect(stored).toBeUndefined();
    }
  });

  it.each([
    ['alone', 'HTTP/1.1 100 Continue\r\n\r\n', ''],
    ['twice, with a header', 'HTTP/1.1 100 Continue\r\nx-a: b\r\n\r\nHTTP/1.0 100 Continue\r\n\r\n', ''],
    ['in two pieces', 'HTTP/1.1 10', '0 Continue\r\n\r\n'],
  ])('reads what comes behind a 100 Continue: %s', async (_, first, second) => {
    answer = ({ socket }) => {
      socket.write(first);
      const rest = `${second}HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbytes`;
      setTimeout(() => socket.write(rest), second ? 50 : 0);
    };
    const allowed = fetcher([host]);
    // On one connection: the second answer has its own.
    for (let n = 0; n < 2; n++) expect(String((await allowed.fetch(`http://${host}/`)).bytes)).toBe('bytes');
    let stored = '';
    await allowed.download(`http://${host}/`, async (bytes) => {
      stored = await text(bytes);
    });
    expect(stored).toBe('bytes');
  });

  it.each([
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip', gzipSync],
  ] as const)('undoes the coding %s, and says where it is cut off', async (coding, pack) => {
    const packed = pack('id,title,image_link\n'.repeat(1000));
    let sent = packed;
    answer = (_, response) => response.writeHead(200, { 'content-encoding': coding }).end(sent);
    const allowed = fetcher([host]);
    const download = async () => {
      let stored: Buffer | undefined;
      await allowed.download(`http://${host}/`, async (bytes) => {
        stored = await buffer(bytes);
      });
      return stored!;
    };
    // A feed in gzip is kept as it came, and told by its bytes.
    const whole = coding === 'gzip' ? packed.length : 20_000;
    expect((await download()).length).toBe(whole);
    expect((await allowed.fetch(`http://${host}/`)).bytes.length).toBe(20_000);
    sent = packed.subarray(0, -3);
    await expect(allowed.fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
    if (coding !== 'gzip') await expect(download()).rejects.toMatchObject({ code: 'FETCH_FAILED' });
  });

  it('names a coding that it does not know, and bounds what it unpacks', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('x');
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({
      message: `http://${host}/ is sent in a coding that was not asked for (zstd).`,
      transient: false,
    });
    const bomb = brotliCompressSync(Buffer.alloc(30 * 1024 * 1024));
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end(bomb);
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('gives up on a body that comes too slowly, drop by drop or not at all', async () => {
    const patience = { silenceMs: 2000, wholeMs: 400 };
    const timers: NodeJS.Timeout[] = [];
    answer = (_, response) => {
      response.writeHead(200);
      timers.push(setInterval(() => response.write('x'), 50));
    };
    await expect(fetcher([host], { patience }).fetch(`http://${host}/`)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      transient: true,
    });
    for (const timer of timers) clearInterval(timer);
    answer = (_, response) => response.writeHead(200).flushHeaders();
    await expect(fetcher([host], { patience }).fetch(`http://${host}/`)).rejects.toMatchObject({
      transient: true,
    });
  });

  it('connects to no inner address of a name, whatever the name resolved to before', async () => {
    answer = (_, response) => response.end('secret');
    const port = Number(host.split(':')[1]);
    let asked0 = 0;
    const resolve: FetcherOptions['resolve'] = (_name, _options, callback) => {
      asked0 += 1;
      callback(null, [{ address: asked0 === 1 ? '::ffff:10.0.0.1' : '127.0.0.1', family: 4 }]);
    };
    const guarded = fetcher([], { resolve });
    for (let i = 0; i < 3; i++) {
      await expect(guarded.fetch('http://rebind.example/a.png')).rejects.toMatchObject({
        code: 'FETCH_REFUSED',
      });
    }
    expect(asked0).toBe(3);
    expect(port).toBeGreaterThan(0);
    expect(asked).toBe(0);
  });

  it('tells a name inside the network like one that there is not', async () => {
    const answers: Record<string, NonNullable<FetcherOptions['resolve']>> = {
      inside: (_name, _options, callback) => callback(null, [{ address: '10.0.0.7', family: 4 }]),
      nowhere: (_name, _options, callback) =>
        callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []),
      unsure: (_name, _options, callback) =>
        callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }), []),
    };
    const told = [];
    for (const resolve of Object.values(answers)) {
      const error = await fetcher([], { resolve })
        .fetch('http://db.example/a.png')
        .catch((thrown: unknown) => thrown as FetchError);
      told.push(error instanceof FetchError && [error.code, error.message, error.transient]);
    }
    expect(told[0]).toEqual(['FETCH_REFUSED', 'db.example is not found on the public internet.', true]);
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('says in words what happened', async () => {
    answer = (_, response) => response.writeHead(404).end();
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toThrow('status 404 (Not Found).');
    answer = (request) => request.socket.destroy();
    await expect(fetcher([host]).fetch(`http://${host}/`)).rejects.toThrow(
      `http://${host}/ could not be fetched: its host broke the connection off.`,
    );
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const gone = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    await expect(fetcher([gone]).fetch(`http://${gone}/`)).rejects.toThrow(
      'its host refuses the connection.',
    );
  });

  it('asks on condition with what the server said before, along redirects, and takes its word', async () => {
    const seen: unknown[] = [];
    const version = { etag: 'W/"7"', lastModified: 'Sat, 28 Nov 2026 10:00:00 GMT' };
    answer = ({ url, headers }, response) => {
      seen.push([url, headers['if-none-match'], headers['if-modified-since']]);
      if (url === '/old') response.writeHead(302, { location: '/new' }).end();
      else if (headers['if-none-match'] === version.etag) response.writeHead(304).end();
      else
        response.writeHead(200, { etag: version.etag, 'last-modified': version.lastModified }).end('bytes');
    };
    const polite = fetcher([host]);
    const { validators } = await polite.fetch(`http://${host}/old`);
    expect(validators).toEqual(version);
    expect(await polite.fetchIfChanged(`http://${host}/old`, validators)).toBe('unchanged');
    expect(seen.slice(2)).toEqual([
      ['/old', version.etag, version.lastModified],
      ['/new', version.etag, version.lastModified],
    ]);
    const other = await polite.fetchIfChanged(`http://${host}/new`, { etag: '"6"', lastModified: null });
    expect(other).toMatchObject({ validators: version });
  });

  it('takes an answer that nobody asked for as a failure, and no header that it cannot send back', async () => {
    answer = (_, response) => response.writeHead(304).end();
    const nothing = { etag: null, lastModified: null };
    await expect(fetcher([host]).fetchIfChanged(`http://${host}/`, nothing)).rejects.toThrow('status 304');
    answer = (_, response) =>
      response.writeHead(200, { etag: `"${'x'.repeat(5000)}"`, 'last-modified': 'Sä' }).end('bytes');
    expect((await fetcher([host]).fetch(`http://${host}/`)).validators).toEqual(nothing);
  });

  it('opens four connections to a host at the most', async () => {
    let open = 0;
    let most = 0;
    answer = (_, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end('bytes');
      }, 50);
    };
    const polite = fetcher([host]);
    await Promise.all(Array.from({ length: 20 }, (_, i) => polite.fetch(`http://${host}/${i}`)));
    expect(most).toBe(4);
  });

  it('lets a host rest that asks for it', async () => {
    const times: number[] = [];
    answer = (_, response) => {
      times.push(performance.now());
      if (times.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('bytes');
    };
    const polite = fetcher([host]);
    await expect(polite.fetch(`http://${host}/a`)).rejects.toMatchObject({ transient: true });
    expect(String((await polite.fetch(`http://${host}/b`)).bytes)).toBe('bytes');
    expect(times[1]! - times[0]!).toBeGreaterThan(950);
  });

  describe('sends by post', () => {
    const message = { headers: { 'x-own': 'yes' }, body: 'told' };

    it('what it is given, and returns what is answered', async () => {
      let seen = '';
      answer = async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        seen = `${request.method} ${request.headers['x-own']} ${body}`;
        response.writeHead(503, { 'retry-after': '7' }).end('busy');
      };
      const reply = await fetcher([host]).post(`http://${host}/hook`, message);
      expect(seen).toBe('POST yes told');
      expect(reply).toEqual({ status: 503, text: 'busy', retryAfter: '7' });
    });

    it('nothing to where a redirect leads', async () => {
      answer = (_, response) => response.writeHead(307, { location: `http://${host}/elsewhere` }).end();
      expect((await fetcher([host]).post(`http://${host}/hook`, message)).status).toBe(307);
      expect(asked).toBe(1);
    });

    it('nothing to inner addresses', async () => {
      answer = (_, response) => response.end('secret');
      for (const url of [`http://${host}/`, 'http://localhost/', 'http://169.254.169.254/latest/meta-data']) {
        await expect(fetcher().post(url, message)).rejects.toMatchObject({ code: 'FETCH_REFUSED' });
      }
      const resolve: FetcherOptions['resolve'] = (_, __, callback) =>
        callback(null, [{ address: '127.0.0.1', family: 4 }]);
      await expect(fetcher([], { resolve }).post('http://hooks.example/', message)).rejects.toMatchObject({
        code: 'FETCH_REFUSED',
      });
      expect(asked).toBe(0);
    });

    it('and reads no more than the beginning of an endless answer', async () => {
      answer = (_, response) => {
        const timer = setInterval(() => response.write('x'.repeat(1000)), 1);
        response.on('close', () => clearInterval(timer));
      };
      expect((await fetcher([host]).post(`http://${host}/hook`, message)).text).toMatch(/^x{2048}$/);
    });

    it('and waits for no slow answer', async () => {
      answer = () => undefined;
      const patience = { silenceMs: 5_000, wholeMs: 200 };
      await expect(fetcher([host], { patience }).post(`http://${host}/hook`, message)).rejects.toMatchObject({
        code: 'FETCH_FAILED',
        message: expect.stringContaining('took too long'),
      });
    });

    // Node collected the signal of the timeout, with its timer, where it was combined with another signal.
    it('and waits for no answer that comes drop by drop, whatever is collected as garbage meanwhile', async () => {
      answer = (_, response) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.on('close', () => clearInterval(timer));
      };
      const patience = { silenceMs: 5_000, wholeMs: 1000 };
      const { signal } = new AbortController();
      const sent = fetcher([host], { patience }).post(`http://${host}/hook`, { ...message, signal });
      const collecting = setInterval(collectGarbage, 100);
      await expect(sent).rejects.toMatchObject({ message: expect.stringContaining('took too long') });
      clearInterval(collecting);
    });

    it('until it is told to stop', async () => {
      answer = () => undefined;
      const stopping = new AbortController();
      const sent = fetcher([host]).post(`http://${host}/hook`, { ...message, signal: stopping.signal });
      setTimeout(() => stopping.abort(), 50);
      await expect(sent).rejects.toMatchObject({ code: 'FETCH_FAILED' });
      const late = fetcher([host]).post(`http://${host}/hook`, { ...message, signal: stopping.signal });
      await expect(late).rejects.toMatchObject({ code: 'FETCH_FAILED' });
    });
  });
});
