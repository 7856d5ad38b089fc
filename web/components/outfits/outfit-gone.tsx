import { ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';

export function OutfitGone() {
  return (
    <Notice
      heading="h1"
      title="Nothing of this outfit is left"
      actions={
        <>
          <ButtonLink kind="primary" href="/items">
            Browse the catalogue
          </ButtonLink>
          <ButtonLink href="/">Search by photo</ButtonLink>
        </>
      }
    >
      <p>The shop no longer sells its pieces, its photo was deleted, or the link is incomplete.</p>
      <p>Open any item or photo to complete it to an outfit.</p>
    </Notice>
  );
}
