import { ButtonLink } from '@/components/ui/button.tsx';
import { Notice } from '@/components/ui/notice.tsx';

/** How numbers come. */
export function NothingYet() {
  return (
    <Notice
      title="Nothing was counted in this period"
      actions={
        <>
          <ButtonLink kind="primary" href="/">
            Search by a photo
          </ButtonLink>
          <ButtonLink href="/manage/keys">Make a key for a widget</ButtonLink>
        </>
      }
    >
      <p>
        Photos and searches are counted by themselves, within a second or two. The pages here also report
        which matches shoppers see, open and follow to the shop.
      </p>
      <p>
        A shop’s own pages report the same with the mutation <code>recordEvents</code>, and what is added to
        the basket. Nothing that is counted says who the shopper is.
      </p>
    </Notice>
  );
}
