'use client';

import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { htmlSnippet, moduleSnippet } from '@/lib/snippet.ts';
import type { WidgetChoices } from './widget-form.tsx';
import styles from './widgets.module.css';

const KINDS = [
  { value: 'html', name: 'Any page' },
  { value: 'module', name: 'As a module' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

/** What to copy into the shop's page. */
export function WidgetSnippet({
  choices,
  item,
  widgetKey,
}: {
  choices: WidgetChoices;
  item: string;
  widgetKey: string;
}) {
  const [kind, setKind] = useState<Kind>('html');
  const snippet = { ...choices, item, key: widgetKey, origin: location.origin };
  const text = kind === 'html' ? htmlSnippet(snippet) : moduleSnippet(snippet);
  return (
    <section className={styles.snippet} aria-labelledby="snippet">
      <h2 id="snippet">To copy</h2>
      <Tabs<Kind> label="Kind of page" options={[...KINDS]} value={kind} onChange={setKind} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard. */}
      <pre className={styles.code} data-testid="snippet" tabIndex={0}>
        {text}
      </pre>
      <div className={styles.actions}>
        <CopyButton text={text} kind="primary">
          Copy
        </CopyButton>
      </div>
      <p className={styles.soft}>
        On a product’s page, <code>item</code> is the product’s own id in the feed. A section for Shopify’s
        themes and a block for WooCommerce are in docs/widget.
      </p>
    </section>
  );
}
