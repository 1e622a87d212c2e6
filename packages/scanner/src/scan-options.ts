import type {AddressFamily, Micros} from '@halfopen/model';
import type {ServiceList} from '@halfopen/services';
import type {SimulatedNetwork} from '@halfopen/simulator';
import type {Ipv6Pattern, PairList, TargetList} from '@halfopen/targets';
import type {TimingTemplate} from '@halfopen/timing';
import type {DiscoveryOptions} from './discovery/discovery-options.ts';

/** What to scan, and how. Only `targets` is needed. */
export interface ScanOptions {
	/**
	 * Target specifications in Nmap's grammar: addresses, octet ranges, prefixes, names. With `simulate`, none mean
	 * every host of that network that is of the `family`. A long list is best read by `TargetReader`.
	 */
	readonly targets: string | readonly string[] | TargetList;
	/**
	 * The version of IP that is scanned, 4 by default: names are looked up in it, and targets of the other are left out
	 * with a warning.
	 */
	readonly family?: AddressFamily;
	/** Addresses never to be asked, of either version of IP, in the same grammar. */
	readonly exclude?: string | readonly string[] | TargetList;
	/** Every address of a target that is a name, not only the first. */
	readonly resolveAll?: boolean;
	/** Of IPv6 prefixes too large to walk, ask the addresses that are made like this; without, such a prefix is refused. */
	readonly ipv6Patterns?: readonly Ipv6Pattern[];
	/**
	 * Besides `targets`, of which there may be none, scan who is on the links of this machine, or on that of `device`: all
	 * nodes are asked by multicast, and those that answer are targets. Needs `family` 6 and raw packets.
	 */
	readonly ipv6Multicast?: boolean;
	/** A port specification in Nmap's grammar, or ports; by default the 1000 most popular. */
	readonly ports?: string | readonly number[];
	/** Ports never to be asked, in the same grammar; they leave before the most popular ones are chosen. */
	readonly excludePorts?: string | readonly number[];
	/** Only this many ports, the most popular; of `ports`, when that is given too. */
	readonly topPorts?: number;
	/** Only ports that are open at least as often, 0 ≤ ratio < 1. Needs `services` that say how often. */
	readonly portRatio?: number;
	/** Names and ranking of ports from a file of the user's, by `readServicesFile`, instead of our own. */
	readonly services?: ServiceList;
	/**
	 * How it is found out which hosts are up; the ports of the others are not scanned. `false` takes all to be up, but for
	 * those on the link that do not answer ARP or neighbour discovery. A sweep never asks first.
	 */
	readonly discovery?: DiscoveryOptions | false;
	/** By default `syn` where raw packets are allowed, otherwise `connect` with a warning. */
	readonly scanType?: 'syn' | 'connect';
	/** How fast or polite, 0 to 5; 3 by default. The options that follow override it. */
	readonly template?: TimingTemplate;
	/** Probes to a silent port after the first. */
	readonly maxRetries?: number;
	/** Probes per second over all hosts. */
	readonly minRate?: number;
	readonly maxRate?: number;
	/** Smallest gap between two probes to one host, and how far it may grow by itself. */
	readonly scanDelay?: Micros;
	readonly maxScanDelay?: Micros;
	/** Probes in flight, to one host and to all. */
	readonly minParallelism?: number;
	readonly maxParallelism?: number;
	/** Bounds of the timeout of a probe, and its value before the first round trip is known. */
	readonly minRttTimeout?: Micros;
	readonly maxRttTimeout?: Micros;
	readonly initialRttTimeout?: Micros;
	/** Chance for a port not to be called silent by mistake; 0 ≤ confidence < 1, by default 0.999999. */
	readonly confidence?: number;
	/** Take RSTs for no sign of the path, for hosts that limit how many they send. */
	readonly ignoreResets?: boolean;
	/** How long one host may take; what it told by then is reported as incomplete. */
	readonly hostTimeout?: Micros;
	/** Hosts scanned side by side. */
	readonly minHostGroup?: number;
	readonly maxHostGroup?: number;
	/** In ascending order instead of a shuffled one: the ports of each host, or all addresses and ports of a sweep. */
	readonly sequential?: boolean;
	/** Makes the order of a scan the same each time; any whole number. */
	readonly seed?: number;
	/**
	 * `host` finishes hosts side by side, each with a timing of its own. `random` is a sweep: all addresses and ports in
	 * one random order, with no state for each host, and never asks first which are up. By default a sweep for `shard`,
	 * `pairs` and `results`, and with `discovery: false` for more than 4096 hosts whose results fit `resultsBudget`;
	 * otherwise by host.
	 */
	readonly order?: 'host' | 'random';
	/**
	 * One part of a sweep, 1 ≤ index ≤ count: together the parts with the same seed and targets ask everything, and no two
	 * the same. Needs `seed`.
	 */
	readonly shard?: {readonly index: number; readonly count: number};
	/**
	 * Addresses with ports, as in `192.0.2.7:22`, one in each string, or a list of them that was read before. There are no
	 * other `targets` then, and no other `ports`.
	 */
	readonly pairs?: Iterable<string> | PairList;
	/** Probes per second to any one host, at the most. */
	readonly maxHostRate?: number;
	/**
	 * What is kept of a sweep. `table` has the state of every port, in two bits, and reports every host that answered at
	 * the end; `stream` has `port` events only, and forgets them. By default `table` when it fits `resultsBudget`.
	 */
	readonly results?: 'table' | 'stream';
	/** Bytes that the table of a sweep may take; 64 MiB by default. */
	readonly resultsBudget?: number;
	/** Threads that send, where one does not keep up; two by default, one on a single processor. */
	readonly senderThreads?: number;
	/** Run the engine in a thread of its own, so that it and the caller do not hold each other up. */
	readonly worker?: boolean;
	/** Interface that every probe leaves from; by default the kernel's route decides. */
	readonly device?: string;
	/** One source port for all probes; by default one for each try. */
	readonly sourcePort?: number;
	/** TTL of probes; by default a random one between 37 and 59. */
	readonly ttl?: number;
	/** Random bytes behind each SYN, the same in all of them: up to 65,435, though more than about 1400 fit few paths. */
	readonly dataLength?: number;
	/** How probes leave: raw IP socket, AF_PACKET, or connect(); by default the fastest that works for the target. */
	readonly send?: 'auto' | 'ip' | 'packet' | 'connect';
	/** Whose names are looked up in reverse DNS; nobody's by default. */
	readonly reverseNames?: 'up' | 'all' | 'never';
	/** Name servers to ask for those names, as addresses with or without port; by default those of the system. */
	readonly dnsServers?: readonly string[];
	/** Look those names up by the system's resolver, which knows /etc/hosts, instead of asking name servers. */
	readonly systemDns?: boolean;
	/** Which ports have an event of their own; all by default. The report of a host has all ports either way. */
	readonly portEvents?: 'open' | 'all';
	/** Whether every packet sent and received is an event. */
	readonly trace?: boolean;
	/** Whether every decision of the engine is an event. */
	readonly decisions?: boolean;
	/**
	 * Scan this network instead of a real one: nothing is sent, no address is looked up, and no privilege is needed.
	 * Times are those of the simulation, which runs as fast as it can be computed.
	 */
	readonly simulate?: SimulatedNetwork;
	/** Ends the scan early; hosts that were begun and are not done by then are reported as incomplete. */
	readonly signal?: AbortSignal;
}
