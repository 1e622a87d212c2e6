import test from 'ava';
import {parseAddress} from '@halfopen/model';
import {pointerName} from '../../src/names/pointer-name.ts';

const names = test.macro({
	title: (_, text: string) => `the pointer of ${text}`,
	exec(t, text: string, expected: string) {
		t.is(pointerName(parseAddress(text)!), expected);
	},
});

test(names, '192.0.2.7', '7.2.0.192.in-addr.arpa');
test(names, '255.0.0.1', '1.0.0.255.in-addr.arpa');
test(
	names,
	'2001:db8::567:89ab', // The example of RFC 3596, shortened
	'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
);
