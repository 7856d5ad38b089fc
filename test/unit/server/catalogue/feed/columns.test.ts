import { describe, expect, it } from 'vitest';
import { columnName } from '../../../../../server/catalogue/feed/columns.ts';
import { classOf } from '../../../../../server/catalogue/feed/files.ts';
import { splitLinks } from '../../../../../server/catalogue/feed/links.ts';
import { indexPictures } from '../../../../../server/catalogue/feed/pictures.ts';
import { toFields } from '../../../../../server/catalogue/feed/raw.ts';

describe('the name of a column', () => {
  it.each([
    ['Image link [image_link]', 'image_link'],
    ['g:image_link', 'image_link'],
    ['"Image Link"', 'image_link'],
    ['imageLink', 'image_link'],
    ['IMAGE_LINK', 'image_link'],
    ['image-link', 'image_link'],
    ['\ufeffid', 'id'],
    ['ID', 'id'],
    ['googleProductCategory', 'google_product_category'],
    ['customLabel0', 'custom_label_0'],
    ['additional_image_link_2', 'additional_image_link'],
    ['additionalImageLinks', 'additional_image_link'],
    ['additional image link (3)', 'additional_image_link'],
    ['image[0].url', 'image_link'],
    ['image[1].url', 'additional_image_link'],
    ['Größe', 'größe'],
  ])('%s is %s', (written, name) => {
    expect(columnName(written)).toBe(name);
  });
});

describe('the fields of a row', () => {
  const read = (fields: object) => ({ ...toFields(Object.entries(fields)) });

  it("have Google's names for those of its content API", () => {
    expect(
      read({
        id: 'online:de:DE:1',
        offerId: '1',
        title: 'A',
        imageLink: 'a.jpg',
        additionalImageLinks: ['b.jpg', 'c.jpg'],
        price: { value: '19.90', currency: 'EUR' },
        productTypes: ['Shirts', 'Sale'],
        sizes: ['S', 'M'],
      }),
    ).toEqual({
      id: '1',
      title: 'A',
      image_link: 'a.jpg',
      additional_image_link: ['b.jpg', 'c.jpg'],
      price: '19.90 EUR',
      product_type: 'Shirts',
      size: 'S/M',
    });
  });

  it("keep the shop's own columns by their names where Google's are there", () => {
    const fields = { id: '1', title: 'A', image_link: 'a.jpg', sku: 'S', category: 'C', url: 'U' };
    expect(read(fields)).toEqual(fields);
  });

  it('take plain names where the columns have no others', () => {
    expect(
      read({ sku: '1', name: 'A', images: 'a.jpg,b.jpg', url: 'https://x.example', category: 'C' }),
    ).toEqual({
      id: '1',
      title: 'A',
      image_link: 'a.jpg',
      additional_image_link: ['b.jpg'],
      link: 'https://x.example',
      product_type: 'C',
    });
  });
});

describe('a list of pictures in one cell', () => {
  const [a, b] = ['http://i.example/w_8,h_6,c_fill/a.jpg', 'https://i.example/b.jpg?x=1,2'];
  it.each([
    ['a.jpg,b.jpg', ['a.jpg', 'b.jpg']],
    ['b.jpg, https://x.example/c.jpg', ['b.jpg', 'https://x.example/c.jpg']],
    ['red, front.jpg|b.png', ['red, front.jpg', 'b.png']],
    ['123,456', ['123', '456']],
    [a, [a]],
    [`${a},${b}`, [a, b]],
    [`${a} ; ${b}`, [a, b]],
    [`${a} ${b}`, [a, b]],
    [`"${a}","${b}"`, [a, b]],
    [`["${a}","${b}"]`, [a, b]],
    ['https://x.example/a.jpg,b.jpg', ['https://x.example/a.jpg', 'b.jpg']],
    ['https://x.example/a.jpg,auto', ['https://x.example/a.jpg,auto']],
    ['jacket front.jpg', ['jacket front.jpg']],
    [' , ', []],
  ])('%s', (cell, links) => {
    expect(splitLinks(cell)).toEqual(links);
  });
});

describe('a picture that a row names', () => {
  const names = [
    'shop/images/Tee.JPG',
    'shop/images/jacket front.jpg',
    'shop/a%20b.png',
    'x/1.jpg',
    'y/1.jpg',
    'z/77',
    'shop/set/a/2.jpg',
    'shop/set/b/2.jpg',
  ];
  const { find, explain } = indexPictures(names, 'shop/feed.csv', 'zip');
  it.each([
    ['images/tee.jpg', 'shop/images/Tee.JPG'],
    ['shop/images/tee.jpg', 'shop/images/Tee.JPG'],
    ['tee', 'shop/images/Tee.JPG'],
    ['tee.png', 'shop/images/Tee.JPG'],
    ['jacket%20front.jpg', 'shop/images/jacket front.jpg'],
    ['a b.png', 'shop/a%20b.png'],
    ['x/1.jpg', 'x/1.jpg'],
    ['77.jpg', 'z/77'],
    ['a/2.jpg', 'shop/set/a/2.jpg'],
    ['old/b/2.png', 'shop/set/b/2.jpg'],
    // Two files have this name.
    ['1.jpg', undefined],
    ['100%.jpg', undefined],
  ])('%s', (reference, name) => {
    expect(find(reference)).toBe(name);
  });

  it('is missed with the names that it may mean', () => {
    const missed = (reference: string) => explain(reference).message;
    for (const reference of ['1.jpg', 'z/1.jpg', '1'])
      expect(missed(reference)).toBe(
        `The zip contains several images that "${reference}" may mean, such as "x/1.jpg" and "y/1.jpg": write the path of one.`,
      );
    expect(missed('3.jpg')).toBe('The zip contains no image "3.jpg".');
  });
});

describe('a file beside others', () => {
  it.each([
    ['README.txt', 'litter'],
    ['shop/Read me.pdf', 'litter'],
    ['README.de.md', 'litter'],
    ['readme_images.txt', 'litter'],
    ['LICENSE', 'litter'],
    ['__MACOSX/._feed.csv', 'litter'],
    ['info.csv', 'feed'],
    ['contents.xml', 'feed'],
    ['readme.jpg', 'image'],
    ['about us.png', 'image'],
    ['feed.csv.gz', 'feed'],
    ['photos/12345', 'bare'],
    ['photos/v1.2', 'bare'],
    ['poster.psd', 'other'],
  ])('%s is %s', (name, kind) => {
    expect(classOf(name)).toBe(kind);
  });
});
