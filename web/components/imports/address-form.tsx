'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';

/** For a feed that a shop publishes, such as the one for Google. */
export function AddressForm({ onSubmit }: { onSubmit(address: string): void }) {
  const [address, setAddress] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = address.trim();
    if (/^https?:\/\//i.test(given) && URL.canParse(given)) onSubmit(given);
    else setError('Give the whole address, beginning with https://');
  };
  return (
    <form className={form.form} onSubmit={submit} noValidate>
      <Field
        label="Or the address of a feed"
        hint="Such as the one that Google Merchant Center reads. It is fetched once."
        error={error}
      >
        {(control) => (
          <input
            {...control}
            type="url"
            inputMode="url"
            placeholder="https://"
            value={address}
            onChange={({ target }) => {
              setAddress(target.value);
              setError(null);
            }}
          />
        )}
      </Field>
      <div className={form.actions}>
        <Button type="submit">Look at it</Button>
      </div>
    </form>
  );
}
