'use client';

import { ButtonLink } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useUpload } from './upload-provider.tsx';

export function PhotoGone() {
  const { start } = useUpload();
  return (
    <Notice
      heading="h1"
      title="This photo is no longer here"
      actions={
        <>
          <FileButton kind="primary" onFile={start}>
            Choose a photo
          </FileButton>
          <ButtonLink href="/items">Browse the catalogue</ButtonLink>
        </>
      }
    >
      <p>
        Photos are deleted after a while, or when their owner deletes them. Search with it once more to see it
        again.
      </p>
    </Notice>
  );
}
