'use client';

import Link from 'next/link';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Figure, Figures } from '@/components/ui/figures.tsx';
import { formatNumber } from '@/lib/format.ts';
import { useSession } from '@/lib/hooks/use-session.ts';
import { Attention } from './attention.tsx';
import styles from './manage.module.css';
import { ManageHead } from './manage-head.tsx';
import { sectionsFor } from './sections.ts';
import { ShopSettings } from './shop-settings.tsx';

export function Overview() {
  const shop = useShop();
  const now = useSession();
  if (now.phase !== 'in') return null;
  const { role, shop: name } = now.session;
  return (
    <>
      <ManageHead title={shop?.name ?? name} />
      <Figures>
        <Figure name="items">{shop ? formatNumber(shop.itemCount) : '–'}</Figure>
        <Figure name="still to be read">{shop ? formatNumber(shop.pendingCount) : '–'}</Figure>
        <Figure name="categories found">{shop ? formatNumber(shop.categories.length) : '–'}</Figure>
      </Figures>
      <Attention />
      {sectionsFor(role).map((group) => (
        <section key={group.name} className={styles.groupOf} aria-label={group.name ?? 'The shop’s figures'}>
          {group.name && <h2>{group.name}</h2>}
          <ul className={styles.sections}>
            {group.sections
              .filter(({ address }) => address !== '/manage')
              .map((section) => (
                <li key={section.address}>
                  <Link href={section.address} className={styles.section}>
                    <span>{section.name}</span>
                    <small>{section.purpose}</small>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {shop && <ShopSettings shop={shop} canRename={role === 'ADMIN'} />}
    </>
  );
}
