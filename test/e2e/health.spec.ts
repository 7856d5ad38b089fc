import { expect, signIn, test } from './fixtures.ts';

test('health says how much of the truly nearest the index finds, and is measured again', async ({ page }) => {
  await signIn(page, '/manage/health');
  const recall = page.getByRole('region', { name: 'Recall of the nearest 20' });
  await expect(recall).toContainText(/\d+(\.\d)?%/);
  await expect(page.getByRole('region', { name: 'Index' })).toContainText('vectors');
  await expect(page.getByRole('region', { name: 'Queue' })).toContainText('tasks waiting');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
  await expect(recall).toBeVisible();
});

test('with one model alone, the page says how another comes', async ({ page }) => {
  await signIn(page, '/manage/models');
  await expect(page.getByRole('list', { name: 'Models' }).getByRole('listitem')).toContainText('In use');
  await expect(page.getByText('CANDIDATE_MODEL_DIR=FOLDER')).toBeVisible();
});
