import test from 'ava';
import {micros, MILLISECOND, SECOND} from '@halfopen/model';
import type {Paths} from '../src/paths.ts';
import {RouteWatch} from '../src/route-watch.ts';

const watched = () => {
	const calls: string[] = [];
	let hasChanged = false;
	const time = {now: 0, following: 0};
	const paths = {
		followRoutes: () => {
			time.now += time.following;
			return [`routes ${calls.push('routes')}`];
		},
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
		{now: () => micros(time.now)},
	);
	const lookAt = (now: number): void => {
		time.now = now;
		watch.look();
	};
	const change = (): void => {
		hasChanged = true;
	};
	return {watch, calls, change, time, lookAt};
};

test('the kernel is asked every 100 ms at the most, and routers every second', t => {
	const {calls, lookAt} = watched();
	for (let now = 0; now < 2 * SECOND; now += MILLISECOND) {
		lookAt(now);
	}

	t.is(calls.filter(call => call === 'asked').length, 20);
	t.is(calls.filter(call => call === 'routers').length, 2);
	t.false(calls.includes('routes'));
});

test('a change is followed when the kernel is asked next, and told once', t => {
	const {watch, change, lookAt} = watched();
	lookAt(0);
	change();
	lookAt(50 * MILLISECOND);
	t.deepEqual(watch.takeWarnings(), []);
	lookAt(100 * MILLISECOND);
	t.deepEqual(watch.takeWarnings(), ['routes 4']);
	t.deepEqual(watch.takeWarnings(), []);
});

test('following takes a tenth of the time at the most', t => {
	const {calls, change, time, lookAt} = watched();
	time.following = 50 * MILLISECOND;
	for (let now = 0; now < 2 * SECOND; now = Math.max(now + MILLISECOND, time.now)) {
		change();
		lookAt(now);
	}

	t.is(calls.filter(call => call === 'routes').length, 4);
});
