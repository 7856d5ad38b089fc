import { expect, it } from 'vitest';
import { clientOf } from '../../../../server/access/client.ts';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
  ['2001:db8:1:2::3', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::3]:4711', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::3]', '2001:db8:1:2::/64'],
  ['203.0.113.7:', 'unknown'],
  ['nobody', 'unknown'],
  [undefined, 'unknown'],
])('the client at %s is %s', (address, client) => {
  expect(clientOf(address)).toBe(client);
});
