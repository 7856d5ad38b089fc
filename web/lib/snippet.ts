/** What a shop copies into its page to have a widget there. */

export type WidgetTag = 'armoire-similar' | 'armoire-outfits' | 'armoire-photo-search';

/** The choices of how a widget looks, as CSS variables. Sizes are in pixels. */
export interface WidgetTheme {
  readonly accent: string;
  readonly sale: string;
  readonly radius: number;
  readonly tile: number;
  readonly gap: number;
}

/** As the widget is without any choice: `accent` and `sale` are then the page's own colours. */
export const USUAL_THEME: WidgetTheme = { accent: '', sale: '', radius: 8, tile: 168, gap: 16 };

export interface Snippet {
  readonly tag: WidgetTag;
  /** Where the script is. */
  readonly origin: string;
  readonly key: string;
  readonly item: string;
  readonly count: number;
  readonly heading: string;
  readonly theme: WidgetTheme;
}

const KEY_PLACE = 'armw_YOUR_KEY';
const NAMES = ['accent', 'sale', 'radius', 'tile', 'gap'] as const;
const UNITS = { accent: '', sale: '', radius: 'px', tile: 'px', gap: 'px' } as const;
export const USUAL_COUNT = {
  'armoire-similar': 12,
  'armoire-outfits': 3,
  'armoire-photo-search': 0,
} as const;

/** The variables that differ from how the widget is anyway. */
export function themeVariables(theme: WidgetTheme): Record<`--armoire-${string}`, string> {
  return Object.fromEntries(
    NAMES.filter((name) => theme[name] !== USUAL_THEME[name]).map((name) => [
      `--armoire-${name}`,
      `${theme[name]}${UNITS[name]}`,
    ]),
  );
}

/** For any page: the sheet's rule, the script, and the element where the widget is to be. */
export function htmlSnippet(snippet: Snippet): string {
  const { tag, origin, key, theme } = snippet;
  const rules = Object.entries(themeVariables(theme)).map(([name, value]) => `    ${name}: ${value};\n`);
  const style = rules.length > 0 ? `<style>\n  ${tag} {\n${rules.join('')}  }\n</style>\n` : '';
  const script = `${origin}/widget/armoire.js?key=${encodeURIComponent(key || KEY_PLACE)}`;
  return `${style}<script type="module" src="${escapeHtml(script)}"></script>\n${elementOf(snippet)}\n`;
}

/** For a page that is built: the module, registered once, and the same element. */
export function moduleSnippet(snippet: Snippet): string {
  const { origin, key } = snippet;
  const settings = `{ api: ${JSON.stringify(origin)}, key: ${JSON.stringify(key || KEY_PLACE)} }`;
  return `import { register } from '${origin}/widget/index.js';\n\nregister(${settings});\n\n// ${elementOf(snippet)}\n`;
}

function elementOf({ tag, item, count, heading }: Snippet): string {
  if (tag === 'armoire-photo-search') return `<${tag}></${tag}>`;
  const attributes = [
    `item="${escapeHtml(item || 'ITEM_ID')}"`,
    ...(count === USUAL_COUNT[tag] ? [] : [`count="${count}"`]),
    ...(heading ? [`heading="${escapeHtml(heading)}"`] : []),
  ];
  return `<${tag} ${attributes.join(' ')}></${tag}>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
