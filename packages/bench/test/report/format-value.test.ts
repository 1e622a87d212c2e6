import test from 'ava';
import type {Unit} from '../../src/measurement.ts';
import {formatValue} from '../../src/report/format-value.ts';

const formats = test.macro({
	title: (_, value: number, unit: Unit, text: string) => `${value} ${unit} is ${text}`,
	exec(t, value: number, unit: Unit, text: string) {
		t.is(formatValue(value, unit), text);
	},
});

test(formats, 12_345_678, '/s', '12.3 M/s');
test(formats, 1_234_567, '/s', '1.23 M/s');
test(formats, 654_321, '/s', '654 k/s');
test(formats, 12_345, '/s', '12.3 k/s');
test(formats, 9876, '/s', '9876 /s');
test(formats, 0, '/s', '0 /s');
test(formats, 0.0213, '%', '0.02 %');
test(formats, 0.0021, '%', '0.0021 %');
test(formats, 1.5, 'ms', '1.50 ms');
test(formats, 250, 'ms', '250 ms');
test(formats, 64, 'packets', '64.0 packets');
test(formats, 2_097_152, 'packets', '2.10 M packets');
