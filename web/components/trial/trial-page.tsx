'use client';

import { useSearchParams } from 'next/navigation';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { pushParameters } from '@/lib/address.ts';
import styles from './trial.module.css';
import { TrialItem } from './trial-item.tsx';
import { TrialPhoto } from './trial-photo.tsx';

type Kind = 'item' | 'photo';
const KINDS: { value: Kind; name: string }[] = [
  { value: 'item', name: 'An item' },
  { value: 'photo', name: 'A photo' },
];
const NOTHING = { with: null, item: null, photo: null, garment: null };

/** A search as shoppers have it, with the shop's rules off and on. Its address says what is searched with. */
export function TrialPage() {
  const parameters = useSearchParams();
  const [item, photo] = [parameters.get('item'), parameters.get('photo')];
  const kind: Kind = photo !== null || parameters.get('with') === 'photo' ? 'photo' : 'item';
  return (
    <>
      <ManageHead title="Similar items">
        <p>
          Search with an item, a photo or a part of it, and compare what comes with the shop’s rules off and
          on.
        </p>
      </ManageHead>
      <div className={styles.trial}>
        <Tabs<Kind>
          label="Search with"
          options={KINDS}
          value={kind}
          onChange={(next) => pushParameters({ ...NOTHING, with: next === 'photo' ? 'photo' : null })}
        />
        {kind === 'item' ? (
          <TrialItem id={item} onChoose={(id) => pushParameters({ ...NOTHING, item: id })} />
        ) : (
          <TrialPhoto
            id={photo}
            garmentId={parameters.get('garment')}
            onChoose={(id, garment) =>
              pushParameters({ ...NOTHING, with: id === null ? 'photo' : null, photo: id, garment })
            }
          />
        )}
      </div>
    </>
  );
}
