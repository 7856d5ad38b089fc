'use client';

import { useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { dropModel, type EmbeddingModel, promoteModel } from '@/lib/api/models.ts';
import { count, formatNumber, formatTime } from '@/lib/format.ts';
import { Comparison } from './comparison.tsx';
import styles from './models.module.css';

const STATES: Record<EmbeddingModel['state'], { name: string; tone: Tone }> = {
  EMBEDDING: { name: 'Embedding', tone: 'plain' },
  READY: { name: 'Ready', tone: 'soft' },
  MOVING: { name: 'Moving', tone: 'plain' },
  DROPPED: { name: 'Given up', tone: 'soft' },
};

interface ModelCardProps {
  model: EmbeddingModel;
  isAdmin: boolean;
  onChange(): void;
}

export function ModelCard({ model, isAdmin, onChange }: ModelCardProps) {
  const [asking, setAsking] = useState<'promote' | 'drop' | null>(null);
  const [comparing, setComparing] = useState(false);
  const { id, name, state, isInUse, isLoaded, garments, embedded, failed } = model;
  const ready = state === 'READY';
  const original = id === 'original';
  return (
    <li className={styles.card} data-used={isInUse ? '' : undefined}>
      <div className={styles.head}>
        <h2>{name}</h2>
        {isInUse ? (
          <Badge tone="good">In use</Badge>
        ) : (
          <Badge tone={STATES[state].tone}>{STATES[state].name}</Badge>
        )}
      </div>
      <p className={styles.soft}>
        {original
          ? 'The vectors that the garments were parsed with'
          : `Begun ${formatTime(model.createdAt ?? '')}`}
        {isLoaded ? '' : ' · not loaded by this server, so new photos cannot be asked with'}
      </p>
      {state === 'EMBEDDING' || state === 'MOVING' ? (
        <>
          <Progress share={garments > 0 ? embedded / garments : null} label={`Embedding by ${name}`} />
          <p role="status">
            {formatNumber(embedded)} of {count(garments, 'garment')}
            {state === 'MOVING' ? ', taking the place of the original vectors' : ''}
          </p>
        </>
      ) : (
        <p>
          {formatNumber(embedded)} of {count(garments, 'garment')}
          {failed > 0 ? `; ${formatNumber(failed)} could not be embedded` : ''}
        </p>
      )}
      <div className={styles.actions}>
        {ready && !isInUse && (
          <Button aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
            {comparing ? 'Hide the comparison' : 'Compare'}
          </Button>
        )}
        {isAdmin && ready && !isInUse && (
          <Button kind="primary" onClick={() => setAsking('promote')}>
            Use it
          </Button>
        )}
        {isAdmin && !isInUse && (
          <Button kind="quiet" onClick={() => setAsking('drop')}>
            Give up its vectors
          </Button>
        )}
      </div>
      {comparing && <Comparison id={id} />}
      {asking === 'promote' && (
        <Confirm
          title={`Use ${name} for all searches?`}
          action="Use it"
          onConfirm={async () => {
            await promoteModel(id);
            setComparing(false);
            onChange();
          }}
          onClose={() => setAsking(null)}
        >
          <p>The switch takes effect at once. The old vectors are kept, so that you can roll back.</p>
        </Confirm>
      )}
      {asking === 'drop' && (
        <Confirm
          title={`Give up the vectors of ${name}?`}
          action="Give them up"
          danger
          onConfirm={async () => {
            await dropModel(id);
            onChange();
          }}
          onClose={() => setAsking(null)}
        >
          <p>
            {original
              ? 'The vectors of the model in use take their place, in the background. There is no way back then.'
              : 'To have them again, the whole catalogue must be embedded once more.'}
          </p>
        </Confirm>
      )}
    </li>
  );
}
