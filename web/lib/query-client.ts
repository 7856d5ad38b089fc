import { QueryClient } from '@tanstack/react-query';

const IN_BROWSER = typeof window !== 'undefined';
/** How long unused responses are kept, so that going back shows the page at once. */
const KEPT_MS = 60 * 60 * 1000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // No automatic retries or refetches: each page shows what failed with a button to retry, and reloads when it
        // knows of news.
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        // An identical response still has to cause a render, so that a running import keeps being polled.
        structuralSharing: false,
        // On the server, a timer per response would hold it in memory long after its page was sent.
        ...(IN_BROWSER && { gcTime: KEPT_MS }),
      },
    },
  });
}

let browsers: QueryClient | undefined;

/** One client per tab; on the server, a new one per page. */
export function queryClient(): QueryClient {
  if (!IN_BROWSER) return makeQueryClient();
  browsers ??= makeQueryClient();
  return browsers;
}
