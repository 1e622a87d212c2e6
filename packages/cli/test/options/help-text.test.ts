import test from 'ava';
import {helpText} from '../../src/options/help-text.ts';
import {OPTIONS} from '../../src/options/options.ts';

test('help has every option', t => {
	const help = helpText();
	t.deepEqual(
		OPTIONS.map(({names: [name]}) => name).filter(name => !help.includes(`\n  ${name}`)),
		[],
	);
});

test('no line of help is wider than 100 columns or ends in a blank', t => {
	t.deepEqual(
		helpText()
			.split('\n')
			.filter(line => line.length > 100 || line.endsWith(' ')),
		[],
	);
});
