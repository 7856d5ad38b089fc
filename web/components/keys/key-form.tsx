'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Check } from '@/components/ui/check.tsx';
import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import { FormError } from '@/components/ui/form-error.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import { createKey, type KeyRole } from '@/lib/api/keys.ts';
import { explain } from '@/lib/explain.ts';
import styles from './keys.module.css';
import { ROLES } from './roles.ts';

/** Creates a key and passes it to `onMade`. It cannot be requested again. */
export function KeyForm({ onMade }: { onMade(made: { key: string; label: string }): void }) {
  const [role, setRole] = useState<KeyRole>('MERCHANDISER');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const label = String(data.get('label') ?? '').trim();
    const domains = String(data.get('domains') ?? '')
      .split(/[\s,]+/)
      .filter(Boolean);
    if (!label) return setError('Say what the key is for.');
    if (role === 'WIDGET' && domains.length === 0)
      return setError('List the hosts that the widget stands on.');
    setBusy(true);
    try {
      const { key } = await createKey({ role, label, domains: role === 'WIDGET' ? domains : null });
      onMade({ key, label });
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
      setBusy(false);
    }
  };

  return (
    <section className={styles.form} aria-labelledby="new">
      <h2 id="new">A new key</h2>
      <form className={form.form} onSubmit={submit} onChange={() => setError(null)} noValidate>
        <Field label="What is it for?" hint="Such as: Ana’s laptop, or: nightly feed">
          {(control) => <input {...control} name="label" maxLength={100} autoComplete="off" required />}
        </Field>
        <fieldset className={form.group}>
          <legend>Whoever has it may</legend>
          {(Object.keys(ROLES) as KeyRole[]).map((name) => (
            <Check
              key={name}
              type="radio"
              name="role"
              value={name}
              checked={role === name}
              onChange={() => setRole(name)}
            >
              <strong>{ROLES[name].name}:</strong> {ROLES[name].may}
            </Check>
          ))}
        </fieldset>
        {role === 'WIDGET' && (
          <Field label="Hosts" hint="One a line, such as shop.example, or *.shop.example for all within it">
            {(control) => (
              <textarea {...control} name="domains" rows={3} spellCheck={false} autoCapitalize="off" />
            )}
          </Field>
        )}
        <FormError>{error}</FormError>
        <div className={form.actions}>
          <Button kind="primary" type="submit" disabled={busy}>
            {busy ? 'Making the key…' : 'Make the key'}
          </Button>
        </div>
      </form>
    </section>
  );
}
