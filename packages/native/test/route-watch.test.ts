import test from 'ava';
import {micros, MILLISECOND, SECOND} from '@halfopen/model';
import type {Paths} from '../src/paths.ts';
import {RouteWatch} from '../src/route-watch.ts';

const watched = () => {
	const calls: string[] = [];
	let hasChanged = false;
	const paths = {
		followRoutes: () => [`routes ${calls.push('routes')}`],
		followRouters: () => (calls.push('routers'), []),
	} as Partial<Paths> as Paths;
	const watch = new RouteWatch(
		{
			takeRouteChange: () => {
				calls.push('asked');
				const taken = hasChanged;
				hasChanged = false;
				return taken;
			},
		},
		paths,
	);
	const change = (): void => {
		hasChanged = true;
	};
	return {watch, calls, change};
};

test('the kernel is asked every 100 ms at the most, and routers every second', t => {
	const {watch, calls} = watched();
	for (let now = 0; now < 2 * SECOND; now += MILLISECOND) {
		watch.look(micros(now));
	}

	t.is(calls.filter(call => call === 'asked').length, 20);
	t.is(calls.filter(call => call === 'routers').length, 2);
	t.false(calls.includes('routes'));
});

test('a change is followed when the kernel is asked next, and told once', t => {
	const {watch, change} = watched();
	watch.look(micros(0));
	change();
	watch.look(micros(50 * MILLISECOND));
	t.deepEqual(watch.takeWarnings(), []);
	watch.look(micros(100 * MILLISECOND));
	t.deepEqual(watch.takeWarnings(), ['routes 4']);
	t.deepEqual(watch.takeWarnings(), []);
});
