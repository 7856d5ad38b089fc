'use client';

import type { ReactNode } from 'react';
import type { ApiError } from '@/lib/api/errors.ts';
import { tellError } from '@/lib/i18n/tell-error.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface FailureProps {
  error: ApiError;
  onRetry?(): void;
  children?: ReactNode;
}

/** A failed request, explained, with a way to continue. */
export function Failure({ error, onRetry, children }: FailureProps) {
  const words = useWords();
  const { title, advice, retry } = tellError(error, words);
  const again = retry && onRetry && (
    <Button kind="primary" onClick={onRetry}>
      {words.t('action.retry')}
    </Button>
  );
  return (
    <Notice
      kind="failure"
      title={title}
      actions={
        <>
          {again}
          {children}
        </>
      }
    >
      <p>{advice}</p>
    </Notice>
  );
}
