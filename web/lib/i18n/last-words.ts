import type { Language } from './languages.ts';

/** For the page that stands in where even the frame failed: it has no other words. */
export const LAST_WORDS: Readonly<Record<Language, { title: string; again: string }>> = {
  en: { title: 'Armoire could not be shown', again: 'Load it again' },
  de: { title: 'Armoire lässt sich nicht anzeigen', again: 'Neu laden' },
  fr: { title: 'Impossible d’afficher Armoire', again: 'Recharger la page' },
  es: { title: 'No se puede mostrar Armoire', again: 'Volver a cargar' },
};
