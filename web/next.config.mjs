// JavaScript, because a server that finds TypeScript here loads a compiler for it and keeps 40 MB of it.
import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The one package.json lies above this folder: without a root, Next would look for lock files further up.
  turbopack: { root: fileURLToPath(new URL('..', import.meta.url)) },
  outputFileTracingRoot: fileURLToPath(new URL('..', import.meta.url)),
  rewrites: async () => handOn(process.env.API_ORIGIN),
  // Next lets caches keep a page for a year, though its next build has other files. Those under /_next never change.
  headers: async () => [
    {
      source: '/((?!_next/|graphql|images/|crops/|imports/).*)',
      headers: [{ key: 'Cache-Control', value: 'no-cache' }],
    },
  ],
};

/**
 * Where the pages run in a process of their own, they hand the API and its images on to the server.
 * @param {string | undefined} origin
 */
function handOn(origin) {
  if (!origin) return [];
  return ['/graphql', '/images/:path*', '/crops/:path*'].map((source) => ({
    source,
    destination: `${origin}${source}`,
  }));
}

export default config;
