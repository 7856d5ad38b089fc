// JavaScript, because a server that finds TypeScript here loads a compiler for it and keeps 40 MB of it.
import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // server/pages.ts compresses pages, with Brotli where it can.
  compress: false,
  reactStrictMode: true,
  // Pictures come from the API in every width: Next's own way to them would be one more that nobody limits.
  images: { unoptimized: true },
  // Titles come in the head for everybody, not only for the crawlers that Next knows.
  htmlLimitedBots: /.*/,
  // The one package.json lies above this folder: without a root, Next would look for lock files further up.
  turbopack: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    // Messages arrive compiled (lib/i18n/compiled.ts).
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  outputFileTracingRoot: fileURLToPath(new URL('..', import.meta.url)),
  // Next lets caches keep a page for a year, though its next build has other files. Those under /_next never change.
  headers: async () => [
    {
      source: '/((?!_next/|graphql|images/|crops/|previews/|imports/|insights/|widget/).*)',
      headers: [{ key: 'Cache-Control', value: 'no-cache' }],
    },
    // Other sites' pages load the widget. Long enough for a visit, short enough that a mended fault arrives.
    {
      source: '/widget/:file',
      headers: [
        { key: 'Access-Control-Allow-Origin', value: '*' },
        { key: 'Cache-Control', value: 'public, max-age=600' },
      ],
    },
    // A visitor's photo, or what is worn in it, is in the page itself.
    ...['/photos/:id', '/outfits/:id'].map((source) => ({
      source,
      headers: [{ key: 'Cache-Control', value: 'private, no-cache' }],
    })),
  ],
};

export default config;
