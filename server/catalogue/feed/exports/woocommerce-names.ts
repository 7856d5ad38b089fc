import { normalForm } from '../../../vocabulary/text.ts';

/**
 * WooCommerce translates the names of its columns into the language of whoever exports. For each of its own names, those
 * of other languages, in lower case without accents and punctuation.
 */
const TRANSLATIONS: Readonly<Record<string, readonly string[]>> = {
  type: ['typ', 'tipo'],
  sku: ['artikelnummer', 'ugs'],
  name: ['nom', 'nombre'],
  published: ['veroffentlicht', 'publie', 'publicado'],
  visibility_in_catalog: [
    'sichtbarkeit im katalog',
    'visibilite dans le catalogue',
    'visibilidad en el catalogo',
  ],
  short_description: ['kurzbeschreibung', 'description courte', 'descripcion corta'],
  description: ['beschreibung', 'descripcion'],
  date_sale_price_starts: [
    'datum an dem angebotspreis beginnt',
    'datum an dem der angebotspreis beginnt',
    'date de debut de promo',
    'dia en que empieza el precio rebajado',
  ],
  date_sale_price_ends: [
    'datum an dem angebotspreis endet',
    'datum an dem der angebotspreis endet',
    'date de fin de promo',
    'dia en que termina el precio rebajado',
  ],
  'in_stock?': ['vorratig', 'en stock', 'en inventaire', 'existencias', 'en inventario'],
  'backorders_allowed?': [
    'lieferruckstande erlaubt',
    'ruckstande erlaubt',
    'autoriser les commandes de produits en rupture',
    'permitir reservas de productos agotados',
  ],
  sale_price: ['angebotspreis', 'tarif promo', 'precio rebajado'],
  regular_price: ['regularer preis', 'tarif regulier', 'precio normal'],
  categories: ['kategorien', 'categorias'],
  images: ['bilder', 'imagenes'],
  parent: ['ubergeordnetes produkt', 'superior', 'principal'],
  external_url: ['externe url', 'url externe', 'url externa'],
  brands: ['marken', 'marques', 'marcas'],
};

const ENGLISH = new Map(
  Object.entries(TRANSLATIONS).flatMap(([english, others]) => others.map((name) => [name, english] as const)),
);

/** The number follows or stands in the middle. */
const ATTRIBUTES: readonly [names: RegExp, english: (n: string) => string][] = [
  [
    /^(?:attribut (\d+) name|nom de l attribut (\d+)|nombre del atributo (\d+))$/,
    (n) => `attribute_${n}_name`,
  ],
  [
    /^(?:attribut (\d+) wert(?: e)?|valeur s de l attribut (\d+)|valor es del atributo (\d+))$/,
    (n) => `attribute_${n}_value(s)`,
  ],
];

/** WooCommerce's English name of a column, as `columnName` writes it; any other column is returned as it is. */
export function englishColumn(column: string): string {
  const words = normalForm(column, 'NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  for (const [names, english] of ATTRIBUTES) {
    const number = names.exec(words)?.slice(1).find(Boolean);
    if (number !== undefined) return english(number);
  }
  // With accents, `catégories` is French for `categories`.
  return ENGLISH.get(words) ?? (words === 'categories' ? words : column);
}
