import test from 'ava';
import {ScanError, type ScanOptionName} from '@halfopen/model';
import {namingOption} from '../../src/options/option-error.ts';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';

const names = test.macro({
	title: (_, line: string, option: ScanOptionName) => `${option} of ${line}`,
	exec(t, line: string, option: ScanOptionName, typed: string) {
		const {settings} = parseCommandLine(line.split(' '));
		const error = new ScanError('ERR_HALFOPEN_PORT', 'Expected this, got `that`', {option});
		t.like(namingOption(error, settings), {
			code: 'ERR_HALFOPEN_OPTION',
			message: `${typed}: expected this, got \`that\``,
		});
	},
});

test(names, '-p 22', 'ports', '-p');
test(names, '-n', 'topPorts', '--top-ports');
test(names, '--port-ratio 0.5', 'portRatio', '--port-ratio');
test(names, '-PS22', 'discovery', '-PS');
test(names, '-e eth9', 'device', '-e');
test(names, '--datadir folder', 'services', '--datadir');
test(names, '--servicedb file', 'services', '--servicedb');
test(names, '-sT', 'scanType', '-sT');
test(names, '--simulate file', 'simulate', '--simulate');

test('an error that is about no option that can be typed stays as it is', t => {
	const {settings} = parseCommandLine(['-p', '22']);
	for (const error of [
		new TypeError('a mistake'),
		new ScanError('ERR_HALFOPEN_NAME', 'Failed to resolve `x`'),
		new ScanError('ERR_HALFOPEN_OPTION', 'Expected a signal', {option: 'signal'}),
	]) {
		t.is(namingOption(error, settings), error);
	}
});
