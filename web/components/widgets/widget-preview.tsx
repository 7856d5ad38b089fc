'use client';

import { createElement, useEffect } from 'react';
import { Failure } from '@/components/ui/failure.tsx';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { loadWidget } from '@/lib/load-widget.ts';
import { themeVariables } from '@/lib/snippet.ts';
import type { WidgetChoices } from './widget-form.tsx';
import styles from './widgets.module.css';

/** The widget itself, as the shop's page will have it. */
export function WidgetPreview({ choices, item }: { choices: WidgetChoices; item: string }) {
  const { tag, count, heading, theme } = choices;
  const { error, reload } = useLoaded('widget', loadPreview);
  useEffect(() => {
    // The preview leads nowhere: the links are the shop's.
    const stay = (event: Event) => event.preventDefault();
    document.addEventListener('armoire:click', stay);
    return () => document.removeEventListener('armoire:click', stay);
  }, []);
  if (error) return <Failure error={error} onRetry={reload} />;
  const own =
    tag === 'armoire-photo-search' ? {} : { item, count: String(count), ...(heading && { heading }) };
  return (
    <section className={styles.preview} aria-labelledby="preview" style={themeVariables(theme)}>
      <h2 id="preview">Preview</h2>
      {createElement(
        tag,
        { key: tag, ...own },
        <p key="fallback" slot="fallback" className={styles.soft}>
          There is nothing to show for this item. On the shop’s page nothing appears, or what stands in the
          element with slot="fallback".
        </p>,
      )}
    </section>
  );
}

async function loadPreview(): Promise<true> {
  await loadWidget();
  return true;
}
