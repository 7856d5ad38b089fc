'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { GarmentList } from '@/components/garments/garment-list.tsx';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { RegionDrawer } from '@/components/garments/region-drawer.tsx';
import { CompleteThePhoto } from '@/components/outfits/complete-the-photo.tsx';
import { SimilarItems } from '@/components/similar/similar-items.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { replaceParameters } from '@/lib/address.ts';
import { loadPhoto } from '@/lib/api/photos.ts';
import type { Photo } from '@/lib/api/shapes.ts';
import { arrangeGarments } from '@/lib/arrange-garments.ts';
import { garmentName, thisGarment } from '@/lib/categories.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { useIsOwnPhoto } from '@/lib/own-photos.ts';
import { photoName } from '@/lib/query-keys.ts';
import { MissedGarment } from './missed-garment.tsx';
import { NoGarments } from './no-garments.tsx';
import { PhotoActions } from './photo-actions.tsx';
import { PhotoGone } from './photo-gone.tsx';
import styles from './photo-page.module.css';
import { PhotoSkeleton } from './photo-skeleton.tsx';
import { useDrawnRegion } from './use-drawn-region.ts';

/** Settings for one garment do not apply to another. */
const OF_ONE_GARMENT = { category: null, say: null, more: null, less: null, weaker: null };

export function PhotoPage({ id }: { id: string }) {
  const {
    value: photo,
    error,
    reload,
  } = useLoaded(photoName(id), (signal) => loadPhoto(id, signal), {
    arrives: true,
  });
  if (error?.code === 'NOT_FOUND' || error?.code === 'INVALID_INPUT' || photo === null) return <PhotoGone />;
  if (error) return <Failure error={error} onRetry={reload} />;
  if (!photo) return <PhotoSkeleton />;
  return <FoundGarments photo={photo} onChange={reload} />;
}

function FoundGarments({ photo, onChange }: { photo: Photo; onChange(): void }) {
  const asked = useSearchParams().get('garment');
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const { likely, possible } = arrangeGarments(photo.garments);
  const chosen = photo.garments.find(({ id }) => id === asked) ?? likely[0];
  const isGuess = possible.some(({ id }) => id === chosen?.id);
  const [opened, setOpened] = useState(false);
  const showsAll = opened || isGuess;
  const garments = showsAll ? [...likely, ...possible] : likely;
  const choose = (id: string | null) => replaceParameters({ garment: id, ...OF_ONE_GARMENT });
  const region = useDrawnRegion(photo, (id) => {
    choose(id);
    onChange();
  });
  const own = useIsOwnPhoto(photo.id);
  const mayManage = useIsMerchandiser();
  // Visitors who opened a shared link can only look.
  const mayChange = own || mayManage;
  const title = own ? 'Your photo' : 'The photo';
  const named = garments.map((garment) => garmentName(garment).toLowerCase()).join(', ');

  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <h1 className="visually-hidden">Garments in {own ? 'your' : 'the'} photo</h1>
        <div className={styles.sticky}>
          <OutlinedPhoto
            picture={{ url: photo.imageUrl, width: photo.width, height: photo.height }}
            alt={named ? `${title}, with outlines around: ${named}` : title}
            garments={garments}
            chosen={chosen?.id}
            highlighted={highlighted}
            mostHigh="var(--photo-high)"
            sizes="(max-width: 60rem) 92vw, 34rem"
            onChoose={choose}
            onHighlight={setHighlighted}
          >
            {region.region && (
              <RegionDrawer
                size={photo}
                region={region.region}
                busy={region.busy}
                onChange={region.change}
                onDone={region.finish}
                onCancel={region.cancel}
              />
            )}
          </OutlinedPhoto>
        </div>
        {mayChange && (
          <MissedGarment
            region={region}
            onRemove={chosen?.origin === 'DRAWN' ? () => region.remove(chosen.id) : null}
          />
        )}
        {chosen && (
          <div className={styles.list}>
            <GarmentList
              garments={garments}
              own={own}
              chosen={chosen.id}
              highlighted={highlighted}
              more={showsAll ? 0 : possible.length}
              onMore={() => setOpened(true)}
              onChoose={choose}
              onHighlight={setHighlighted}
            />
          </div>
        )}
        <PhotoActions photo={photo} own={own} mayDelete={mayChange} />
      </div>
      <div className={styles.main}>
        {chosen ? (
          <>
            <p className={styles.jump}>
              <a href="#outfits">Complete the look</a>
            </p>
            <SimilarItems
              to={{ garmentId: chosen.id }}
              title={`Similar to ${thisGarment(chosen)}`}
              category={chosen.category}
            />
            <CompleteThePhoto photo={photo} chosen={chosen} own={own} />
          </>
        ) : (
          <NoGarments mayDraw={mayChange} />
        )}
      </div>
    </div>
  );
}
