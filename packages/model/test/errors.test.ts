import test from 'ava';
import {ofOption, readingOption, ScanError} from '@halfopen/model';

const CAUSE = new Error('why');
const ERROR = new ScanError('ERR_HALFOPEN_PORT', 'Expected a port', {cause: CAUSE});

const fail = (): never => {
	throw ERROR;
};

test('an error carries its code, its name and its cause', t => {
	t.true(ERROR instanceof Error);
	t.like(ERROR, {code: 'ERR_HALFOPEN_PORT', name: 'ScanError', message: 'Expected a port', cause: CAUSE});
	t.is(ERROR.option, undefined);
});

test('an error about an option begins with it', t => {
	t.like(new ScanError('ERR_HALFOPEN_OPTION', 'Expected 1 to 255, got `0`', {option: 'ttl'}), {
		option: 'ttl',
		message: 'ttl: expected 1 to 255, got `0`',
		problem: 'Expected 1 to 255, got `0`',
	});
});

test('what goes wrong when an option is read is said of that option', t => {
	t.like(
		t.throws(() => readingOption('excludePorts', fail), {instanceOf: ScanError}),
		{
			code: 'ERR_HALFOPEN_PORT',
			option: 'excludePorts',
			message: 'excludePorts: expected a port',
			cause: CAUSE,
		},
	);
	t.is(
		readingOption('ports', () => 22),
		22,
	);
});

test('an error that speaks of an option already, or is none of ours, stays as it is', t => {
	const named = new ScanError('ERR_HALFOPEN_PORT', 'Expected a port', {option: 'ports'});
	t.is(ofOption('discovery', named), named);
	t.is(ofOption('discovery', CAUSE), CAUSE);
});
