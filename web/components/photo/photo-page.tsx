'use client';

import { useSearchParams } from 'next/navigation';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { GarmentList } from '@/components/garments/garment-list.tsx';
import { OutlineDrawer } from '@/components/garments/outline-drawer.tsx';
import { OutlinedPhoto } from '@/components/garments/outlined-photo.tsx';
import { RegionDrawer } from '@/components/garments/region-drawer.tsx';
import { CompleteThePhoto } from '@/components/outfits/complete-the-photo.tsx';
import { SimilarItems } from '@/components/similar/similar-items.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { replaceParameters } from '@/lib/address.ts';
import { loadPhoto } from '@/lib/api/photos.ts';
import type { Photo } from '@/lib/api/shapes.ts';
import { arrangeGarments, chosenGarment } from '@/lib/arrange-garments.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useNextFocus } from '@/lib/hooks/use-next-focus.ts';
import { useIsMerchandiser } from '@/lib/hooks/use-session.ts';
import { sayGarmentWithin, sayThisGarment } from '@/lib/i18n/say.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { useRememberPhoto } from '@/lib/last-photo.ts';
import { keepThumbnail, useIsOwnPhoto } from '@/lib/own-photos.ts';
import { photoName } from '@/lib/query-keys.ts';
import { EnlargeButton } from './enlarge-button.tsx';
import { MissedGarment } from './missed-garment.tsx';
import { NoGarments } from './no-garments.tsx';
import { PhotoActions } from './photo-actions.tsx';
import { PhotoBar } from './photo-bar.tsx';
import { PhotoGone } from './photo-gone.tsx';
import styles from './photo-page.module.css';
import { PhotoSkeleton } from './photo-skeleton.tsx';
import { useDrawnRegion } from './use-drawn-region.ts';
import { WholeLook } from './whole-look.tsx';

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
  const words = useWords();
  const { t } = words;
  const asked = useSearchParams().get('garment');
  const frame = useRef<HTMLDivElement>(null);
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const { likely, possible } = arrangeGarments(photo.garments);
  const chosen = chosenGarment(photo.garments, asked);
  const isGuess = possible.some(({ id }) => id === chosen?.id);
  const [opened, setOpened] = useState(false);
  const showsAll = opened || isGuess;
  const garments = showsAll ? [...likely, ...possible] : likely;
  const choose = (id: string | null) => replaceParameters({ garment: id, ...OF_ONE_GARMENT });
  const { ref: list, focusNext } = useNextFocus();
  const drawn = useDrawnRegion(photo, (id, removed) => {
    focusNext((inside) => {
      const radioOf = (garment: string) => inside.querySelector<HTMLElement>(`input[value="${garment}"]`);
      if (id) return radioOf(id);
      // Which one takes its place is known once it is gone.
      return removed && radioOf(removed) ? null : inside.querySelector<HTMLElement>('input:checked');
    });
    // Another one may have been chosen since.
    const asked = new URLSearchParams(window.location.search).get('garment');
    if (id || !asked || asked === removed) choose(id);
    onChange();
  });
  const region = {
    ...drawn,
    cancel() {
      focusNext((inside) => inside.querySelector<HTMLElement>('[data-draw]'));
      drawn.cancel();
    },
  };
  useRememberPhoto();
  const own = useIsOwnPhoto(photo.id);
  const mayManage = useIsMerchandiser();
  useEffect(() => keepThumbnail(photo.id, photo.imageUrl), [photo.id, photo.imageUrl]);
  // Visitors who opened a shared link can only look.
  const mayChange = own || mayManage;
  const title = own ? t('photo.own') : t('photo.others');
  const named = garments.map((garment) => sayGarmentWithin(words, garment)).join(', ');
  const alt = named ? t('photo.alt', { photo: title, garments: named }) : title;
  const draw = () => {
    region.begin();
    frame.current?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <div
      className={styles.columns}
      style={{ '--ratio': photo.width / photo.height } as CSSProperties}
      data-drawing={region.region ? '' : undefined}
      data-empty={chosen ? undefined : ''}
    >
      <div className={styles.side}>
        <h1 className="visually-hidden">{own ? t('photo.headingOwn') : t('photo.heading')}</h1>
        <div className={styles.photo} ref={frame}>
          <OutlinedPhoto
            picture={{ url: photo.imageUrl, width: photo.width, height: photo.height }}
            alt={alt}
            garments={garments}
            chosen={chosen?.id}
            highlighted={highlighted}
            mostHigh="var(--photo-high)"
            sizes={`(max-width: 46rem) ${chosen && !region.region ? besideHeading(photo) : '92vw'}, 34rem`}
            onChoose={choose}
            onHighlight={setHighlighted}
          >
            {region.outline ? (
              <OutlineDrawer
                size={photo}
                outline={region.outline}
                busy={region.busy}
                onChange={region.changeOutline}
                onCancel={region.cancel}
              />
            ) : region.region ? (
              <RegionDrawer
                size={photo}
                region={region.region}
                busy={region.busy}
                onChange={region.change}
                onDone={region.finish}
                onCancel={region.cancel}
              />
            ) : (
              <EnlargeButton
                photo={photo}
                alt={alt}
                garments={garments}
                chosen={chosen?.id}
                onChoose={choose}
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
        <div className={styles.list} ref={list}>
          {chosen && (
            <GarmentList
              garments={garments}
              own={own}
              chosen={chosen.id}
              highlighted={highlighted}
              more={showsAll ? 0 : possible.length}
              onMore={() => setOpened(true)}
              onChoose={choose}
              onHighlight={setHighlighted}
            >
              {mayChange && !region.region && <DrawButton onDraw={draw} />}
            </GarmentList>
          )}
          {!chosen && mayChange && !region.region && <DrawButton onDraw={draw} />}
        </div>
        <PhotoActions
          photo={photo}
          own={own}
          mayDelete={mayChange}
          hasOutfits={chosen !== undefined}
          hasLook={garments.length > 1}
        />
      </div>
      <div className={styles.main}>
        {chosen ? (
          <>
            <SimilarItems
              to={{ garmentId: chosen.id }}
              title={t('photo.similar', { garment: sayThisGarment(words, chosen) })}
              what={sayThisGarment(words, chosen)}
              category={chosen.category}
              seeOn={own ? chosen.id : null}
              tries={mayChange && <DrawButton onDraw={draw} />}
              beside
            />
            {garments.length > 1 && (
              <div className={styles.look}>
                <WholeLook garments={garments} onChoose={choose} />
              </div>
            )}
            <div className={styles.outfits}>
              <CompleteThePhoto photo={photo} chosen={chosen} own={own} />
            </div>
          </>
        ) : (
          <NoGarments mayDraw={mayChange} />
        )}
      </div>
      {chosen && (
        <PhotoBar photo={photo} frame={frame} garments={garments} chosen={chosen.id} onChoose={choose} />
      )}
    </div>
  );
}

function DrawButton({ onDraw }: { onDraw(): void }) {
  const { t } = useWords();
  return (
    <Button onClick={onDraw} aria-label={t('photo.drawLabel')} data-draw>
      {t('photo.draw')}
    </Button>
  );
}

/** How wide a photo is that lies beside the heading, as on a telephone: at most 9 rem high. */
function besideHeading({ width, height }: Photo): string {
  return `min(46vw, ${((9 * width) / height).toFixed(2)}rem)`;
}
