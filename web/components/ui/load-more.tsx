'use client';

import { useWords } from '@/lib/i18n/use-words.ts';
import { Button } from './button.tsx';

interface LoadMoreProps {
  pages: { hasMore: boolean; loading: boolean; loadMore(): void };
}

/** The button for a list's next page; nothing on the last page. */
export function LoadMore({ pages: { hasMore, loading, loadMore } }: LoadMoreProps) {
  const { t } = useWords();
  if (!hasMore) return null;
  return (
    <div>
      <Button onClick={loadMore} disabled={loading}>
        {loading ? t('action.loading') : t('action.loadMore')}
      </Button>
    </div>
  );
}
