// Sends probes to 127.0.0.1 and takes answers until somebody terminates this worker.
import {parentPort} from 'node:worker_threads';
import {ipv4, micros} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';

const say = parentPort?.postMessage.bind(parentPort);
const loopback = ipv4(0x7f_00_00_01);
const transport = openNativeTransport({tries: 1, trace: true});
const path = transport.pathTo(loopback);
transport.setRate(20_000);
let answers = 0;
for (;;) {
	while (transport.probes.free > 0) {
		transport.probes.write(loopback.value, 1, 0, path.id, 0);
	}

	await transport.wait(micros(transport.clock.now() + 10_000));
	transport.probes.takeSent(() => {});
	transport.takePackets();
	while (transport.replies.next()) {
		if (answers++ === 0) {
			say?.('busy');
		}
	}
}
