/** Widths of the server's resized images; other widths are rounded to these. */
const WIDTHS = [160, 320, 480, 640, 960, 1600];

/** The URL of an image at a width: `/images/….webp` → `/images/….webp?w=320`. */
export function atWidth(url: string, width: number): string {
  const [path, search] = url.split('?');
  const parameters = new URLSearchParams(search);
  parameters.set('w', String(width));
  return `${path}?${parameters}`;
}

/** `srcset` of the server's widths up to `most` pixels. */
export function sourceSet(url: string, most = 1600): string {
  return WIDTHS.filter((width) => width <= most)
    .map((width) => `${atWidth(url, width)} ${width}w`)
    .join(', ');
}
