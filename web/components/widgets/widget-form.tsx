'use client';

import { Field } from '@/components/ui/field.tsx';
import form from '@/components/ui/form.module.css';
import type { WidgetTag, WidgetTheme } from '@/lib/snippet.ts';
import styles from './widgets.module.css';

export interface WidgetChoices {
  readonly tag: WidgetTag;
  readonly count: number;
  readonly heading: string;
  readonly theme: WidgetTheme;
}

interface WidgetFormProps {
  choices: WidgetChoices;
  onChange(choices: WidgetChoices): void;
  widgetKey: string;
  onKeyChange(key: string): void;
}

const SIZES = [
  { name: 'radius', label: 'Rounding', min: 0, max: 32 },
  { name: 'tile', label: 'Width of an item', min: 96, max: 320 },
  { name: 'gap', label: 'Gap', min: 0, max: 48 },
] as const;
/** What the browser's choice of a colour begins with: it has no empty one. */
const COLOURS = [
  { name: 'accent', label: 'Accent', first: '#14614c' },
  { name: 'sale', label: 'Price on sale', first: '#9c2b1b' },
] as const;

/** How the widget is to be. */
export function WidgetForm({ choices, onChange, widgetKey, onKeyChange }: WidgetFormProps) {
  const { tag, count, heading, theme } = choices;
  const setTheme = (part: Partial<WidgetTheme>) => onChange({ ...choices, theme: { ...theme, ...part } });
  return (
    <form className={form.form} onSubmit={(event) => event.preventDefault()}>
      {tag !== 'armoire-photo-search' && (
        <>
          <Field label="Heading" hint="Empty: the usual one, in the page’s language">
            {(control) => (
              <input
                {...control}
                value={heading}
                maxLength={100}
                autoComplete="off"
                onChange={({ target }) => onChange({ ...choices, heading: target.value })}
              />
            )}
          </Field>
          <Field label={`At most ${count}`}>
            {(control) => (
              <input
                {...control}
                className={styles.range}
                type="range"
                min={1}
                max={tag === 'armoire-outfits' ? 12 : 24}
                value={count}
                onChange={({ target }) => onChange({ ...choices, count: Number(target.value) })}
              />
            )}
          </Field>
        </>
      )}
      <div className={styles.colours}>
        {COLOURS.map(({ name, label, first }) => (
          <Field key={name} label={label} hint={theme[name] ? theme[name] : 'the page’s own'}>
            {(control) => (
              <input
                {...control}
                className={styles.colour}
                type="color"
                value={theme[name] || first}
                onChange={({ target }) => setTheme({ [name]: target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      {SIZES.map(({ name, label, min, max }) => (
        <Field key={name} label={`${label}: ${theme[name]} px`}>
          {(control) => (
            <input
              {...control}
              className={styles.range}
              type="range"
              min={min}
              max={max}
              step={2}
              value={theme[name]}
              onChange={({ target }) => setTheme({ [name]: Number(target.value) })}
            />
          )}
        </Field>
      ))}
      <Field label="Widget’s key" hint="For the text to copy; it is not kept here">
        {(control) => (
          <input
            {...control}
            value={widgetKey}
            placeholder="armw_…"
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onKeyChange(target.value.trim())}
          />
        )}
      </Field>
    </form>
  );
}
