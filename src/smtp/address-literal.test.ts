import { describe, expect, test } from 'vitest';
import { isAddressLiteral } from './address-literal.ts';
import { parsePath } from './path.ts';

describe('an address literal (RFC 5321 §4.1.3)', () => {
  test.each([
    '[192.0.2.1]',
    '[0.0.0.0]',
    '[255.255.255.255]',
    '[127.000.000.001]',
    '[IPv6:2001:db8:0:0:0:0:0:1]',
    '[IPv6:2001:DB8::1]',
    '[ipv6:::1]',
    '[IPv6:::]',
    '[IPv6:1::]',
    '[IPv6:1:2:3:4:5:6::]',
    '[IPv6:::3:4:5:6:7:8]',
    '[IPv6:::ffff:192.0.2.1]',
    '[IPv6:2001:db8::192.0.2.1]',
    '[IPv6:1:2:3:4:5:6:192.0.2.1]',
    '[IPv6:1:2:3:4::192.0.2.1]',
  ])('%s', (literal) => {
    expect(isAddressLiteral(literal)).toBe(true);
    expect(parsePath(`user@${literal}`)?.domain).toBe(literal);
  });

  test.each([
    ['a group over 255', '[999.999.999.999]'],
    ['a group over 255 at the end', '[192.0.2.256]'],
    ['three groups', '[192.0.2]'],
    ['five groups', '[192.0.2.1.1]'],
    ['four digits', '[192.0.2.0001]'],
    ['an empty group', '[192.0..1]'],
    ['no digits', '[a.b.c.d]'],
    ['hexadecimal IPv4', '[0x7f.0.0.1]'],
    ['an address without its tag', '[2001:db8::1]'],
    ['seven groups', '[IPv6:1:2:3:4:5:6:7]'],
    ['nine groups', '[IPv6:1:2:3:4:5:6:7:8:9]'],
    ['five digits', '[IPv6:2001:db8::12345]'],
    ['no hexadecimal digit', '[IPv6:2001:db8::g]'],
    ['two gaps', '[IPv6:1::2::3]'],
    ['a gap of three colons', '[IPv6:1:::2]'],
    ['a gap for one group', '[IPv6:1:2:3:4:5:6:7::]'],
    ['a gap for no group', '[IPv6:1:2:3:4::5:6:7:8]'],
    ['a colon too many', '[IPv6:1:2:3:4:5:6:7:8:]'],
    ['a colon at the start', '[IPv6::1:2:3:4:5:6:7]'],
    ['a zone', '[IPv6:fe80::1%eth0]'],
    ['a prefix length', '[IPv6:2001:db8::/32]'],
    ['IPv4 in the middle', '[IPv6:1:2:192.0.2.1:3:4:5]'],
    ['IPv4 before the gap', '[IPv6:192.0.2.1::1]'],
    ['a bad IPv4 tail', '[IPv6:::ffff:192.0.2.256]'],
    ['IPv4 behind too many groups', '[IPv6:1:2:3:4:5::192.0.2.1]'],
    ['nothing behind the tag', '[IPv6:]'],
    ['a tag that is not registered', '[X-future:abc]'],
    ['blanks', '[ 192.0.2.1 ]'],
    ['nothing', '[]'],
    ['digits of another script', '[١.٢.٣.٤]'],
    ['no end', '[192.0.2.1'],
  ])('but not %s: %s', (_what, literal) => {
    expect(isAddressLiteral(literal)).toBe(false);
    expect(parsePath(`user@${literal}`)).toBeUndefined();
  });

  test('a hostile length is none', () => {
    expect(isAddressLiteral(`[IPv6:${'1:'.repeat(8_000)}1]`)).toBe(false);
  });
});
