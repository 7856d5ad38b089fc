'use client';

import { useEffect, useState } from 'react';
import { ManageHead } from '@/components/manage/manage-head.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Notice } from '@/components/ui/notice.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { type EmbeddingModel, loadModels, rollBackModel } from '@/lib/api/models.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useIsAdmin } from '@/lib/hooks/use-session.ts';
import { ModelCard } from './model-card.tsx';
import styles from './models.module.css';

const POLL_MS = 3000;

export function ModelsPage() {
  const { value: models, error, reload } = useLoaded('models', loadModels);
  usePoll(models, reload);
  return (
    <>
      <ManageHead title="Models">
        <p>
          The model that tells which items look alike. A new one works beside the old until you switch, at
          once, and back as fast.
        </p>
      </ManageHead>
      {error && <Failure error={error} onRetry={reload} />}
      {!models && !error && (
        <div role="status" aria-label="Loading the models">
          <Skeleton className={styles.place} />
        </div>
      )}
      {models && <Models models={models} onChange={reload} />}
    </>
  );
}

function Models({ models, onChange }: { models: EmbeddingModel[]; onChange(): void }) {
  const isAdmin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const shown = models.filter(({ state }) => state !== 'DROPPED');
  return (
    <>
      <ul className={styles.list} aria-label="Models">
        {shown.map((model) => (
          <ModelCard key={model.id} model={model} isAdmin={isAdmin} onChange={onChange} />
        ))}
      </ul>
      {shown.length < 2 && (
        <Notice title="No other model yet">
          <p>
            Start the server with <code>CANDIDATE_MODEL_DIR=FOLDER</code>, the folder of a model’s manifest.
            The catalogue is then embedded by it in the background, and you can compare it here before you
            switch.
          </p>
        </Notice>
      )}
      {isAdmin && shown.length > 1 && (
        <div>
          <Button onClick={() => setAsking(true)}>Roll back the last switch</Button>
        </div>
      )}
      {asking && (
        <Confirm
          title="Go back to the model before?"
          action="Roll back"
          onConfirm={async () => {
            await rollBackModel();
            onChange();
          }}
          onClose={() => setAsking(false)}
        >
          <p>Searches use the earlier model’s vectors from that moment on. Nothing is computed anew.</p>
        </Confirm>
      )}
    </>
  );
}

/** While vectors are being made or moved, or may soon be, the list is reloaded. */
function usePoll(models: EmbeddingModel[] | undefined, reload: () => void) {
  const known = models?.filter(({ state }) => state !== 'DROPPED');
  // A server that has just started may be about to begin with its candidate.
  const awaits = known?.length === 1;
  const moves = known?.some(({ state }) => state === 'EMBEDDING' || state === 'MOVING') ?? false;
  const changes = awaits || moves;
  useEffect(() => {
    if (!changes) return;
    const timer = setInterval(() => !document.hidden && reload(), POLL_MS);
    return () => clearInterval(timer);
  }, [changes, reload]);
}
