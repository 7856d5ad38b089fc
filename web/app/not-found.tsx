import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <Notice
      heading="h1"
      title="There is no such page"
      actions={
        <>
          <ButtonLink kind="primary" href="/">
            Search by photo
          </ButtonLink>
          <ButtonLink href="/items">Browse the catalogue</ButtonLink>
        </>
      }
    >
      <p>The address may have been mistyped, or what was there is gone.</p>
    </Notice>
  );
}
