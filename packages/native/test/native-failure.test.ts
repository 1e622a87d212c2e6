import test from 'ava';
import {ScanError, type ScanErrorCode} from '@halfopen/model';
import {toScanError} from '../src/native-failure.ts';

const becomes = test.macro({
	title: (_, code: string, operation: string, expected: ScanErrorCode) =>
		`${code} in ${operation} becomes ${expected}`,
	exec(t, code: string, operation: string, expected: ScanErrorCode, detail: string, message: RegExp) {
		const failure = Object.assign(new Error('raw'), {code, operation, errno: 1, detail});
		const error = toScanError(failure) as ScanError;
		t.true(error instanceof ScanError);
		t.is(error.code, expected);
		t.regex(error.message, message);
		t.notRegex(error.message, /\n/);
		t.is(error.cause, failure);
	},
});

test(becomes, 'EPERM', 'socket(AF_INET, SOCK_RAW)', 'ERR_HALFOPEN_PERMISSION', '', /CAP_NET_RAW.*setcap/);
test(
	becomes,
	'ENOENT',
	'dlopen(libpcap)',
	'ERR_HALFOPEN_SYSTEM',
	'no libpcap.so.1',
	/libpcap, which was not found: no libpcap\.so\.1/,
);
test(becomes, 'ENODEV', 'pcap_activate', 'ERR_HALFOPEN_INTERFACE', 'eth9: gone', /eth9: gone/);
test(becomes, 'ENOMEM', 'pcap_activate', 'ERR_HALFOPEN_SYSTEM', '', /^pcap_activate failed with ENOMEM$/);

test('what is no failure of the system stays as it is', t => {
	const error = new TypeError('a mistake');
	t.is(toScanError(error), error);
});
