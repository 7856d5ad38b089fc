'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Confirm } from '@/components/ui/confirm.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { toApiError } from '@/lib/api/errors.ts';
import type { Shop } from '@/lib/api/shapes.ts';
import { removeDrawnItems, renameShop } from '@/lib/api/shop.ts';
import { explain } from '@/lib/explain.ts';
import { count } from '@/lib/format.ts';
import styles from './manage.module.css';
import { ShopLanguage } from './shop-language.tsx';

/** The shop's name and language, and what is left of the demo. */
export function ShopSettings({ shop, canRename }: { shop: Shop; canRename: boolean }) {
  const [said, setSaid] = useState('');
  if (!canRename && shop.drawnItemCount === 0 && !said) return null;
  return (
    <section className={styles.settings} aria-labelledby="settings">
      <h2 id="settings">The shop</h2>
      {canRename && <ShopName shop={shop} onDone={setSaid} />}
      {canRename && <ShopLanguage shop={shop} onDone={setSaid} />}
      {shop.drawnItemCount > 0 && <DrawnItems shop={shop} onDone={setSaid} />}
      <p role="status">{said}</p>
    </section>
  );
}

function ShopName({ shop, onDone }: { shop: Shop; onDone(words: string): void }) {
  const [error, setError] = useState<string | null>(null);
  const client = useQueryClient();
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (!name) return setError('Give the shop a name.');
    try {
      const renamed = await renameShop(name);
      await client.invalidateQueries();
      onDone(`The shop is called ${renamed} now.`);
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
  };
  return (
    <form className={form.form} onSubmit={submit} onChange={() => setError(null)} noValidate>
      <Field label="Name of the shop" hint="Shoppers read it above the catalogue." error={error}>
        {(control) => (
          <input
            key={shop.name}
            {...control}
            name="name"
            defaultValue={shop.name}
            maxLength={100}
            autoComplete="off"
            required
          />
        )}
      </Field>
      <div className={form.actions}>
        <Button type="submit">Save the name</Button>
      </div>
    </form>
  );
}

function DrawnItems({ shop, onDone }: { shop: Shop; onDone(words: string): void }) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const drawn = count(shop.drawnItemCount, 'drawn item');
  return (
    <div className={styles.drawn}>
      <p>The shop still has {drawn} of the demo.</p>
      <Button kind="danger" onClick={() => setAsking(true)}>
        Remove the drawn items
      </Button>
      {asking && (
        <Confirm
          title={`Remove ${drawn}?`}
          action="Remove them"
          danger
          onConfirm={async () => {
            const removed = await removeDrawnItems();
            await client.invalidateQueries();
            onDone(`${count(removed, 'drawn item')} removed.`);
          }}
          onClose={() => setAsking(false)}
        >
          <p>They and their pictures are deleted for good. Your own items stay.</p>
        </Confirm>
      )}
    </div>
  );
}
