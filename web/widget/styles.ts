/**
 * Sheets are constructed: a host page's policy for styles, however strict, does not concern them. Everything that a shop may
 * want otherwise is a variable or a part; fonts and colours are the page's own.
 */
export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/**
 * The height of a list depends on the variables alone: titles have two lines, prices one, pictures one shape, and the
 * lane of the scrollbar is always there. So the room that is kept before the answer is the room that the answer takes.
 */
export const COMMON = `
:host{display:block;min-width:0;max-width:100%;font:inherit;color:inherit}
:host([hidden]){display:none}
h2{margin:0 0 var(--armoire-gap,16px);font-size:var(--armoire-heading-size,1.25em);line-height:1.2;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
ul{display:flex;gap:var(--armoire-gap,16px);margin:0;padding:0;list-style:none;overflow-x:scroll;scroll-snap-type:x proximity;scrollbar-width:thin;scrollbar-color:currentColor transparent;overscroll-behavior-x:contain}
li{flex:none;width:var(--armoire-tile,168px);scroll-snap-align:start}
a,.link{display:block;width:100%;padding:0;border:0;font:inherit;text-align:start;color:inherit;background:none;text-decoration:none;border-radius:var(--armoire-radius,8px);cursor:pointer}
:is(a,button):focus-visible{outline:2px solid var(--armoire-accent,currentColor);outline-offset:2px}
:is(a,.link):focus-visible{outline-offset:-2px}
img{display:block;width:100%;aspect-ratio:var(--armoire-ratio,4/5);object-fit:cover;background:var(--armoire-ground,#8882);border-radius:var(--armoire-radius,8px)}
.title{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;height:2lh;margin-top:.5em;font-size:.9em;line-height:1.35;overflow-wrap:anywhere}
.price{height:1lh;margin-top:.25em;font-size:.9em;line-height:1.35;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.sale{color:var(--armoire-sale,inherit);font-weight:600}
s{margin-inline-start:.5em}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.room{visibility:hidden}
@media(hover:hover){:is(a,.link):hover .title{text-decoration:underline}}
@media(prefers-reduced-motion:no-preference){ul{scroll-behavior:smooth}.new{animation:in .2s}@keyframes in{from{opacity:0}}}
`;

export const OUTFITS = `
li{width:var(--armoire-outfit,256px)}
.collage{display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:1fr;gap:2px;aspect-ratio:1;overflow:hidden;border-radius:var(--armoire-radius,8px)}
.collage.three{grid-template-columns:1fr 1fr 1fr}
.collage>*{min-width:0;min-height:0}
.collage img{height:100%;aspect-ratio:auto;border-radius:0}
`;

export const PHOTO = `
:host{display:inline-block}
.box{display:flex;flex-wrap:wrap;gap:8px}
button:not(.link){font:inherit;color:inherit;background:none;border:1px solid currentColor;border-radius:var(--armoire-radius,8px);min-height:44px;padding:8px 16px;cursor:pointer}
button[aria-pressed=true]{outline:3px solid var(--armoire-accent,currentColor);outline-offset:1px;font-weight:600}
[part~=camera]{display:none}
@media(pointer:coarse){[part~=camera]{display:block}}
`;
