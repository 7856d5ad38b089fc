import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { COLOUR_NAMES } from '../../../../server/demo/drawing/palette.ts';
import { drawDemoFeed, planDemoFeed } from '../../../../server/demo/feed.ts';

describe('the demo feed', () => {
  const plan = planDemoFeed();

  it('lists 220 items with unique ids, at least 12 of each category', () => {
    expect(plan).toHaveLength(220);
    expect(new Set(plan.map(({ row }) => row.id)).size).toBe(220);
    const counts = Array.from(
      { length: 13 },
      (_, i) => plan.filter(({ style }) => style.category === i + 1).length,
    );
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(12);
  });

  it('groups colour variants: one cut, one brand, different colours', () => {
    const groups = new Map<string, typeof plan>();
    for (const item of plan) {
      const key = item.row.item_group_id;
      if (key) groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    expect(groups.size).toBeGreaterThanOrEqual(20);
    for (const members of groups.values()) {
      expect(members.length).toBeGreaterThan(1);
      expect(new Set(members.map(({ row }) => row.color)).size).toBe(members.length);
      expect(new Set(members.map(({ row }) => row.brand)).size).toBe(1);
      expect(new Set(members.map(({ style }) => `${style.noun} ${style.neck} ${style.hem}`)).size).toBe(1);
    }
  });

  it('puts twelve looks together, each of two or three kinds of garment that can be bought', () => {
    const looks = new Map<string, typeof plan>();
    for (const item of plan) {
      const id = item.row.look_id;
      if (id) looks.set(id, [...(looks.get(id) ?? []), item]);
    }
    expect(looks.size).toBe(12);
    for (const items of looks.values()) {
      expect([2, 3]).toContain(items.length);
      expect(items.every(({ row }) => row.availability === 'in_stock')).toBe(true);
      expect(new Set(items.map(({ style }) => style.category)).size).toBe(items.length);
      const genders = new Set(items.map(({ row }) => row.gender).filter((gender) => gender !== 'unisex'));
      expect(genders.size).toBeLessThanOrEqual(1);
    }
    expect(planDemoFeed({ count: 1 })[0]!.row.look_id).toBeUndefined();
  });

  it('writes the columns as a shop exports them', () => {
    for (const { row } of plan) {
      expect(row.price).toMatch(/^\d+\.\d\d EUR$/);
      if (row.sale_price)
        expect(Number.parseFloat(row.sale_price)).toBeLessThan(Number.parseFloat(row.price));
      expect(COLOUR_NAMES).toContain(row.color);
      expect(row.title).toMatch(/^[A-Z].+ in [A-Z]/);
    }
    const kinds = new Set(plan.map(({ row }) => row.availability));
    expect(kinds).toEqual(new Set(['in_stock', 'out_of_stock', 'preorder']));
  });

  it('draws each row a picture that a page can load quickly', async () => {
    let seen = 0;
    for await (const { row, image } of drawDemoFeed({ count: 3 })) {
      const { width, height, format } = await sharp(image).metadata();
      expect([row.image_link.endsWith('.webp'), format, width, height]).toEqual([true, 'webp', 640, 800]);
      expect(image.length).toBeLessThan(80_000);
      seen++;
    }
    expect(seen).toBe(3);
  });

  it('refuses an absurd count', () => {
    expect(() => planDemoFeed({ count: 1e9 })).toThrow(RangeError);
  });
});
