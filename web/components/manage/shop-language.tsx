'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { toApiError } from '@/lib/api/errors.ts';
import type { Shop } from '@/lib/api/shapes.ts';
import { setShopLanguage } from '@/lib/api/shop.ts';
import { explain } from '@/lib/explain.ts';
import { LANGUAGE_NAMES } from '@/lib/i18n/language-names.ts';

/** The language in which shoppers read the pages. */
export function ShopLanguage({ shop, onDone }: { shop: Shop; onDone(words: string): void }) {
  const [error, setError] = useState<string | null>(null);
  const client = useQueryClient();
  const choose = async (value: string) => {
    setError(null);
    try {
      const chosen = await setShopLanguage(
        LANGUAGE_NAMES.find(({ language }) => language === value)?.language ?? null,
      );
      await client.invalidateQueries();
      const name = LANGUAGE_NAMES.find(({ language }) => language === chosen)?.name;
      onDone(
        name
          ? `Shoppers read the pages in ${name} now.`
          : 'Shoppers read the pages in their browser’s language now.',
      );
    } catch (cause) {
      setError(explain(toApiError(cause)).advice);
    }
  };
  return (
    <Field
      label="Language of the shop"
      hint="Of the pages that shoppers see. The studio stays in English."
      error={error}
    >
      {(control) => (
        <select {...control} value={shop.language ?? ''} onChange={({ target }) => void choose(target.value)}>
          <option value="">The browser’s own</option>
          {LANGUAGE_NAMES.map(({ language, name }) => (
            <option key={language} value={language}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
