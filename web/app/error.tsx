'use client';

import { useEffect } from 'react';
import { Button, ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';

export default function PageError({ error, retry }: { error: unknown; retry(): void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Notice
      heading="h1"
      kind="failure"
      title="This page could not be shown"
      actions={
        <>
          <Button kind="primary" onClick={() => retry()}>
            Try again
          </Button>
          <ButtonLink href="/">Search by photo</ButtonLink>
        </>
      }
    >
      <p>Something in the page went wrong. Your photo and the catalogue are safe.</p>
    </Notice>
  );
}
