'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ShareButton } from '@/components/ui/share-button.tsx';
import type { Builder } from '@/lib/hooks/use-builder.ts';
import { useWords } from '@/lib/i18n/use-words.ts';
import { sharedAddress } from '@/lib/outfit-address.ts';
import styles from './builder-bar.module.css';
import { ShareIcon, UndoIcon } from './icons.tsx';
import { Total } from './total.tsx';

/** Id of the button that undoes, which takes the focus of a piece that was removed. */
export const UNDO_BUTTON = 'undo';

/** What can be done with the outfit as a whole. On a narrow screen, it stays in view. */
export function BuilderBar({ builder }: { builder: Builder }) {
  const { outfit, to, busy, canUndo } = builder;
  const { t } = useWords();
  const [outcome, setOutcome] = useState('');
  return (
    <div className={styles.bar}>
      <div className={styles.total}>
        <Total outfit={outfit} />
      </div>
      {/* Not disabled, or it would lose the focus; a newer request replaces an older one. */}
      <Button kind="primary" aria-busy={busy} onClick={builder.shuffle}>
        {t('outfit.shuffle')}
      </Button>
      <Button id={UNDO_BUTTON} aria-disabled={!canUndo} aria-keyshortcuts="Control+Z" onClick={builder.undo}>
        <UndoIcon />
        <span className={styles.name}>{t('outfit.undo')}</span>
      </Button>
      <ShareButton
        path={sharedAddress(outfit.id, { to })}
        meaning={to.itemId ? t('outfit.shareItem') : t('outfit.sharePhoto')}
        onOutcome={setOutcome}
      >
        <ShareIcon />
        <span className={styles.name}>{t('action.share')}</span>
      </ShareButton>
      <p role="status" className={styles.outcome}>
        {outcome}
      </p>
    </div>
  );
}
