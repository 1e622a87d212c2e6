import {performance} from 'node:perf_hooks';
import {ipv4, micros} from '@halfopen/model';
import {blockAround, buildTargetSet} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import test from 'ava';
import {runScan} from '../src/index.ts';
import {NullTransport} from './sweep/null-transport.ts';

class StoppingTransport extends NullTransport {
	isStopped = false;

	stop(): void {
		this.isStopped = true;
	}
}

test('the transport is stopped before the last reports are told, and not earlier', async t => {
	const transport = new StoppingTransport('all', {now: () => micros(performance.now() * 1000)});
	const {batches} = runScan({
		transport,
		targets: buildTargetSet([blockAround(ipv4(0x0a_00_00_02))]),
		ports: Uint16Array.of(22),
		order: Uint32Array.of(0),
		picked: 1,
		timing: timingParameters(3, {}),
		portEvents: 'all',
		decisions: false,
		timeOfDay: Number,
	});
	const told: string[] = [];
	for await (const events of batches) {
		told.push(...events.map(({type}) => `${type}, ${transport.isStopped ? 'stopped' : 'open'}`));
	}

	t.deepEqual(told.slice(-2), ['host, stopped', 'end, stopped']);
	t.is(told[0], 'host-started, open');
});
