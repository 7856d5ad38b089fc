import { openReceiver } from '../helpers/receiver.ts';
import { answer, expect, sidewaysScroll, signIn, test } from './fixtures.ts';

test('a webhook is added, tested, given a new secret, switched off and removed', async ({ page }) => {
  const receiver = await openReceiver();
  try {
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('query Webhooks')
        ? route.fulfill({ status: 500, json: {} })
        : route.continue(),
    );
    await signIn(page, '/manage/webhooks');
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();

    await expect(page.getByRole('heading', { name: 'Nothing is told yet' })).toBeVisible();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await expect(page.getByLabel('Address')).toBeFocused();
    await page.getByLabel('Address').fill('https://192.168.0.1/hook');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'not on the public internet' })).toBeVisible();
    await page.getByLabel('Address').fill(`${receiver.url}/hook`);
    await page.getByLabel('What is it for?').fill('Stock');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'The secret of Stock' })).toBeFocused();
    const secret = (await page.getByTestId('new-secret').textContent()) ?? '';
    expect(secret).toMatch(/^whsec_[\w+/=]{44}$/);
    await page.getByRole('button', { name: 'I have it' }).click();
    await expect(page.getByText(secret)).toHaveCount(0);

    const card = page.getByRole('listitem', { name: 'Stock' });
    await card.getByRole('button', { name: 'Send a test' }).click();
    const row = card.getByRole('row').nth(1);
    await expect(row).toContainText('Delivered');
    await expect(row).toContainText('204');
    expect(receiver.taken.map(({ type }) => type)).toEqual(['webhook.test']);
    await row.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(row).toContainText('msg_');

    // On a telephone, with everything open.
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await sidewaysScroll(page)).toBe(0);
    receiver.answer = () => 503;
    await row.getByRole('button', { name: /^Send webhook.test/ }).click();
    await expect(row).toContainText('Failed');
    await expect(row).toContainText('503');
    await page.setViewportSize({ width: 1280, height: 720 });

    await card.getByRole('button', { name: 'New secret' }).click();
    await answer(page, 'Make a new secret');
    await expect(page.getByRole('heading', { name: 'The secret of Stock' })).toBeFocused();
    expect(await page.getByTestId('new-secret').textContent()).not.toBe(secret);
    await page.getByRole('button', { name: 'I have it' }).click();
    await expect(card).toContainText('signed with the former secret too');

    await card.getByRole('button', { name: 'Switch off' }).click();
    await expect(card).toContainText('Switched off.');
    await expect(card.getByRole('button', { name: 'Send a test' })).toHaveCount(0);
    await card.getByRole('button', { name: 'Switch on' }).click();
    await expect(card.getByRole('button', { name: 'Send a test' })).toBeVisible();

    await card.getByRole('button', { name: 'Remove' }).click();
    await answer(page, 'Remove it');
    await expect(page.getByRole('heading', { name: 'Nothing is told yet' })).toBeVisible();
  } finally {
    await receiver.close();
  }
});
