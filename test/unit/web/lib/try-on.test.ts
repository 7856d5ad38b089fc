import { expect, it } from 'vitest';
import { refuseCategories } from '../../../../server/try-on/gate.ts';
import { CATEGORY_IDS, Category } from '../../../../server/vocabulary/category.ts';
import type { Category as CategoryName } from '../../../../web/lib/api/shapes.ts';
import { isPreviewed } from '../../../../web/lib/api/try-on.ts';

it('offers previews of those categories that the server does not refuse', () => {
  const pairs = CATEGORY_IDS.flatMap((worn) => CATEGORY_IDS.map((item) => [worn, item] as const));
  const offered = pairs.filter(([worn, item]) =>
    isPreviewed(Category[worn] as CategoryName, Category[item] as CategoryName),
  );
  expect(offered).toEqual(pairs.filter(([worn, item]) => refuseCategories(worn, item) === null));
  expect(offered).toContainEqual([Category.SKIRT, Category.SKIRT]);
  expect(isPreviewed('SKIRT', null)).toBe(false);
});
