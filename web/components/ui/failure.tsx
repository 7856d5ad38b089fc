import type { ReactNode } from 'react';
import type { ApiError } from '@/lib/api/errors.ts';
import { explain } from '@/lib/explain.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface FailureProps {
  error: ApiError;
  onRetry?(): void;
  children?: ReactNode;
}

/** A failed request, explained, with a way to continue. */
export function Failure({ error, onRetry, children }: FailureProps) {
  const { title, advice, retry } = explain(error);
  const again = retry && onRetry && (
    <Button kind="primary" onClick={onRetry}>
      Try again
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
