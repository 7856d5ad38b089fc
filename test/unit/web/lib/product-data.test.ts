import { describe, expect, it } from 'vitest';
import type { ItemDetails } from '../../../../web/lib/api/shapes.ts';
import { productData, productMetadata, toScript } from '../../../../web/lib/product-data.ts';

const ITEM: ItemDetails = {
  id: 'A/1',
  title: 'Skirt',
  brand: 'Lindwurm',
  price: { amount: '19.90', currency: 'EUR' },
  formerPrice: null,
  availability: 'PREORDER',
  imageUrl: '/images/a.webp',
  pending: false,
  failed: false,
  unmatched: false,
  isDrawn: false,
  description: null,
  link: null,
  remark: null,
  whole: false,
  category: 'SKIRT',
  facts: [],
  color: null,
  size: null,
  variants: [],
  pictures: [{ url: '/images/a.webp?s=1', width: 3, height: 4, garment: null }],
};

describe('productData', () => {
  it('has absolute addresses where the origin is known', () => {
    expect(productData(ITEM, 'https://shop.example')).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Skirt',
      sku: 'A/1',
      brand: { '@type': 'Brand', name: 'Lindwurm' },
      image: ['https://shop.example/images/a.webp?s=1&w=960'],
      offers: {
        '@type': 'Offer',
        price: '19.90',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/PreOrder',
        url: 'https://shop.example/items/A~2F1',
      },
    });
  });

  it('has none where it is not, and no offer without a price', () => {
    expect(productData({ ...ITEM, brand: null, price: null }, null)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Skirt',
      sku: 'A/1',
    });
    expect(productMetadata(ITEM, null, null)).toEqual({
      title: 'Skirt',
      description: 'Skirt, Lindwurm',
      openGraph: { title: 'Skirt', description: 'Skirt, Lindwurm', type: 'website', images: [] },
    });
  });
});

describe('toScript', () => {
  it('cannot end its element', () => {
    const text = toScript(productData({ ...ITEM, title: '</script><script>alert(1)//<!--' }, null));
    expect(text).not.toContain('<');
    expect(JSON.parse(text).name).toBe('</script><script>alert(1)//<!--');
  });
});
