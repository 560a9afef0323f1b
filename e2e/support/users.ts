import { expect } from '@playwright/test';
import type { RunningApp } from '../app';

/** A workstation whose first start asks how it is used. */
export const ASKS = { env: { VAS_SIGN_IN: '' } };
/** Of everybody in these tests. */
export const PASSWORD = 'correct horse battery';

/** Answers the question of the first start: people sign in, and this one is the administrator. */
export async function createAdministrator({ page }: RunningApp, name: string): Promise<void> {
  await page.getByRole('button', { name: 'People sign in' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'New password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Repeat the password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
}

/** Signs in where the page asks for it. */
export async function signIn(app: RunningApp, name: string): Promise<void> {
  const { page } = app;
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
}

/** Signs whoever works here out, and somebody else in. */
export async function changeUser(app: RunningApp, from: string, to: string): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: `User ${from}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(app, to);
}
