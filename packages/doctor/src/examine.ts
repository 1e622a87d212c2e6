import {checkBuffers, checkNeighbourTable} from './checks/buffers.ts';
import {checkCard} from './checks/card.ts';
import {checkConnectionTracking, checkReversePath, checkSourcePorts} from './checks/filters.ts';
import {checkClock, checkKernel, checkOpenFiles, checkProcessors} from './checks/machine.ts';
import {checkPackets} from './checks/packets.ts';
import {checkNamespaces, checkPrivileges} from './checks/privileges.ts';
import {checkInterfaces, checkLink, checkNeighbour, checkRoute} from './checks/route.ts';
import type {Facts} from './facts.ts';
import type {Finding, Severity} from './finding.ts';

/** From what prevents scanning at all to details. */
const CHECKS: readonly ((facts: Facts) => readonly Finding[])[] = [
	checkPrivileges,
	checkNamespaces,
	checkPackets,
	checkInterfaces,
	checkRoute,
	checkLink,
	checkNeighbour,
	checkNeighbourTable,
	checkCard,
	checkBuffers,
	checkConnectionTracking,
	checkReversePath,
	checkSourcePorts,
	checkProcessors,
	checkClock,
	checkKernel,
	checkOpenFiles,
];

/** What the facts say, the most severe first. */
export const examine = (facts: Facts): Finding[] =>
	CHECKS.flatMap(check => check(facts)).sort((one, other) => RANKS[one.severity] - RANKS[other.severity]);

const RANKS: Readonly<Record<Severity, number>> = {fail: 0, slow: 1, note: 2, ok: 3};
