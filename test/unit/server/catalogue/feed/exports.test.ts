import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { decodeHTMLStrict } from 'entities';
import { Liquid } from 'liquidjs';
import { describe, expect, it } from 'vitest';
import { columnName } from '../../../../../server/catalogue/feed/columns.ts';
import { describeColumns } from '../../../../../server/catalogue/feed/describe-columns.ts';
import { dialectOf } from '../../../../../server/catalogue/feed/exports/dialect.ts';
import { mapShopify } from '../../../../../server/catalogue/feed/exports/shopify.ts';
import { mapWooCommerce } from '../../../../../server/catalogue/feed/exports/woocommerce.ts';
import type { RawRow } from '../../../../../server/catalogue/feed/raw.ts';
import { readRows } from '../../../../../server/catalogue/feed/rows.ts';
import { csvLine } from '../../../../../server/vocabulary/csv.ts';

async function read(text: string) {
  const notes: string[] = [];
  const rows: Record<string, unknown>[] = [];
  const source = { open: async () => pieces(Buffer.from(text)) };
  for await (const raw of readRows(source, (note) => notes.push(note))) {
    rows.push('fields' in raw ? { row: raw.row, ...raw.fields } : { ...raw });
  }
  return { rows, notes };
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

it.each([
  ['Shopify', mapShopify, { handle: 'a', title: 'A', variant_price: '1' }],
  ['WooCommerce', mapWooCommerce, { type: 'variation', name: 'A', sku: 'a', parent: 'late' }],
] as const)('rows of %s that wait for others wait in 64 MiB', async (_, map, fields) => {
  let taken = 0;
  const note = 'x'.repeat(1024 * 1024);
  async function* rows(): AsyncGenerator<RawRow> {
    for (let row = 1; row <= 80; row++) {
      taken = row;
      yield { row, fields: { ...fields, note } };
    }
  }
  const mapped = map(rows(), () => undefined);
  await mapped.next();
  expect(taken).toBe(65);
  await mapped.return(undefined);
});

const variant = (sku: string | null, ...options: string[]) => ({ sku, options });

/** The ids in the section on a product's page. Its settings are for the theme's editor. */
function itemsAskedFor(product: object): string[] {
  const file = new URL('../../../../../docs/widget/shopify.liquid', import.meta.url);
  const [section = ''] = readFileSync(file, 'utf8').split('{% schema %}');
  const settings = { server: 'https://armoire.example', key: 'armw_1', similar: true, outfits: true };
  const page = { product, section: { settings }, request: { locale: { iso_code: 'en' } } };
  const html: string = new Liquid().parseAndRenderSync(section, page);
  return [...html.matchAll(/ item="([^"]*)"/g)].map(([, id]) => decodeHTMLStrict(id!));
}

describe("Shopify's product CSV", () => {
  const HEADER =
    'Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,' +
    'Option2 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,' +
    'Variant Compare At Price,Image Src,Image Position,Google Shopping / Gender,Variant Image,Status\n';

  it('gives a row for each variant, with the title, texts and pictures of the product', async () => {
    const { rows, notes } = await read(
      HEADER +
        'tee,Plain tee,<p>Soft</p>,Acme,Apparel & Accessories > Clothing,Shirts,x,true,Color,Red,Size,S,T-1,shopify,3,deny,' +
        '15.00,19.90,https://i.example/b.jpg,2,female,https://i.example/red.jpg,active\n' +
        "tee,,,,,,,,,Blue,,M,'0012,shopify,0,deny,19.90,,https://i.example/a.jpg,1,,,\n" +
        'tee,,,,,,,,,,,,,,,,,,https://i.example/c.jpg,3,,,\n' +
        'bag,Bag,,Acme,,Bags,,true,Title,Default Title,,,,,,,5.00,,https://i.example/bag.jpg,1,,,active\n' +
        'draft,Draft,,Acme,,Bags,,false,Title,Default Title,,,,,,,5.00,,https://i.example/d.jpg,1,,,draft\n',
    );
    const shared = {
      item_group_id: 'tee',
      title: 'Plain tee',
      description: 'Soft',
      brand: 'Acme',
      product_type: 'Shirts',
      google_product_category: 'Apparel & Accessories > Clothing',
      gender: 'female',
    };
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `https://i.example/${name}.jpg`);
    expect(rows).toEqual([
      {
        row: 2,
        ...shared,
        id: 'T-1',
        color: 'Red',
        size: 'S',
        price: '19.90',
        sale_price: '15.00',
        availability: 'in_stock',
        image_link: 'https://i.example/red.jpg',
        additional_image_link: [a, b, c],
      },
      {
        row: 3,
        ...shared,
        id: '0012',
        color: 'Blue',
        size: 'M',
        price: '19.90',
        availability: 'out_of_stock',
        image_link: a,
        additional_image_link: [b, c],
      },
      {
        row: 5,
        id: 'bag',
        item_group_id: 'bag',
        title: 'Bag',
        brand: 'Acme',
        product_type: 'Bags',
        price: '5.00',
        availability: 'in_stock',
        image_link: 'https://i.example/bag.jpg',
        additional_image_link: [],
      },
    ]);
    expect(notes).toEqual(['1 product is a draft, archived or not published, and left out.']);
  });

  it('says of a row that stands apart from its product that rows of a handle must stand together', async () => {
    const { rows } = await read(
      HEADER +
        'tee,Tee,,,,,,true,Size,S,,,T-1,,,,15.00,,https://i.example/a.jpg,1,,,active\n' +
        'bag,Bag,,,,,,true,,,,,B-1,,,,5.00,,https://i.example/b.jpg,1,,,active\n' +
        'tee,,,,,,,,,M,,,T-2,,,,15.00,,,,,,\n' +
        'tee,,,,,,,,,,,,,,,,,,https://i.example/c.jpg,2,,,\n',
    );
    expect(rows.map(({ row, id }) => [row, id])).toEqual([
      [2, 'T-1'],
      [3, 'B-1'],
      [4, 'T-2'],
    ]);
    expect(rows[2]!.fault).toMatchObject({
      code: 'MISSING_FIELD',
      column: 'title',
      reason: expect.stringMatching(
        /^The product "tee" has no title here\. Rows of one handle must stand together/,
      ),
    });
  });

  it('names variants without SKU by handle and options', async () => {
    const { rows } = await read(
      'Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src\n' +
        'tee,Tee,Size,S,5,https://i.example/a.jpg\ntee,,,M,5,\n',
    );
    expect(rows.map(({ id, title }) => [id, title])).toEqual([
      ['tee-S', 'Tee'],
      ['tee-M', 'Tee'],
    ]);
  });

  it('makes the ids that the section in docs/widget asks for', async () => {
    const products = [
      { handle: 'dress', variants: [variant('00123', 'Sand / Stone', 'S'), variant(' B 1 ', 'Sand', 'M')] },
      { handle: 'tee', variants: [variant(null, 'M'), variant('', 'Größe "38"', '<XL> & L')] },
      { handle: 'skirt', variants: [variant(null, 'Default Title')] },
      { handle: 'jeans', variants: [variant('', '38')] },
      { handle: 'coat', variants: [variant("'007", '40')] },
    ];
    const { rows } = await read(
      'Handle,Title,Option1 Name,Option1 Value,Option2 Value,Variant SKU,Variant Price,Image Src\n' +
        products
          .flatMap(({ handle, variants }) =>
            variants.map(({ sku, options: [one = '', two = ''] }, index) =>
              csvLine([
                handle,
                index ? '' : 'A',
                'Size',
                one,
                two,
                sku ?? '',
                '5',
                'https://i.example/a.jpg',
              ]),
            ),
          )
          .join(''),
    );
    const ids = rows.map(({ id }) => id);
    expect(ids).toEqual(['00123', 'B 1', 'tee-M', 'tee-Größe "38"-<XL> & L', 'skirt', 'jeans', '007']);
    const asked = products.flatMap((product) =>
      product.variants.map((selected) => {
        const page = { ...product, selected_or_first_available_variant: selected };
        const [similar, outfits] = itemsAskedFor(page);
        expect(outfits).toBe(similar);
        return similar;
      }),
    );
    expect(asked).toEqual(ids);
  });

  it('is read with the column names of 2025 too', async () => {
    const { rows } = await read(
      'Title,URL handle,Description,Vendor,Published on online store,SKU,Option1 name,Option1 value,Price,' +
        'Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Product image URL,Variant image URL\n' +
        'Tee,tee,Soft,Acme,TRUE,T-1,Size,S,5.00,,shopify,0,TRUE,https://i.example/a.jpg,\n',
    );
    expect(rows).toMatchObject([
      { id: 'T-1', title: 'Tee', size: 'S', price: '5.00', availability: 'backorder', brand: 'Acme' },
    ]);
  });
});

describe("WooCommerce's product export", () => {
  const HEADER =
    'ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,Date sale price starts,' +
    'Date sale price ends,In stock?,Backorders allowed?,Sale price,Regular price,Categories,Images,Parent,Brands,' +
    'Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)\n';

  /** As the exporter writes them, each with its columns between those that are read. */
  const TRANSLATED = {
    German:
      'ID,Typ,Artikelnummer,"GTIN, UPC, EAN oder ISBN",Name,Veröffentlicht,"Ist hervorgehoben?","Sichtbarkeit im Katalog",' +
      'Kurzbeschreibung,Beschreibung,"Datum, an dem Angebotspreis beginnt","Datum, an dem Angebotspreis endet",Steuerstatus,' +
      'Vorrätig?,Bestand,"Lieferrückstande erlaubt?",Angebotspreis,"Regulärer Preis",Kategorien,Schlagwörter,Bilder,' +
      '"Übergeordnetes Produkt","Externe URL",Position,Marken,"Attribut 1 Name","Attribut 1 Wert(e)","Attribut 1 Sichtbar",' +
      '"Attribut 2 Name","Attribut 2 Wert(e)"',
    French:
      'ID,Type,UGS,"GTIN, UPC, EAN ou ISBN",Nom,Publié,"Mis en avant ?","Visibilité dans le catalogue",' +
      '"Description courte",Description,"Date de début de promo","Date de fin de promo","État de la TVA",' +
      '"En stock\u00a0?",Stock,"Autoriser les commandes de produits en rupture ?","Tarif promo","Tarif régulier",Catégories,' +
      'Étiquettes,Images,Parent,"URL externe",Position,Marques,"Nom de l’attribut 1","Valeur(s) de l’attribut 1 ",' +
      '"Attribut 1 visible","Nom de l\'attribut 2","Valeur(s) de l\'attribut 2"',
    Spanish:
      'ID,Tipo,SKU,"GTIN, UPC, EAN o ISBN",Nombre,Publicado,"¿Está destacado?","Visibilidad en el catálogo",' +
      '"Descripción corta",Descripción,"Día en que empieza el precio rebajado","Día en que termina el precio rebajado",' +
      '"Estado del impuesto",¿Existencias?,Inventario,"¿Permitir reservas de productos agotados?","Precio rebajado",' +
      '"Precio normal",Categorías,Etiquetas,Imágenes,Superior,"URL externa",Posición,Marcas,"Nombre del atributo 1",' +
      '"Valor(es) del atributo 1","Atributo visible 1","Nombre del atributo 2","Valor(es) del atributo 2"',
  };

  it.each(Object.entries(TRANSLATED))('is recognised with the columns of a %s shop', async (_, header) => {
    const { rows, notes } = await read(
      `${header}\n` +
        '10,variable,KLEID,401,Kleid,1,0,visible,Warm,Lang,,,taxable,1,,0,,,"Mode, Mode > Kleider",neu,"https://i.example/1.jpg, https://i.example/2.jpg",,,0,Acme,Farbe,"Rot, Blau",1,Größe,"38, 40"\n' +
        '11,variation,KLEID-R,402,,1,0,visible,,,2026-01-01,2026-02-01,taxable,0,,notify,35,45,,,,KLEID,,0,,Farbe,Rot,1,Größe,38\n' +
        '12,simple,OLD,403,Alt,-1,0,visible,,,,,taxable,1,,0,,9,Mode,,https://i.example/old.jpg,,,0,,,,,,\n',
    );
    expect(rows).toEqual([
      {
        row: 3,
        id: 'KLEID-R',
        title: 'Kleid',
        description: 'Warm',
        item_group_id: 'KLEID',
        brand: 'Acme',
        color: 'Rot',
        size: '38',
        product_type: 'Mode > Kleider',
        price: '45',
        sale_price: '35',
        sale_price_effective_date: '2026-01-01/2026-02-01',
        availability: 'backorder',
        image_link: 'https://i.example/1.jpg',
        additional_image_link: ['https://i.example/2.jpg'],
      },
    ]);
    expect(notes).toEqual(['1 row is hidden or not published, and left out.']);
    const [names = []]: string[][] = parse(header);
    const used = describeColumns(names, dialectOf(names.map(columnName)));
    const fields = used.filter(({ use }) => use === 'field').map(({ field }) => field);
    expect(fields).toEqual([
      ...['id', 'id', 'title', 'description', 'description', 'sale_price_effective_date'],
      ...['sale_price_effective_date', 'availability', 'availability', 'sale_price', 'price', 'product_type'],
      ...['image_link', 'item_group_id', 'link', 'brand'],
    ]);
    expect(used.filter(({ use }) => use === 'attribute')).toHaveLength(4);
  });

  it('is not seen in a table that only shares some of its words', async () => {
    const feed = 'Typ;Artikelnummer;Name;Bilder\nRock;1;Rock;https://i.example/1.jpg\n';
    await expect(read(feed)).rejects.toThrow('missing image_link');
    const { rows } = await read('Typ,Artikelnummer,Name,image_link\nRock,1,Rock,https://i.example/1.jpg\n');
    expect(rows).toMatchObject([{ id: '1', title: 'Rock', typ: 'Rock' }]);
  });

  it('cuts what variations share to what an item keeps, and says what there was no room for', async () => {
    const notes: string[] = [];
    async function* products(): AsyncGenerator<RawRow> {
      const fields = {
        type: 'variable',
        name: 'A',
        images: 'a.jpg',
        description: 'x'.repeat(5100),
      };
      for (let row = 0; row < 3350; row++) yield { row, fields: { ...fields, sku: `P${row}` } };
    }
    const lengths: number[] = [];
    for await (const raw of mapWooCommerce(products(), (text) => notes.push(text)))
      if ('fields' in raw) lengths.push(String(raw.fields.description ?? '').length);
    expect([lengths.length, Math.max(...lengths), lengths.at(-1)]).toEqual([3350, 5010, 0]);
    expect(notes).toEqual([
      expect.stringMatching(/^The descriptions of 2 products with variations were left out/),
    ]);
  });

  it('gives a row for each variation, with what it lacks from its parent', async () => {
    const { rows, notes } = await read(
      HEADER +
        '10,variable,HOOD,Hoodie,1,visible,Warm,Long,,,1,0,,,"Clothing, Clothing > Hoodies","https://i.example/1.jpg, https://i.example/2.jpg",,Acme,Color,"Red, Blue",Farbe,x\n' +
        '11,variation,HOOD-R,Hoodie - Red,1,visible,,,2026-01-01,,1,0,35,45,,https://i.example/red.jpg,HOOD,,Color,Red,Size,M\n' +
        '12,variation,,,1,visible,,,,,0,notify,,45,,,id:10,,Color,Blue,,\n' +
        '13,simple,CAP,Cap,1,visible,,Plain cap,,,0,0,,9,Hats,https://i.example/cap.jpg,,,Colour,"Black, White",Style,Round\n' +
        '14,simple,OLD,Old,-1,visible,,,,,1,0,,9,Hats,https://i.example/old.jpg,,,,,,\n' +
        '15,variable,LONE,Lone,1,visible,,,,,1,0,,12,Hats,https://i.example/lone.jpg,,,,,,\n',
    );
    expect(rows).toEqual([
      {
        row: 3,
        id: 'HOOD-R',
        title: 'Hoodie - Red',
        description: 'Warm',
        item_group_id: 'HOOD',
        brand: 'Acme',
        color: 'Red',
        size: 'M',
        product_type: 'Clothing > Hoodies',
        price: '45',
        sale_price: '35',
        sale_price_effective_date: '2026-01-01/9999-12-31',
        availability: 'in_stock',
        image_link: 'https://i.example/red.jpg',
        additional_image_link: ['https://i.example/1.jpg', 'https://i.example/2.jpg'],
      },
      {
        row: 4,
        id: '12',
        title: 'Hoodie',
        description: 'Warm',
        item_group_id: 'HOOD',
        brand: 'Acme',
        color: 'Blue',
        product_type: 'Clothing > Hoodies',
        price: '45',
        availability: 'backorder',
        image_link: 'https://i.example/1.jpg',
        additional_image_link: ['https://i.example/2.jpg'],
      },
      {
        row: 5,
        id: 'CAP',
        title: 'Cap',
        description: 'Plain cap',
        color: 'Black/White',
        style: 'Round',
        product_type: 'Hats',
        price: '9',
        availability: 'out_of_stock',
        image_link: 'https://i.example/cap.jpg',
      },
      {
        row: 7,
        id: 'LONE',
        title: 'Lone',
        product_type: 'Hats',
        price: '12',
        availability: 'in_stock',
        image_link: 'https://i.example/lone.jpg',
      },
    ]);
    expect(notes).toEqual(['1 row is hidden or not published, and left out.']);
  });

  it('is read as it was in the shop, without what its exporter escapes', async () => {
    const { rows } = await read(
      HEADER +
        '10,simple,\'-7,\'+Size Dress,1,visible,\'- silk\\n- <b>dry</b>\\nC:\\\\new,,,,1,0,,45,"Tops\\, Shirts > Tees","https://i.example/w_8\\,h_6/1.jpg, https://i.example/2.jpg",,"Fern\\, Sons",Cut,"\'+1\\,5",,\n' +
        "11,simple,B,'Tis,1,visible,,Long\\ntext,,,1,0,,45,,https://i.example/3.jpg,,,,,,\n" +
        "12,simple,C,Draft,'-1,visible,,,,,1,0,,45,,https://i.example/3.jpg,,,,,,\n",
    );
    expect(rows).toMatchObject([
      {
        id: '-7',
        title: '+Size Dress',
        description: '- silk\n- <b>dry</b>\nC:\\new',
        product_type: 'Tops, Shirts > Tees',
        image_link: 'https://i.example/w_8,h_6/1.jpg',
        additional_image_link: ['https://i.example/2.jpg'],
        brand: 'Fern, Sons',
        cut: '+1,5',
      },
      { id: 'B', title: "'Tis", description: 'Long\ntext' },
    ]);
    // Elsewhere, the characters stand for themselves.
    const google = await read("id,title,image_link,description\n1,'+A,a.jpg,a\\nb\n");
    expect(google.rows).toMatchObject([{ title: "'+A", description: 'a\\nb' }]);
  });

  it('leaves out the variations of a product that is not published', async () => {
    const { rows, notes } = await read(
      HEADER +
        '10,variation,V-0,Early,1,visible,,,,,1,0,,45,,https://i.example/1.jpg,P,,,,,\n' +
        '11,variable,P,Parent,-1,visible,,,,,1,0,,,,https://i.example/1.jpg,,,,,,\n' +
        '12,variation,V-1,Variation,1,visible,,,,,1,0,,45,,https://i.example/1.jpg,id:11,,,,,\n',
    );
    expect({ rows, notes }).toEqual({
      rows: [],
      notes: ['3 rows are hidden or not published, and left out.'],
    });
  });

  it('keeps a variation that comes before its parent until the parent is known', async () => {
    const { rows } = await read(
      HEADER +
        '11,variation,V-1,,1,visible,,,,,1,0,,45,,,P,,Size,M,,\n' +
        '10,variable,P,Parent,1,visible,,,,,1,0,,,,https://i.example/1.jpg,,,,,,\n',
    );
    expect(rows).toMatchObject([{ id: 'V-1', title: 'Parent', item_group_id: 'P', size: 'M' }]);
  });
});
