import { QueryClient } from '@tanstack/react-query';

const IN_BROWSER = typeof window !== 'undefined';
/** How long an answer that no page shows is kept, so that going back shows at once what was there. */
const KEPT_MS = 60 * 60 * 1000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Each page says what failed and offers another try; it asks again where it knows of news.
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        // The same answer once more is news too: an import that was asked for again is followed again.
        structuralSharing: false,
        // On the server a timer for each answer would hold it long after its page was sent.
        ...(IN_BROWSER && { gcTime: KEPT_MS }),
      },
    },
  });
}

let browsers: QueryClient | undefined;

/** The tab's one client; on the server a new one for each page. */
export function queryClient(): QueryClient {
  if (!IN_BROWSER) return makeQueryClient();
  browsers ??= makeQueryClient();
  return browsers;
}
