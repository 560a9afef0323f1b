import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamEndpoint } from '../streams';
import { encodeUserInfo, urlWithCredentials } from './concatScript';
import { redactorForEndpoint } from './redaction';

const endpoint = (password: string): StreamEndpoint => ({
  url: 'rtsp://192.0.2.7:554/s1',
  transport: 'tcp',
  credentials: { username: 'admin', password },
});

describe('redactorForEndpoint', () => {
  const canary = "canary@:/#%'word";

  it.each([
    (secret: string) => `Impossible to open 'rtsp://admin:${encodeUserInfo(secret)}@192.0.2.7:554/s1'`,
    (secret: string) => `Impossible to open 'rtsp://admin:${encodeURIComponent(secret)}@192.0.2.7:554/s1'`,
    (secret: string) => `cut short: rtsp://admin:${encodeUserInfo(secret).slice(0, 9)}`,
    (secret: string) => `RTSP://admin:${encodeUserInfo(secret)}@h failed`,
    (secret: string) => `plain ${secret} and ${encodeUserInfo(secret)}`,
    () => 'Authorization: Digest username="admin", response="canary"',
  ])('shows nothing of the password (%#)', (line) => {
    const shown = redactorForEndpoint(endpoint(canary))(line(canary));
    expect(shown).not.toContain('canary');
    expect(shown).not.toContain('word');
  });

  it('leaves the clean address and what tells the fault', () => {
    const redact = redactorForEndpoint(endpoint(canary));
    const line = "[rtsp @ 0x1] [error] method DESCRIBE failed: 401 Unauthorized 'rtsp://192.0.2.7:554/s1'";
    expect(redact(line)).toBe(line);
  });

  it('does not make texts unreadable for a password of one letter', () => {
    const redact = redactorForEndpoint(endpoint('1'));
    expect(redact('method DESCRIBE failed: 401 Unauthorized')).toContain('401');
    expect(redact(`open '${urlWithCredentials(endpoint('1'))}'`)).toBe("open '[camera address]'");
  });

  it('holds for any password inside an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 30 }), (password) => {
        fc.pre(!'[redacted] [camera address] open'.includes(password));
        const shown = redactorForEndpoint(endpoint(password))(
          `open '${urlWithCredentials(endpoint(password))}'`,
        );
        expect(shown).toBe("open '[camera address]'");
        expect(redactorForEndpoint(endpoint(password))(`said ${password}`)).not.toContain(password);
      }),
    );
  });
});
