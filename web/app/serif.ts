import localFont from 'next/font/local';

/** Newsreader, the Latin letters alone (24 kB): the headings' face is the same on every machine. */
export const serif = localFont({
  src: '../../node_modules/@fontsource/newsreader/files/newsreader-latin-500-normal.woff2',
  weight: '500',
  variable: '--serif-face',
  display: 'swap',
  // A system face of the same widths stands in until it has come, so that nothing moves.
  adjustFontFallback: 'Times New Roman',
});
