/** What follows once a photo is chosen: loaded only then. */
import type { WidgetPhotoMutation, WidgetVisitQuery } from '../lib/api/generated/graphql.ts';
import { WidgetPhoto } from '../lib/api/generated/widget/WidgetPhoto.ts';
import { WidgetVisit } from '../lib/api/generated/widget/WidgetVisit.ts';
import type { Spoken } from '../lib/i18n/languages.ts';
import type { Kit } from './kit.ts';
import { PHOTO_KEYS, type PhotoKey, sayOfPhoto } from './photo-words.ts';
import type { Refusal } from './refusal.ts';

type Photo = WidgetPhotoMutation['parsePhoto'];
type Garment = Photo['garments'][number];

interface Place {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Lets the shopper choose another photo. */
  again(): void;
}

const WIDGET = 'photo-search';
/** A photo of a telephone over a slow line, and the queue of a busy server. */
const WITHIN_MS = 120_000;

const CSS = `
dialog{box-sizing:border-box;width:min(960px,100vw - 32px);max-height:calc(100dvh - 32px);padding:20px;border:0;border-radius:var(--armoire-radius,8px);color:CanvasText;background:Canvas;overflow:auto}
dialog::backdrop{background:#0009}
header{display:flex;flex-wrap:wrap-reverse;justify-content:space-between;gap:8px 16px;align-items:start}
header button{margin-inline-start:auto}
dialog h2{overflow:visible;white-space:normal;hyphens:auto}
dialog p:empty{margin:0}
.photo{position:relative;width:fit-content;max-width:100%;margin:0 auto 16px}
.photo img{width:auto;height:auto;max-width:100%;max-height:50dvh;aspect-ratio:auto;background:none;border-radius:0}
svg{position:absolute;inset:0;width:100%;height:100%}
path{fill:#fff0;stroke:#fff;stroke-width:2;vector-effect:non-scaling-stroke;cursor:pointer;paint-order:stroke;filter:drop-shadow(0 0 1px #000)}
path.chosen{stroke-width:4;fill:#fff3}
.garments{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:16px}
`;

/** The newest search: an answer to an earlier one is passed over. */
let newest = 0;

/** Sends the photo and shows what is found in it, in a dialog over the page. */
export async function searchWith(kit: Kit, file: File, place: Place): Promise<void> {
  const { languageAt, dataOf, send, tellEmpty, tellError } = kit;
  newest += 1;
  const turn = newest;
  const spoken = languageAt(place.host);
  const dialog = openDialog(kit, place, spoken);
  const say = (key: PhotoKey) => sayOfPhoto(spoken.language, key);
  const status = kit.make('p', { role: 'status', part: 'status' }, say('upload.parsing'));
  dialog.body.replaceChildren(status);
  void visit(kit);
  try {
    const { parsePhoto: photo } = await dataOf<WidgetPhotoMutation>(send('/graphql', upload(kit, file)));
    if (turn !== newest) return;
    if (photo.garments.length === 0) {
      status.replaceChildren(`${say('photo.none')}. ${say('photo.noneBest')}`);
      return tellEmpty(place.host, WIDGET, null);
    }
    status.replaceChildren();
    dialog.body.append(...showPhoto(kit, photo, spoken));
  } catch (error) {
    if (turn !== newest) return;
    const key = `error.${(error as Refusal).code}.title` as PhotoKey;
    status.replaceChildren(say(PHOTO_KEYS.includes(key) ? key : 'error.INTERNAL_SERVER_ERROR.title'));
    tellError(place.host, WIDGET, null, error as Refusal);
  }
}

/** On a page without lists nobody else asks which part the visit belongs to, for which its events wait. */
async function visit({ beginVisit, isVisiting, dataOf, pathOf, send }: Kit): Promise<void> {
  if (isVisiting()) return;
  await dataOf<WidgetVisitQuery>(send(pathOf(WidgetVisit))).then(
    ({ viewer }) => beginVisit(viewer.holdOut),
    // It is asked again with the next photo.
    () => undefined,
  );
}

function openDialog(
  { make, sheet }: Kit,
  { root, again }: Place,
  { language }: Spoken,
): { body: HTMLElement } {
  const known = root.querySelector('dialog');
  if (known) {
    if (!known.open) known.showModal();
    return { body: known.querySelector('div')! };
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet(CSS)];
  const button = (key: PhotoKey, act: () => void) => {
    const made = make('button', { type: 'button', part: 'button' }, sayOfPhoto(language, key));
    made.addEventListener('click', act);
    return made;
  };
  const heading = make('h2', { id: 'heading', part: 'heading' }, sayOfPhoto(language, 'photo.headingOwn'));
  const head = make(
    'header',
    {},
    heading,
    button('action.close', () => dialog.close()),
  );
  const body = make('div');
  const dialog = make('dialog', { part: 'dialog', 'aria-labelledby': 'heading', lang: language }, head, body);
  dialog.append(button('action.anotherPhoto', again));
  root.append(dialog);
  dialog.showModal();
  return { body };
}

/** By the GraphQL multipart request specification. */
function upload({ authorization }: Kit, file: File): RequestInit {
  const body = new FormData();
  body.set('operations', JSON.stringify({ query: WidgetPhoto, variables: { image: null } }));
  body.set('map', JSON.stringify({ 0: ['variables.image'] }));
  body.set('0', file, file.name);
  const headers = { 'apollo-require-preflight': 'true', ...authorization() };
  return { method: 'POST', headers, body, signal: AbortSignal.timeout(WITHIN_MS) };
}

/** The photo with its garments outlined, a button for each, and what looks like the chosen one. */
function showPhoto(
  { make, itemList, settings }: Kit,
  { imageUrl, width, height, garments }: Photo,
  spoken: Spoken,
): Node[] {
  const nameOf = ({ category }: Garment) => sayOfPhoto(spoken.language, `category.${category ?? 'WHOLE'}`);
  const picture = make('img', {
    src: new URL(imageUrl, settings().api).href,
    width,
    height,
    part: 'photo',
    alt: garments.map(nameOf).join(', '),
  });
  const paths = garments.map(({ mask }) => svg('path', { d: mask }));
  const outlines = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  outlines.append(...paths);
  const buttons = garments.map((garment) =>
    make('button', { type: 'button', part: 'button garment' }, nameOf(garment)),
  );
  const matches = make('div', { 'aria-live': 'polite' });
  const choose = (chosen: number) => {
    for (const [index, path] of paths.entries()) path.classList.toggle('chosen', index === chosen);
    for (const [index, button] of buttons.entries()) button.ariaPressed = String(index === chosen);
    const items = garments[chosen]!.similarItems.edges.map(({ node }) => node.item);
    matches.replaceChildren(
      items.length > 0
        ? itemList(items, nameOf(garments[chosen]!), { spoken, widget: WIDGET, of: null })
        : make('p', {}, sayOfPhoto(spoken.language, 'similar.nothing')),
    );
  };
  for (const [index, path] of paths.entries()) path.addEventListener('click', () => choose(index));
  for (const [index, button] of buttons.entries()) button.addEventListener('click', () => choose(index));
  choose(0);
  return [
    make('div', { class: 'photo' }, picture, outlines),
    make('div', { class: 'garments', role: 'group', 'aria-labelledby': 'heading' }, ...buttons),
    matches,
  ];
}

function svg(name: 'svg' | 'path', attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
