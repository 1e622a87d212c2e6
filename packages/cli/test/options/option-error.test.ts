import test from 'ava';
import {ScanError, type ScanErrorCode} from '@halfopen/model';
import {namingOption} from '../../src/options/option-error.ts';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';

const names = test.macro({
	title: (_, line: string, code: ScanErrorCode, message: string) => `${line}: ${code} ${message}`,
	exec(t, line: string, code: ScanErrorCode, message: string, told: string) {
		const {settings} = parseCommandLine(line.split(' '));
		t.is((namingOption(new ScanError(code, message), settings) as Error).message, told);
	},
});

const NO_PORT = 'Expected a port between 0 and 65535, got `x`';

test(names, '-p 22', 'ERR_HALFOPEN_PORT', NO_PORT, '-p: expected a port between 0 and 65535, got `x`');
test(names, '--port-ratio 0.5', 'ERR_HALFOPEN_PORT', 'Expected one', '--port-ratio: expected one');
test(names, '-PS22', 'ERR_HALFOPEN_PORT', 'Expected one', '-P: expected one');
test(names, '-PS22 --top-ports 5', 'ERR_HALFOPEN_PORT', 'Expected one', '--top-ports: expected one');
test(names, '-n', 'ERR_HALFOPEN_PORT', 'Expected one', '--top-ports: expected one');
test(names, '-e eth9', 'ERR_HALFOPEN_INTERFACE', 'Expected the name of one', '-e: expected the name of one');
test(names, '--simulate file', 'ERR_HALFOPEN_OPTION', 'Expected a seed', '--simulate: expected a seed');
test(
	names,
	'--simulate file --dns-servers x',
	'ERR_HALFOPEN_OPTION',
	'Expected dnsServers to be addresses, got `x`',
	'--dns-servers: expected addresses, got `x`',
);

test(names, '-n', 'ERR_HALFOPEN_NAME', 'Failed to resolve `x`', 'Failed to resolve `x`');

test('what is no error of ours stays as it is', t => {
	const error = new TypeError('a mistake');
	t.is(namingOption(error, parseCommandLine(['-p', '22']).settings), error);
});
