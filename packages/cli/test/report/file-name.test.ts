import test from 'ava';
import {expandFileName} from '../../src/report/file-name.ts';

test('letters behind a percent sign are parts of the time', t => {
	const at = new Date(2026, 0, 5, 7, 3, 9);
	t.is(expandFileName('scan-%F-%T.txt', at), 'scan-2026-01-05-070309.txt');
	t.is(expandFileName('%Y%m%d %H:%M:%S %y %R %D', at), '20260105 07:03:09 26 0703 010526');
	t.is(expandFileName('100%% %q', at), '100% q');
});
