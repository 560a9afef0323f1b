import { expect, it } from 'vitest';
import type { ChannelName } from '../../contract';
import { channels } from '../../contract';
import { rules } from '../../main/api/access/rules';
import { auditTexts } from '../../renderer/strings/en/audit';

it('every channel that is written to the audit log has words there', () => {
  const audited = (Object.keys(channels) as ChannelName[]).filter((name) => {
    const { audit } = rules[name];
    return audit !== false && (audit !== undefined || channels[name].kind === 'command');
  });
  expect(audited.length).toBeGreaterThan(40);
  expect(audited.filter((name) => !Object.hasOwn(auditTexts, `audited.${name}`))).toEqual([]);
});
