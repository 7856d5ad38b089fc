'use client';

import { Button } from './button.tsx';

interface LoadMoreProps {
  pages: { hasMore: boolean; loading: boolean; loadMore(): void };
}

/** The button for a list's next page; nothing on the last page. */
export function LoadMore({ pages: { hasMore, loading, loadMore } }: LoadMoreProps) {
  if (!hasMore) return null;
  return (
    <div>
      <Button onClick={loadMore} disabled={loading}>
        {loading ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
