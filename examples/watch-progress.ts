// Looks for open ports, says every second how far it is, and stops after a time.
//
// Usage: watch-progress.ts [TARGET] [PORTS] [SECONDS]
import {formatAddress, scan} from 'halfopen';

const [targets = '127.0.0.1', ports = '-', seconds = '60'] = process.argv.slice(2);

const running = scan({
	targets,
	ports,
	portEvents: 'open',
	signal: AbortSignal.timeout(Number(seconds) * 1000),
});

const timer = setInterval(() => {
	const {portsDone, portsTotal, rate} = running.progress();
	console.error(`${portsDone} of ${portsTotal} ports, ${Math.round(rate)} probes per second`);
}, 1000);

try {
	for await (const event of running) {
		if (event.type === 'port') {
			console.log(`${formatAddress(event.address)}:${event.result.port} is ${event.result.state}`);
		} else if (event.type === 'end') {
			const {hostsUp, hostsDown, hostsTotal, probesSent} = event.summary;
			console.log(`${hostsUp + hostsDown} of ${hostsTotal} hosts reported, ${probesSent} probes sent`);
		}
	}
} finally {
	clearInterval(timer);
}
