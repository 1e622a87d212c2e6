import {inputFile, inputFolder, oneOf, part, ports, share, wholeNumber} from '../argument.ts';
import {HIGHEST_PORT} from '../limits.ts';
import {flag, once, option, type OptionEntry} from '../option.ts';

export const PORTS_AND_ORDER: readonly OptionEntry[] = [
	option({
		names: ['-p'],
		argument: ports,
		help: 'Ports, ranges and service names: 22  1-1024,8080  -  "http*"',
		set: (text, settings, name) => ({ports: once(settings.ports, text, name)}),
	}),
	option({
		names: ['--exclude-ports'],
		argument: ports,
		help: 'Never ask these ports, written as for -p',
		set: (text, settings, name) => ({excludePorts: once(settings.excludePorts, text, name)}),
	}),
	flag({
		names: ['-F'],
		help: 'Fast: the 100 most popular ports instead of 1000',
		set: {fast: true},
	}),
	option({
		names: ['--top-ports'],
		argument: wholeNumber(1, HIGHEST_PORT + 1),
		help: 'The N most popular ports; with -p, of those',
		set: topPorts => ({topPorts}),
	}),
	option({
		names: ['--port-ratio'],
		argument: share('R'),
		help: 'Ports that are open at least as often as R says, 0 to 1, by an nmap-services; with -p, of those',
		set: portRatio => ({portRatio}),
	}),
	option({
		names: ['--datadir'],
		argument: inputFolder,
		help: 'Take names and popularity of ports from the nmap-services in DIR',
		details:
			'Without it, from the first in $NMAPDIR, ~/.nmap, /usr/local/share/nmap and /usr/share/nmap; where there is none, names are those of IANA and the ranking is our own.',
		set: (dataFolder, settings, name) => ({dataFolder: once(settings.dataFolder, dataFolder, name)}),
	}),
	option({
		names: ['--servicedb'],
		argument: inputFile,
		help: 'The same from FILE, whatever its name',
		set: (file, settings, name) => ({servicesFile: once(settings.servicesFile, file, name)}),
	}),
	flag({
		names: ['--no-datadir'],
		help: "Look for no nmap-services: halfopen's own names and ranking on every machine",
		set: {useServices: false},
	}),
	flag({
		names: ['-r'],
		help: 'Ask in ascending order instead of a shuffled one',
		set: {sequential: true},
	}),
	option({
		names: ['--order'],
		argument: oneOf('ORDER', ['host', 'random']),
		help: 'host: one host after another, many side by side; random: all addresses and ports in one order',
		details:
			'Without it a scan of more than 4096 hosts with -Pn is in random order when its results fit --results-budget, and says so.',
		set: order => ({order}),
	}),
	option({
		names: ['--shard'],
		argument: part,
		help: 'Part I of N of a scan in random order; each part needs the same --seed',
		set: shard => ({shard}),
	}),
	option({
		names: ['--seed'],
		argument: wholeNumber(0, Number.MAX_SAFE_INTEGER),
		help: 'Shuffle in the same way each time',
		set: seed => ({seed}),
	}),
];
