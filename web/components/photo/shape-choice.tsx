'use client';

import { Button } from '@/components/ui/button.tsx';
import { useWords } from '@/lib/i18n/use-words.ts';
import type { DrawnRegion } from './use-drawn-region.ts';

/** Whether a garment is marked by a box or by a free outline. */
export function ShapeChoice({ region }: { region: DrawnRegion }) {
  const { t } = useWords();
  const isFree = region.outline !== null;
  return (
    <Button kind="quiet" disabled={region.busy} onClick={isFree ? region.begin : region.beginOutline}>
      {t(isFree ? 'photo.drawBox' : 'photo.drawOutline')}
    </Button>
  );
}
