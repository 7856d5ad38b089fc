'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import form from '@/components/ui/form.module.css';
import { useWords } from '@/lib/i18n/use-words.ts';
import styles from './link-form.module.css';

/** Searches with the picture behind a link, by keyboard or touch. */
export function LinkForm({ onLink }: { onLink(link: string): void }) {
  const { t } = useWords();
  const [link, setLink] = useState('');
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (link.trim()) onLink(link.trim());
  };
  return (
    <details className={styles.link}>
      <summary>{t('start.byLink')}</summary>
      <form className={styles.form} onSubmit={submit} noValidate>
        <label className="visually-hidden" htmlFor={id}>
          {t('start.address')}
        </label>
        <input
          id={id}
          className={form.control}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          placeholder="https://…"
          value={link}
          onChange={({ target }) => setLink(target.value)}
        />
        <Button type="submit">{t('site.search')}</Button>
      </form>
    </details>
  );
}
