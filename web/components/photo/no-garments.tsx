'use client';

import { ButtonLink } from '@/components/ui/button.tsx';
import { FileButton } from '@/components/ui/file-button.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { useUpload } from './upload-provider.tsx';

export function NoGarments({ mayDraw }: { mayDraw: boolean }) {
  const { start } = useUpload();
  return (
    <Notice
      title="No garment found in this photo"
      actions={
        <>
          <FileButton kind="primary" onFile={start}>
            Try another photo
          </FileButton>
          <ButtonLink href="/items">Browse the whole catalogue</ButtonLink>
        </>
      }
    >
      <p>
        It works best when a person or a garment fills most of the picture, in even light and not cut off.
      </p>
      {mayDraw && <p>Or draw a box around the garment on the photo.</p>}
      <p>Tops, outwear, trousers, shorts, skirts and dresses are known; shoes, bags and hats are not yet.</p>
    </Notice>
  );
}
