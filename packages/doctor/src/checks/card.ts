import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';
import {linkOf} from './route.ts';

/** What the card and its driver hold, and what they do to packets. */
export const checkCard = (facts: Facts): Finding[] => {
	const link = linkOf(facts);
	if (link === undefined || facts.route.isLocal === true) {
		return [];
	}

	const {name, rings = {}, largeReceiveOffload, receiveDrops = 0, receiveQueues = 1} = link;
	const findings: Finding[] = [];
	const {receive, receiveMost} = rings;
	if (receive !== undefined && receiveMost !== undefined && receive < Math.min(receiveMost, ENOUGH_RING)) {
		findings.push({
			subject: 'card',
			severity: 'slow',
			seen: `the receive ring of ${name} has ${receive} of ${receiveMost} places`,
			why: 'Answers that come in a burst are lost when it is full.',
			cure: 'Make it larger:',
			command: `sudo ethtool -G ${name} rx ${Math.min(receiveMost, ENOUGH_RING)}`,
		});
	}

	if (largeReceiveOffload === true) {
		findings.push({
			subject: 'card',
			severity: 'note',
			seen: `${name} merges packets that it receives (LRO)`,
			why: 'Answers are single packets, so nothing is gained; some drivers deliver later for it.',
			cure: 'Switch it off:',
			command: `sudo ethtool -K ${name} lro off`,
		});
	}

	if (receiveDrops > 0) {
		findings.push({
			subject: 'card',
			severity: 'note',
			seen: `${name} has dropped ${receiveDrops} received packets since it is there`,
			why: 'When the number grows during a scan, answers are lost on this machine: they are asked for again, which takes time.',
			cure: 'Watch it during a scan:',
			command: `watch -d cat /sys/class/net/${name}/statistics/rx_dropped`,
		});
	}

	return findings.length > 0
		? findings
		: [
				{
					subject: 'card',
					severity: 'ok',
					seen: `${name}: ${receiveQueues} receive ${receiveQueues === 1 ? 'queue' : 'queues'}${receive === undefined ? '' : `, ring of ${receive}`}`,
				},
			];
};

/** Places that hold the answers of some milliseconds at a million a second. */
const ENOUGH_RING = 4096;
