/** The shop's page of docs/widget, on an origin of its own, with a policy that names the API alone. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const DOCS = new URL('../../docs/widget/', import.meta.url);

export interface ShopPage {
  /** Where the page is, by the host's name or by its number: two hosts. */
  readonly url: string;
  readonly otherUrl: string;
  close(): void;
}

/** `?item=`, `?key=` and `?lang=` of the address stand in the page. */
export async function openShop(api: string): Promise<ShopPage> {
  const policy = `default-src 'none'; script-src ${api}; connect-src ${api}; img-src ${api}; style-src 'self'; base-uri 'none'`;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/shop.css') {
      response.setHeader('content-type', 'text/css').end(readFileSync(new URL('shop.css', DOCS)));
    } else if (pathname === '/') {
      const html = readFileSync(new URL('shop.html', DOCS), 'utf8')
        .replaceAll('https://armoire.example', api)
        .replaceAll('armw_YOUR_KEY', searchParams.get('key') ?? '')
        .replaceAll('ITEM_ID', searchParams.get('item') ?? '')
        .replace('lang="en"', `lang="${searchParams.get('lang') ?? 'en'}"`);
      response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html').end(html);
    } else response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    otherUrl: `http://127.0.0.1:${port}/`,
    close: () => void server.close(),
  };
}
