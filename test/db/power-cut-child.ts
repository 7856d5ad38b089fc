/**
 * A process whose power is cut: makes or opens the embedded database of a data folder and adds items with their
 * pictures for ever. Says each on stdout once its transaction is committed. Arguments: data folder, first number.
 */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/db/database.ts';
import { openImageStore } from '../../server/images/store.ts';
import { ensureDefaultShop } from '../../server/shops/default-shop.ts';
import { openFolderStore } from '../../server/store/folder-store.ts';
import { makeItem } from '../helpers/factories.ts';

const [dataDir, first] = process.argv.slice(2) as [string, string];
const say = (line: string) => writeSync(1, `${line}\n`);
const db = await openDatabase({ dataDir, databasePool: 1 });
const shop = await ensureDefaultShop(db, { demo: false });
const images = openImageStore(openFolderStore(dataDir));
say('open');
for (let n = Number(first); ; n++) {
  const sha256 = await images.put(randomBytes(5000));
  await makeItem(db, shop.id, { id: `item-${n}`, sha256 });
  say(`${n}`);
}
