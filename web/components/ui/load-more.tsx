'use client';

import type { ApiError } from '@/lib/api/errors.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { Button } from './button.tsx';
import { FormError } from './form-error.tsx';

interface LoadMoreProps {
  pages: { hasMore: boolean; loading: boolean; error: ApiError | null; loadMore(): void };
}

/** The button for a list's next page, and why the last request failed; nothing on the last page. */
export function LoadMore({ pages: { hasMore, loading, error, loadMore } }: LoadMoreProps) {
  const words = useWords();
  const { t } = words;
  const told = error && tellError(error, words);
  if (!hasMore && !told) return null;
  return (
    <div>
      <FormError>{told && `${told.title}. ${told.advice}`}</FormError>
      {hasMore && (
        <Button onClick={loadMore} disabled={loading}>
          {loading ? t('action.loading') : t('action.loadMore')}
        </Button>
      )}
    </div>
  );
}
